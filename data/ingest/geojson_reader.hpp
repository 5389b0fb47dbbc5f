// GeoJSON (RFC 7946) as rows: a FeatureCollection, or features one after the other, a line each or
// as a text sequence (RFC 8142). Properties are the columns, and a Point gives `longitude` and
// `latitude`. Read as a stream, twice: once for the names, once for the rows. Holds one feature.
#pragma once

#include "data/ingest/geojson_feature.hpp"
#include "data/ingest/json_cursor.hpp"
#include "data/ingest/row_source.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace hotspots::data {

// True if a file that begins with these bytes is JSON: its first character is a brace or bracket.
bool looks_like_json(std::string_view start);

enum class GeoJsonLayout { collection, sequence };

// The features of a file, in order.
class GeoJsonFeatures {
public:
    GeoJsonFeatures(ByteSource source, const std::string& name, GeoJsonLayout layout);

    // The next one, or nothing after the last. Throws InputError, naming file and line: no JSON, no
    // features, another reference system than longitude and latitude of WGS84, a feature of more
    // than JsonCursor::most_bytes.
    std::optional<GeoJsonFeature> next();

private:
    std::optional<GeoJsonFeature> next_of_collection();
    bool find_features(); // false at the end of the collection
    void read_member(const std::string& name);
    void finish();

    JsonCursor m_cursor;
    GeoJsonLayout m_layout;
    enum class Place { start, in_features, after_feature, end } m_place = Place::start;
    bool m_has_features = false;
    std::string m_type;
};

class GeoJsonReader final : public RowSource {
public:
    // Reads the whole file for its names. Throws InputError as GeoJsonFeatures does, and for a file
    // without any feature, or with too many names.
    GeoJsonReader(const OpenBytes& open, const std::string& name);

    // Properties in the order of their first use, then `id` where features have one and no property
    // of this name, `longitude` and `latitude`.
    const std::vector<std::string>& names() const { return m_names; }

    // A feature that no row can hold has CsvRow::fault. Where a point is given as well as
    // properties `longitude` and `latitude`, the point holds.
    bool next(CsvRow& row) override;

    const std::string& name() const override { return m_name; }

private:
    void collect_names(const OpenBytes& open);
    std::size_t add_name(const std::string& name);

    std::string m_name;
    GeoJsonLayout m_layout;
    std::vector<std::string> m_names;
    std::unordered_map<std::string, std::size_t> m_columns; // by name
    std::optional<std::size_t> m_id;
    std::size_t m_longitude = 0;
    std::size_t m_latitude = 0;
    std::unique_ptr<GeoJsonFeatures> m_features;
    std::vector<std::string> m_texts; // of the present row
};

} // namespace hotspots::data
