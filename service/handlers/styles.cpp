// Map styles and the glyphs that they name.
#include "geo/geometry.hpp"
#include "service/app.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/collection.hpp"
#include "service/handlers/handlers.hpp"
#include "service/handlers/web_file.hpp"
#include "service/map_style.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

constexpr std::string_view style_type = "application/vnd.mapbox.style+json";
constexpr int glyphs_of_range = 256;
constexpr int last_range = 65280;

// One of everything that the role may see, then one a collection.
std::vector<std::string_view> style_names(Role role) {
    std::vector<std::string_view> names{whole_style};
    for (const auto& collection : collections()) {
        if (role >= collection.role) {
            names.push_back(collection.name);
        }
    }
    return names;
}

std::string style_title(std::string_view name) {
    return name == whole_style ? "All collections" : std::string(find_collection(name).title);
}

// The parameters as they were given; they go on to the tiles.
std::string query_of(const Request& request) {
    std::string query;
    for (const auto& [name, value] : request.query) {
        query.append(query.empty() ? "?" : "&")
            .append(name)
            .append("=")
            .append(encode_query_value(value));
    }
    return query;
}

// Throws Problem for parameters that not all of the style's tiles take.
void check_style_query(std::string_view name, const Request& request,
                       const data::Snapshot& snapshot) {
    if (name == whole_style) {
        read_filters(request.query, snapshot, {});
    } else {
        read_parameters(find_collection(name), request.query, snapshot, {});
    }
}

std::optional<geo::LonLat> centre_of(const data::Snapshot& snapshot) {
    geo::Box<geo::LonLat> box;
    for (const auto& authority : snapshot.authorities) {
        const auto bounds = geo::bounds(authority.outline);
        box.extend(bounds.min);
        box.extend(bounds.max);
    }
    if (box.empty()) {
        return std::nullopt;
    }
    return geo::LonLat{rounded((box.min.lon_deg + box.max.lon_deg) / 2, 5),
                       rounded((box.min.lat_deg + box.max.lat_deg) / 2, 5)};
}

// A field of bytes in protocol buffers. Precondition: fewer than 128 bytes.
std::string bytes_field(char number, const std::string& bytes) {
    std::string field{static_cast<char>(number << 3 | 2), static_cast<char>(bytes.size())};
    return field.append(bytes);
}

// A range in which the font has no glyph.
std::string no_glyphs(std::string_view stack, const std::string& range) {
    return bytes_field(1, bytes_field(1, std::string(stack)).append(bytes_field(2, range)));
}

// The first of the stack's fonts that there is: "Noto Sans Bold,Noto Sans Regular".
std::string_view known_font(const std::string& stack) {
    for (std::size_t begin = 0; begin <= stack.size();) {
        const auto end = std::min(stack.find(',', begin), stack.size());
        const auto found =
            std::ranges::find(font_stacks, std::string_view(stack).substr(begin, end - begin));
        if (found != font_stacks.end()) {
            return *found;
        }
        begin = end + 1;
    }
    throw not_found("there is no font " + service::quoted(stack) + "; it must be " +
                    join_choices(font_stacks));
}

bool is_glyph_range(std::string_view range) {
    for (int first = 0; first <= last_range; first += glyphs_of_range) {
        if (range == std::to_string(first) + '-' + std::to_string(first + glyphs_of_range - 1)) {
            return true;
        }
    }
    return false;
}

std::string folder_of(std::string_view stack) {
    std::string folder(stack);
    std::ranges::transform(folder, folder.begin(), [](char c) {
        return c == ' ' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return folder;
}

} // namespace

Response get_styles(const AppContext& context, const Request& request, const PathParts&) {
    allow_json_only(request);
    const auto url = base_url(context, request) + "/styles";
    auto styles = ordered_json::array();
    for (const auto name : style_names(request.caller.role)) {
        const ordered_json link{{"href", url + '/' + std::string(name) + ".json"},
                                {"rel", "stylesheet"},
                                {"type", style_type},
                                {"title", "MapLibre style"}};
        styles.push_back(
            {{"id", name}, {"title", style_title(name)}, {"links", ordered_json::array({link})}});
    }
    const ordered_json self{{"href", url}, {"rel", "self"}, {"type", "application/json"}};
    return json_response(
        {{"default", whole_style}, {"styles", styles}, {"links", ordered_json::array({self})}});
}

Response get_style(const AppContext& context, const Request& request, const PathParts& parts) {
    const auto& name = parts.at("name");
    const auto names = style_names(request.caller.role);
    if (std::ranges::find(names, name) == names.end()) {
        throw not_found("there is no style " + service::quoted(name) + "; it must be " +
                        join_choices(names));
    }
    const auto snapshot = take_snapshot(context, request);
    check_style_query(name, request, *snapshot);
    const MapStyle style{name, "LLR Hotspots: " + style_title(name), base_url(context, request),
                         query_of(request), centre_of(*snapshot)};
    const auto drawn = name == whole_style ? std::vector(names.begin() + 1, names.end())
                                           : std::vector<std::string_view>{name};
    auto response = json_response(map_style(style, drawn), std::string(style_type));
    set_private_caching(
        response,
        revision_etag(context, *snapshot, style.base + "/styles/" + name + ".json" + style.query));
    return response;
}

Response get_glyphs(const AppContext& context, const Request& request, const PathParts& parts) {
    allow_no_parameters(request);
    const auto stack = known_font(parts.at("fontstack"));
    const auto& range = parts.at("range");
    if (!is_glyph_range(range)) {
        throw not_found("there is no range of glyphs " + service::quoted(range) +
                        "; it must be 256 code points from a multiple of 256, such as 0-255, up to "
                        "65280-65535");
    }
    const auto path = "fonts/" + folder_of(stack) + '/' + range + ".pbf";
    Response response;
    if (std::ranges::find(context.web, path, &embedded::File::path) != context.web.end()) {
        response = web_file(context.web, path);
    } else {
        response.body = no_glyphs(stack, range);
    }
    response.content_type = "application/x-protobuf";
    std::erase_if(response.headers, [](const Header& h) { return h.name == "cache-control"; });
    response.headers.push_back({"cache-control", "public, max-age=86400"});
    return response;
}

} // namespace hotspots::service
