// Pages of features as RFC 7946 GeoJSON (OGC API - Features, 7.15 and 7.16).
#include "service/app.hpp"
#include "service/bounding_box.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/collection.hpp"
#include "service/handlers/handlers.hpp"
#include "service/handlers/item_filter.hpp"
#include "service/manifest.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"
#include "tiles/geojson.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace hotspots::service {

namespace {

constexpr std::int64_t default_limit = 100;
constexpr std::int64_t most_limit = 10'000;

struct Page {
    std::int64_t limit = default_limit;
    std::int64_t offset = 0;
    std::optional<geo::Box<geo::LonLat>> box;
    std::string format; // as asked for with `f`; empty if not
    std::string filter; // as its canonical query; empty without one
};

// The values of single parameters, whose names were checked with the analysis parameters.
const std::string* value_of(const Request& request, std::string_view name) {
    const auto found = std::find_if(request.query.begin(), request.query.end(),
                                    [&](const QueryParameter& p) { return p.name == name; });
    return found == request.query.end() ? nullptr : &found->value;
}

std::string read_format(const Request& request) {
    static constexpr std::array<std::string_view, 2> formats{"geojson", "json"};
    const auto* format = value_of(request, "f");
    return format ? std::string(formats[choice("f", *format, formats)]) : std::string();
}

Page read_page(const Request& request) {
    Page page;
    if (const auto* limit = value_of(request, "limit")) {
        page.limit = whole_number("limit", *limit, 1, most_limit);
    }
    if (const auto* offset = value_of(request, "offset")) {
        page.offset = whole_number("offset", *offset, 0, std::numeric_limits<std::uint32_t>::max());
    }
    if (const auto* box = value_of(request, "bbox")) {
        page.box = parse_bbox(*box);
    }
    page.format = read_format(request);
    return page;
}

// f=json gives the same document under the media type that every JSON tool takes.
std::string_view media_type(std::string_view format) {
    return format == "json" ? "application/json" : "application/geo+json";
}

// The query of a page of the same parameters.
std::string page_query(const AnalysisParameters& parameters, const Page& page) {
    auto query = parameters.canonical_query();
    if (page.box) {
        query.append("&bbox=").append(format_bbox(*page.box));
    }
    if (!page.filter.empty()) {
        query.append("&").append(page.filter);
    }
    if (!page.format.empty()) {
        query.append("&f=").append(page.format);
    }
    query.append("&limit=").append(std::to_string(page.limit));
    return page.offset > 0 ? query.append("&offset=").append(std::to_string(page.offset)) : query;
}

void append_link(std::string& out, std::string_view rel, std::string_view type,
                 std::string_view href) {
    out.append(out.ends_with('[') ? "{\"rel\":" : ",{\"rel\":");
    tiles::append_json_string(out, rel);
    out.append(",\"type\":");
    tiles::append_json_string(out, type);
    out.append(",\"href\":");
    tiles::append_json_string(out, href);
    out.push_back('}');
}

// Pages that follow each other share no feature and leave none out, also where the first is short.
void append_links(std::string& out, const std::string& url, const AnalysisParameters& parameters,
                  const Page& page, std::int64_t matched) {
    const auto add = [&](std::string_view rel, const Page& target) {
        append_link(out, rel, media_type(target.format),
                    url + "/items?" + page_query(parameters, target));
    };
    const auto at = [&](std::int64_t limit, std::int64_t offset) {
        Page moved = page;
        moved.limit = limit;
        moved.offset = offset;
        return moved;
    };
    Page other = page;
    other.format = page.format == "json" ? "geojson" : "json";
    out.append("\"links\":[");
    add("self", page);
    add("alternate", other);
    if (page.offset > 0) {
        const auto limit = std::min(page.limit, page.offset);
        add("prev", at(limit, page.offset - limit));
    }
    if (page.offset + page.limit < matched) {
        add("next", at(page.limit, page.offset + page.limit));
    }
    append_link(out, "collection", "application/json", url);
    append_link(out, "http://www.opengis.net/def/rel/ogc/1.0/queryables", "application/schema+json",
                url + "/queryables");
    out.append("]");
}

void append_member(std::string& out, std::string_view name, const tiles::Value& value) {
    tiles::append_json_string(out, name);
    out.push_back(':');
    tiles::append_value(out, value);
    out.push_back(',');
}

// Whose the data is and what it is made of: on every page and single feature.
void append_provenance(std::string& out, const AppContext& context, const data::Snapshot& snapshot,
                       const AnalysisParameters& parameters) {
    append_member(out, "timeStamp", data::format_utc(snapshot.revision.published));
    append_member(out, "demo", snapshot.demo);
    append_member(out, "marking", text_or_null(context.marking));
    append_member(out, "attribution", attribution(snapshot));
    out.append("\"manifest\":");
    append_manifest(out, make_manifest(snapshot, parameters, context.version));
    out.push_back(',');
}

std::string page_body(const AppContext& context, const FeatureQuery& query, const FeatureSet& set,
                      const Page& page, std::string_view links) {
    const auto matched = static_cast<std::int64_t>(set.rows.size());
    const auto begin = std::min(page.offset, matched);
    const auto end = std::min(begin + page.limit, matched);
    std::string out = "{\"type\":\"FeatureCollection\",";
    append_member(out, "numberMatched", matched);
    append_member(out, "numberReturned", end - begin);
    for (const auto& member : set.members) {
        append_member(out, member.name, member.value);
    }
    for (const auto& [name, json] : set.documents) {
        tiles::append_json_string(out, name);
        out.append(":").append(json).append(",");
    }
    append_provenance(out, context, *query.snapshot, query.parameters);
    out.append(links).append(",\"features\":[");
    for (auto i = begin; i < end; ++i) {
        out.append(i == begin ? "\n" : ",\n");
        tiles::append_feature(out, set.feature(set.rows[static_cast<std::size_t>(i)]));
    }
    return out.append("\n]}\n");
}

Response geojson_response(std::string body, std::string_view format, const std::string& etag) {
    Response response;
    response.content_type = media_type(format);
    response.body = std::move(body);
    set_private_caching(response, etag);
    return response;
}

// The feature's own members, then where it comes from: GeoJSON allows foreign members (RFC
// 7946, 6.1).
std::string item_body(const AppContext& context, const FeatureQuery& query,
                      const tiles::Feature& feature, std::string_view links) {
    std::string out;
    tiles::append_feature(out, feature);
    out.pop_back();
    out.push_back(',');
    append_provenance(out, context, *query.snapshot, query.parameters);
    return out.append(links).append("}\n");
}

} // namespace

