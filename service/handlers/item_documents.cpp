#include "service/handlers/item_documents.hpp"

#include "geo/stop.hpp"
#include "service/app.hpp"
#include "service/handlers/answers.hpp"
#include "service/manifest.hpp"
#include "tiles/geojson.hpp"

#include <algorithm>
#include <utility>

namespace hotspots::service {

namespace {

void append_link(std::string& out, const ItemLink& link) {
    out.append("{\"rel\":");
    tiles::append_json_string(out, link.rel);
    out.append(",\"type\":");
    tiles::append_json_string(out, link.type);
    if (!link.title.empty()) {
        out.append(",\"title\":");
        tiles::append_json_string(out, link.title);
    }
    out.append(",\"href\":");
    tiles::append_json_string(out, link.href);
    out.push_back('}');
}

void append_links(std::string& out, const std::vector<ItemLink>& links) {
    out.append("\"links\":[");
    for (const auto& link : links) {
        out.append(out.ends_with('[') ? "" : ",");
        append_link(out, link);
    }
    out.push_back(']');
}

void append_page_member(std::string& out, std::string_view name, const tiles::Value& value) {
    tiles::append_json_string(out, name);
    out.push_back(':');
    tiles::append_value(out, value);
    out.push_back(',');
}

// Whose the data is and what it is made of: on every page and single feature.
void append_provenance(std::string& out, const ItemAnswer& answer) {
    const auto& snapshot = *answer.query.snapshot;
    append_page_member(out, "timeStamp", data::format_utc(snapshot.revision.published));
    append_page_member(out, "demo", snapshot.demo);
    append_page_member(out, "marking", text_or_null(marking_of(answer.context, snapshot)));
    append_page_member(out, "attribution", attribution(snapshot));
    out.append("\"manifest\":");
    append_manifest(out, make_manifest(snapshot, answer.query.parameters, answer.context.version));
    out.push_back(',');
}

// What hotspots and areas carry each: the way to what they were made of, also where one is taken
// out of its page.
std::string feature_link(const ItemAnswer& answer) {
    const auto name = answer.collection.name;
    if (name != "hotspots" && name != "wards" && name != "authorities") {
        return {};
    }
    std::string link = ",\"links\":[";
    append_link(link, {"describedby", "application/json",
                       manifest_url(answer.base, answer.collection, answer.query.parameters,
                                    *answer.query.snapshot),
                       "Manifest"});
    return link.append("]}");
}

void append_row(std::string& out, const ItemAnswer& answer, std::uint32_t row,
                const tiles::PositionStyle& style) {
    if (answer.set.append) {
        answer.set.append(out, row, style);
    } else {
        tiles::append_feature(out, answer.set.feature(row), style);
    }
}

// Room for all features is made once the first ones show how long they are.
void append_features(std::string& out, const ItemAnswer& answer, const PageRows& rows) {
    constexpr std::size_t sample = 32;
    const auto style = position_style(answer.page.crs);
    const auto link = feature_link(answer);
    const auto first = rows_of_page(answer).begin;
    const auto before = out.size();
    for (auto i = rows.begin; i < rows.end; ++i) {
        geo::stop_if_asked();
        out.append(i == first ? "\n" : ",\n");
        append_row(out, answer, answer.set.rows[i], style);
        if (!link.empty()) {
            out.pop_back();
            out.append(link);
        }
        const auto written = i + 1 - rows.begin;
        if (written == sample) {
            out.reserve(before + (out.size() - before) / sample * (rows.end - rows.begin) * 9 / 8);
        }
    }
}

// All that comes before the features.
void append_page_head(std::string& out, const ItemAnswer& answer) {
    const auto rows = rows_of_page(answer);
    out.append("{\"type\":\"FeatureCollection\",");
    append_page_member(out, "numberMatched", static_cast<std::int64_t>(answer.set.rows.size()));
    append_page_member(out, "numberReturned", static_cast<std::int64_t>(rows.end - rows.begin));
    for (const auto& member : answer.set.members) {
        append_page_member(out, member.name, member.value);
    }
    for (const auto& [name, json] : answer.set.documents) {
        tiles::append_json_string(out, name);
        out.append(":").append(json).append(",");
    }
    append_provenance(out, answer);
    append_links(out, page_links(answer));
    out.append(",\"features\":[");
}

constexpr std::string_view page_end = "\n]}\n";
constexpr std::size_t rows_of_part = 500;

} // namespace

std::string page_geojson(const ItemAnswer& answer) {
    std::string out;
    append_page_head(out, answer);
    append_features(out, answer, rows_of_page(answer));
    return out.append(page_end);
}

std::function<bool(std::string&)> page_geojson_parts(std::shared_ptr<const ItemAnswer> answer) {
    const auto rows = rows_of_page(*answer);
    return [answer = std::move(answer), rows, next = rows.begin](std::string& out) mutable {
        if (next == rows.begin) {
            append_page_head(out, *answer);
        }
        const auto end = std::min(rows.end, next + rows_of_part);
        append_features(out, *answer, {next, end});
        next = end;
        const bool more = next < rows.end;
        out.append(more ? "" : page_end);
        return more;
    };
}

// The feature's own members, then where it comes from: GeoJSON allows foreign members (RFC
// 7946, 6.1).
std::string item_geojson(const ItemAnswer& answer, std::uint32_t row, const std::string& id) {
    std::string out;
    append_row(out, answer, row, position_style(answer.page.crs));
    out.pop_back();
    out.push_back(',');
    append_provenance(out, answer);
    append_links(out, item_links(answer, id));
    return out.append("}\n");
}

} // namespace hotspots::service
