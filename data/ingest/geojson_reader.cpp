#include "data/ingest/geojson_reader.hpp"

#include "data/errors.hpp"
#include "data/ingest/csv_header.hpp"
#include "data/ingest/utf8.hpp"

#include <algorithm>
#include <array>

namespace hotspots::data {

namespace {

// Names of longitude and latitude of WGS84 in the `crs` member that GeoJSON had until 2016.
constexpr std::array<std::string_view, 7> wgs84_names{
    "urn:ogc:def:crs:OGC:1.3:CRS84",
    "urn:ogc:def:crs:OGC::CRS84",
    "OGC:CRS84",
    "EPSG:4326",
    "urn:ogc:def:crs:EPSG::4326",
    "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
    "CRS84"};

std::string shown(std::string_view text) {
    return "'" + std::string(utf8_prefix(text, 100)) + "'";
}

void expect(JsonCursor& cursor, char wanted, const char* where) {
    if (cursor.peek_past_space() != static_cast<unsigned char>(wanted)) {
        cursor.fail("not valid JSON: expected " + std::string(1, wanted) + " " + where +
                    "; the file may be cut off");
    }
    cursor.skip();
}

// The name of the next member, the colon behind it taken; nothing at the end of the object.
std::optional<std::string> next_member(JsonCursor& cursor) {
    int c = cursor.peek_past_space();
    if (c == ',') {
        cursor.skip();
        c = cursor.peek_past_space();
    } else if (c == '}') {
        cursor.skip();
        return std::nullopt;
    }
    if (c != '"') {
        cursor.fail("not valid JSON: expected a member's name in quotes; the file may be cut off");
    }
    const auto name = read_texts(cursor)[""];
    expect(cursor, ':', "after a member's name");
    return name;
}

GeoJsonLayout find_layout(ByteSource source, const std::string& name) {
    JsonCursor cursor(std::move(source), name);
    const std::string expected = "; expected GeoJSON: a FeatureCollection, or Features a line each";
    if (cursor.peek_past_space() != '{') {
        cursor.fail("a JSON text that is no object" + expected);
    }
    cursor.skip();
    std::string type;
    while (const auto member = next_member(cursor)) {
        if (*member == "features") {
            return GeoJsonLayout::collection;
        }
        const auto texts = read_texts(cursor);
        if (*member == "type" && texts.contains("")) {
            type = texts.at("");
        }
    }
    if (type != "Feature") {
        cursor.fail("a JSON object of type " + shown(type) + expected);
    }
    return GeoJsonLayout::sequence;
}

} // namespace

bool looks_like_json(std::string_view start) {
    if (start.starts_with("\xEF\xBB\xBF")) {
        start.remove_prefix(3);
    }
    const auto first = start.find_first_not_of(" \t\r\n\x1E");
    return first != std::string_view::npos && (start[first] == '{' || start[first] == '[');
}

GeoJsonFeatures::GeoJsonFeatures(ByteSource source, const std::string& name, GeoJsonLayout layout)
    : m_cursor(std::move(source), name), m_layout(layout) {}

std::optional<GeoJsonFeature> GeoJsonFeatures::next() {
    if (m_layout == GeoJsonLayout::collection) {
        return next_of_collection();
    }
    if (m_cursor.peek_past_space() == JsonCursor::end_of_file) {
        return std::nullopt;
    }
    return read_feature(m_cursor);
}

std::optional<GeoJsonFeature> GeoJsonFeatures::next_of_collection() {
    if (m_place == Place::end) {
        return std::nullopt;
    }
    if (m_place == Place::start) {
        m_cursor.peek_past_space();
        m_cursor.skip(); // the brace that find_layout saw
        if (!find_features()) {
            return std::nullopt;
        }
    }
    for (;;) {
        const int c = m_cursor.peek_past_space();
        if (c == ']') {
            m_cursor.skip();
            if (!find_features()) {
                return std::nullopt;
            }
            continue;
        }
        if (m_place == Place::after_feature) {
            expect(m_cursor, ',', "or ] after a feature");
        }
        m_place = Place::after_feature;
        return read_feature(m_cursor);
    }
}

bool GeoJsonFeatures::find_features() {
    while (const auto member = next_member(m_cursor)) {
        if (*member != "features") {
            read_member(*member);
            continue;
        }
        if (m_has_features) {
            m_cursor.fail("the member 'features' occurs twice");
        }
        m_has_features = true;
        m_place = Place::in_features;
        expect(m_cursor, '[', "to begin the features");
        return true;
    }
    finish();
    return false;
}

void GeoJsonFeatures::read_member(const std::string& name) {
    const auto texts = read_texts(m_cursor);
    if (name == "type" && texts.contains("")) {
        m_type = texts.at("");
    }
    if (name != "crs" || texts.empty()) {
        return;
    }
    const auto crs = texts.find("properties.name");
    const std::string given = crs == texts.end() ? "" : crs->second;
    if (std::find(wgs84_names.begin(), wgs84_names.end(), given) == wgs84_names.end()) {
        m_cursor.fail("crs is " + shown(given) +
                      "; expected longitude and latitude of WGS84 (RFC 7946, 4); eastings and "
                      "northings can be properties of these names");
    }
}

void GeoJsonFeatures::finish() {
    m_place = Place::end;
    if (m_type != "FeatureCollection") {
        m_cursor.fail("type is " + shown(m_type) + "; expected FeatureCollection");
    }
    if (m_cursor.peek_past_space() != JsonCursor::end_of_file) {
        m_cursor.fail("text follows the end of the FeatureCollection");
    }
}

GeoJsonReader::GeoJsonReader(const OpenBytes& open, const std::string& name)
    : m_name(name), m_layout(find_layout(open(), name)) {
    collect_names(open);
    m_features = std::make_unique<GeoJsonFeatures>(open(), m_name, m_layout);
}

void GeoJsonReader::collect_names(const OpenBytes& open) {
    GeoJsonFeatures features(open(), m_name, m_layout);
    bool has_any = false;
    bool has_id = false;
    while (const auto feature = features.next()) {
        has_any = true;
        has_id = has_id || !feature->id.empty();
        for (const auto& property : feature->properties) {
            add_name(property.first);
        }
    }
    if (!has_any) {
        throw InputError(m_name + ": it holds no features; expected at least one");
    }
    // Found as the header finds them: whatever their case.
    const auto column = [&](const std::string& wanted) {
        CsvRow row;
        row.fields.assign(m_names.begin(), m_names.end());
        const auto found = CsvHeader(m_name, row).find(wanted);
        return found ? *found : add_name(wanted);
    };
    const auto properties = m_names.size();
    if (has_id && column("id") == properties) {
        m_id = properties;
    }
    m_longitude = column("longitude");
    m_latitude = column("latitude");
}

std::size_t GeoJsonReader::add_name(const std::string& name) {
    const auto [found, is_new] = m_columns.try_emplace(name, m_names.size());
    if (is_new && m_names.size() >= CsvHeader::max_columns) {
        throw InputError(m_name + ": features with more than " +
                         std::to_string(CsvHeader::max_columns) +
                         " different properties; expected at most as many");
    }
    if (is_new) {
        m_names.push_back(name);
    }
    return found->second;
}

bool GeoJsonReader::next(CsvRow& row) {
    auto feature = m_features->next();
    if (!feature) {
        return false;
    }
    m_texts.assign(m_names.size(), {});
    std::vector<bool> is_given(m_names.size());
    for (auto& [name, text] : feature->properties) {
        const auto found = m_columns.find(name);
        if (found == m_columns.end()) {
            throw InputError(m_name + ": it changed while it was read");
        }
        if (is_given[found->second] && !feature->fault) {
            feature->fault = RowFault{name, text, "the property occurs twice; expected it once"};
        }
        is_given[found->second] = true;
        m_texts[found->second] = std::move(text);
    }
    if (m_id) {
        m_texts[*m_id] = feature->id;
    }
    if (!feature->longitude.empty()) {
        m_texts[m_longitude] = feature->longitude;
        m_texts[m_latitude] = feature->latitude;
    }
    row.line = feature->line;
    row.fields.assign(m_texts.begin(), m_texts.end());
    row.misquoted = false;
    row.ends_in_newline = true;
    row.fault = std::move(feature->fault);
    return true;
}

} // namespace hotspots::data
