// One GeoJSON feature (RFC 7946, 3.2) as texts by name: its properties, and `longitude` and
// `latitude` of its point. Numbers keep the text that they were written with: 4.10 is not 4.1.
#pragma once

#include "data/ingest/json_cursor.hpp"
#include "data/ingest/row_source.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hotspots::data {

struct GeoJsonFeature {
    std::int64_t line = 0; // of its opening brace
    // In the order of the file; null is an empty text.
    std::vector<std::pair<std::string, std::string>> properties;
    std::string id; // the member of the feature itself
    std::string longitude;
    std::string latitude;          // both empty where the geometry is null
    std::optional<RowFault> fault; // the first thing that no row can hold
};

// Reads the value that begins at the cursor, not past its end. Throws InputError, naming file and
// line, where it is no JSON, or too long.
GeoJsonFeature read_feature(JsonCursor& cursor);

// Every text in the value at the cursor by its path (`properties.name`; a text alone has the empty
// path), for values that are no features. Reads not past its end. Throws InputError as
// read_feature.
std::map<std::string, std::string> read_texts(JsonCursor& cursor);

} // namespace hotspots::data