Response get_items(const AppContext& context, const Request& request, const PathParts& parts) {
    const auto& collection = find_collection_with_items(parts.at("c"));
    FeatureQuery query{take_snapshot(context), {}, {}, Purpose::items};
    query.parameters =
        read_parameters(collection, request.query, *query.snapshot,
                        {"bbox", "filter", "filter-lang", "filter-crs", "limit", "offset", "f"});
    auto page = read_page(request);
    const auto filter = read_item_filter(request.query);
    page.filter = filter ? filter->canonical_query() : std::string();
    query.box = page.box;

    const auto url = base_url(context, request) + "/collections/" + std::string(collection.name);
    const auto etag =
        revision_etag(context, *query.snapshot, url + '?' + page_query(query.parameters, page));
    if (is_known(request, etag)) {
        return not_modified(etag);
    }
    auto set = collection.find(context, query);
    if (filter) {
        apply(*filter, collection, set);
    }
    std::string links;
    append_links(links, url, query.parameters, page, static_cast<std::int64_t>(set.rows.size()));
    return geojson_response(page_body(context, query, set, page, links), page.format, etag);
}

Response get_item(const AppContext& context, const Request& request, const PathParts& parts) {
    const auto& collection = find_collection_with_items(parts.at("c"));
    const auto& id = parts.at("id");
    FeatureQuery query{take_snapshot(context), {}, {}, Purpose::items};
    query.parameters = read_parameters(collection, request.query, *query.snapshot, {"f"});
    const auto format = read_format(request);

    const auto url = base_url(context, request) + "/collections/" + std::string(collection.name);
    const auto self = url + "/items/" + encode_query_value(id) + '?' +
                      query.parameters.canonical_query() + (format.empty() ? "" : "&f=" + format);
    const auto etag = revision_etag(context, *query.snapshot, self);
    const auto set = collection.find(context, query);
    const auto row = std::find_if(set.rows.begin(), set.rows.end(), [&](std::uint32_t candidate) {
        return set.has_id(candidate, id);
    });
    if (row == set.rows.end()) {
        throw not_found("there is no item " + service::quoted(id) + " in " +
                        std::string(collection.name) + " under these parameters at revision " +
                        std::to_string(query.snapshot->revision.number) +
                        "; ids are those of /collections/" + std::string(collection.name) +
                        "/items with the same parameters");
    }
    std::string links = "\"links\":[";
    append_link(links, "self", media_type(format), self);
    append_link(links, "collection", "application/json", url);
    if (collection.name == "hotspots") {
        append_link(links, "related", "application/json",
                    base_url(context, request) + "/hotspots/" + encode_query_value(id) + "/why?" +
                        query.parameters.canonical_query());
    }
    links.push_back(']');
    return geojson_response(item_body(context, query, set.feature(*row), links), format, etag);
}

} // namespace hotspots::service
