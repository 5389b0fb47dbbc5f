// The demo's fact tables, embedded in the program: wards.csv, outline.csv, streets.csv.
#pragma once

#include "data/reference/reference.hpp"
#include "geo/coordinates.hpp"
#include "geo/geometry.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::data::demo {

struct WardFacts {
    std::string code;
    std::string name;
    std::string authority_code;
    std::string authority;
    geo::BngPoint centre;
    double area_km2 = 0;
    std::int64_t population = 0;
};

// A street, place or point of interest, and how much happens there.
struct Spot {
    std::string name;
    PlaceKind kind = PlaceKind::street;
    std::string category; // nightlife, shopping, centre, station, estate, park, road, …
    std::string town;
    std::string authority;
    geo::BngPoint point; // approximate, to 10 m
    std::optional<double> radius_m;
    int weight = 0; // 0: only a name
};

const std::vector<WardFacts>& ward_facts();
const std::vector<Spot>& spots();
// The first of that name. Throws DataError where there is none.
const Spot& spot_named(std::string_view name);
geo::MultiPolygon<geo::BngPoint> outline();

} // namespace hotspots::data::demo
