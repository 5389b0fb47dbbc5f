#include "service/html/items_page.hpp"

#include "service/app.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/collection_properties.hpp"
#include "service/handlers/item_formats.hpp"
#include "service/html/page.hpp"
#include "service/html/text.hpp"
#include "service/manifest.hpp"
#include "service/parameters.hpp"
#include "tiles/geojson.hpp"

#include <algorithm>

namespace hotspots::service {

namespace {

constexpr const char* unknown_cell = "<span class=\"unknown\">unknown</span>";

struct ShowValue {
    std::string operator()(tiles::Null) const { return unknown_cell; }
    std::string operator()(bool value) const { return value ? "yes" : "no"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(double value) const { return number_text(value); }
    std::string operator()(const std::string& value) const { return html_text(value); }
    std::string operator()(const tiles::TextList& value) const {
        std::string out;
        for (const auto& text : value) {
            out += (out.empty() ? "" : ", ") + html_text(text);
        }
        return out;
    }
};

bool is_number(const tiles::Value& value) {
    return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value);
}

std::string id_text(const tiles::Feature& feature) {
    const auto* number = std::get_if<std::int64_t>(&feature.id);
    return number ? std::to_string(*number) : std::get<std::string>(feature.id);
}

std::string point_text(const geo::LonLat& place, filter::Crs crs) {
    const auto style = position_style(crs);
    const auto at = style.place ? style.place(place) : std::array{place.lon_deg, place.lat_deg};
    std::string out;
    tiles::append_coordinate(out, at[0], style.decimals);
    out += ", ";
    tiles::append_coordinate(out, at[1], style.decimals);
    return out;
}

std::string area_text(const geo::MultiPolygon<geo::LonLat>& area, filter::Crs crs) {
    const auto bounds = geo::bounds(area);
    if (bounds.empty()) {
        return unknown_cell;
    }
    return "An area from " + point_text(bounds.min, crs) + " to " + point_text(bounds.max, crs);
}

std::string geometry_text(const tiles::Feature& feature, filter::Crs crs) {
    if (const auto* point = std::get_if<geo::LonLat>(&feature.geometry)) {
        return point_text(*point, crs);
    }
    if (const auto* area = std::get_if<geo::MultiPolygon<geo::LonLat>>(&feature.geometry)) {
        return area_text(*area, crs);
    }
    const auto* shared = std::get_if<const geo::MultiPolygon<geo::LonLat>*>(&feature.geometry);
    return shared ? area_text(**shared, crs) : unknown_cell;
}

bool has_points(const ItemAnswer& answer) {
    return std::ranges::any_of(properties_of(answer.collection.name), [](const auto& property) {
        return property.kind == PropertyKind::point;
    });
}

// With its unit, unless the name says it.
std::string heading_of(const PropertyInfo& property) {
    auto name = html_text(readable_name(property.name));
    const bool says = property.name.ends_with("_km2") || property.name.ends_with("_m") ||
                      property.name.ends_with("_percent");
    return property.unit.empty() || says ? name : name + " (" + html_text(property.unit) + ")";
}

// What the link of an item asks besides the collection's parameters.
std::string item_href(const ItemAnswer& answer, const std::string& id) {
    auto page = answer.page;
    page.box.reset();
    page.filter.clear();
    return answer.base + "/collections/" + std::string(answer.collection.name) + "/items/" +
           encode_query_value(id) + '?' + whole_query(answer.query.parameters, page);
}

std::string table_head(const ItemAnswer& answer) {
    std::string out = "<thead><tr><th scope=\"col\">Id</th>";
    for (const auto& property : properties_of(answer.collection.name)) {
        if (filter_type(property.kind) != filter::Type::geometry) {
            const bool number = filter_type(property.kind) == filter::Type::number;
            out += number ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">";
            out += heading_of(property) + "</th>";
        }
    }
    return out + (has_points(answer) ? "<th scope=\"col\">Place</th>" : "") + "</tr></thead>";
}

std::string table_row(const ItemAnswer& answer, std::uint32_t row, bool points) {
    const auto feature = answer.set.feature(row);
    const auto id = id_text(feature);
    std::string out = "<tr><th scope=\"row\">" + html_link(item_href(answer, id), id) + "</th>";
    for (const auto& property : feature.properties) {
        out += is_number(property.value) ? "<td class=\"number\">" : "<td>";
        out += std::visit(ShowValue(), property.value) + "</td>";
    }
    if (points) {
        out += "<td class=\"number\">" + geometry_text(feature, answer.page.crs) + "</td>";
    }
    return out + "</tr>\n";
}

std::string table_of_items(const ItemAnswer& answer) {
    const auto rows = rows_of_page(answer);
    const auto matched = std::to_string(answer.set.rows.size());
    std::string out = "<div class=\"table\" role=\"region\" aria-labelledby=\"told\" "
                      "tabindex=\"0\"><table><caption id=\"told\">";
    out += rows.begin < rows.end ? std::to_string(rows.begin + 1) + " to " +
                                       std::to_string(rows.end) + " of " + matched
                                 : "None of " + matched + " on this page";
    out += " under these parameters</caption>" + table_head(answer) + "<tbody>\n";
    const bool points = has_points(answer);
    for (auto i = rows.begin; i < rows.end; ++i) {
        out += table_row(answer, answer.set.rows[i], points);
    }
    return out + "</tbody></table></div>\n";
}

std::string page_turns(const std::vector<ItemLink>& links) {
    std::string out;
    for (const auto& [rel, text] :
         {std::pair("prev", "Previous page"), std::pair("next", "Next page")}) {
        const auto found = std::ranges::find(links, std::string(rel), &ItemLink::rel);
        if (found != links.end()) {
            out += "<a rel=\"" + std::string(rel) + "\" href=\"" + html_text(found->href) + "\">" +
                   text + "</a>";
        }
    }
    return out.empty() ? out : "<nav class=\"turn\" aria-label=\"Pages\">" + out + "</nav>\n";
}

std::string_view format_title(std::string_view type) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> titles{
        {{"application/geo+json", "GeoJSON"},
         {"application/json", "JSON"},
         {html_media_type, "This page"},
         {"text/csv; charset=utf-8", "CSV (all)"},
         {"application/geopackage+sqlite3", "GeoPackage (all)"},
         {"application/flatgeobuf", "FlatGeobuf (all)"}}};
    const auto found =
        std::ranges::find(titles, type, &std::pair<std::string_view, std::string_view>::first);
    return found == titles.end() ? type : found->second;
}

std::string other_formats(const std::vector<ItemLink>& links) {
    std::string out = "<h2>As data</h2>\n<ul>";
    for (const auto& link : links) {
        if (link.rel == "alternate") {
            out += "<li>" + html_link(link.href, format_title(link.type)) + "</li>";
        } else if (!link.title.empty()) {
            out += "<li>" + html_link(link.href, link.title) + "</li>";
        }
    }
    return out + "</ul>\n";
}

std::string where_from(const ItemAnswer& answer) {
    const auto& snapshot = *answer.query.snapshot;
    const auto manifest = make_manifest(snapshot, answer.query.parameters, answer.context.version);
    return "<h2>Made of</h2>\n<dl class=\"facts\"><dt>Parameters</dt><dd><code>" +
           html_text(manifest.parameters) + "</code></dd><dt>Revision</dt><dd>" +
           std::to_string(manifest.revision) + ", published " +
           data::format_utc(snapshot.revision.published) + "</dd><dt>Scope</dt><dd>" +
           html_text(manifest.scope) + ", version " + std::to_string(manifest.scope_version) +
           "</dd><dt>Coordinates</dt><dd><code>" + html_text(uri_of(answer.page.crs)) +
           "</code></dd><dt>Manifest</dt><dd><code>" + html_text(manifest.id) +
           "</code></dd></dl>\n";
}

HtmlPage page_frame(const ItemAnswer& answer, std::string title) {
    const auto url = answer.base + "/collections/" + std::string(answer.collection.name);
    return {std::move(title),
            answer.base,
            {{"Collections", answer.base + "/collections?f=html"},
             {std::string(answer.collection.title), url + "?f=html"}},
            marking_of(answer.context, *answer.query.snapshot),
            answer.query.snapshot->demo,
            attribution(*answer.query.snapshot),
            {}};
}

std::string count_list(const ItemAnswer& answer) {
    std::string out;
    for (const auto& member : answer.set.members) {
        out += "<dt>" + html_text(readable_name(member.name)) + "</dt><dd>" +
               std::visit(ShowValue(), member.value) + "</dd>";
    }
    return out.empty() ? out
                       : "<h2>Counted and left out</h2>\n<dl class=\"facts\">" + out + "</dl>\n";
}

} // namespace

