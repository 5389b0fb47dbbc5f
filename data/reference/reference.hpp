// Reference data: what is known of LLR besides incidents. Loaded by `llr-hotspots reference`, kept
// in the store, read into the gazetteer and the snapshot.
#pragma once

#include "geo/coordinates.hpp"
#include "geo/geometry.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hotspots::data {

struct Ward {
    std::string code;
    std::string name;
    std::string authority_code;
    std::string authority;
    geo::MultiPolygon<geo::LonLat> outline;
    bool indicative = false; // made from centres, not surveyed: the demo's
};

enum class PlaceKind { street, place, poi };

// A named thing with a point; streets from OpenStreetMap also carry their lines.
struct NamedPlace {
    std::string name;
    PlaceKind kind = PlaceKind::street;
    std::string category; // e.g. "pub", "station", "village"; empty if not known
    geo::LonLat point;
    std::vector<std::vector<geo::LonLat>> lines; // empty if only the point is known
    std::string ward_code;                       // empty if not given
    std::string ward;
    std::string authority;
    std::optional<double> radius_m; // half extent of a place, if known
};

struct Postcode {
    std::string code; // normalised: "LE1 5YA"
    geo::LonLat point;
    std::string ward_code; // empty if not given
};

struct WardPopulation {
    std::string ward_code;
    std::int64_t residents = 0;
};

} // namespace hotspots::data