std::string items_html(const ItemAnswer& answer) {
    auto page = page_frame(answer, std::string(answer.collection.title) + ": items");
    const auto links = page_links(answer);
    const auto turn = page_turns(links);
    page.body = "<p class=\"lead\">" + html_text(answer.collection.description) + ".</p>\n" + turn +
                table_of_items(answer) + turn + count_list(answer) + other_formats(links) +
                where_from(answer);
    return html_page(page);
}

std::string item_html(const ItemAnswer& answer, std::uint32_t row, const std::string& id) {
    const auto feature = answer.set.feature(row);
    auto page = page_frame(answer, std::string(answer.collection.title) + ": " + id);
    auto list = answer.page;
    list.format = "html";
    page.parents.emplace_back("Items", answer.base + "/collections/" +
                                           std::string(answer.collection.name) + "/items?" +
                                           whole_query(answer.query.parameters, list));
    page.body = "<dl class=\"facts\">";
    const auto described = properties_of(answer.collection.name);
    for (const auto& property : feature.properties) {
        const auto info = std::ranges::find(described, property.name, &PropertyInfo::name);
        page.body += "<dt>" +
                     (info == described.end() ? html_text(readable_name(property.name))
                                              : heading_of(*info)) +
                     "</dt><dd>" + std::visit(ShowValue(), property.value) + "</dd>";
    }
    page.body += "<dt>Geometry</dt><dd>" + geometry_text(feature, answer.page.crs) +
                 "</dd></dl>\n" + other_formats(item_links(answer, id)) + where_from(answer);
    return html_page(page);
}

} // namespace hotspots::service
