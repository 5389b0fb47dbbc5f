// OpenStreetMap extracts (PBF or XML) through GDAL's OSM driver: streets with their lines, so that
// junctions are true intersections, and what people name instead of a street.
#pragma once

#include "data/reference/reference.hpp"

#include <string>
#include <vector>

namespace hotspots::data {

// Streets: ways with `highway`, by `name` (else `ref`, "A606"), those of one name that touch or lie
// within 200 m of each other together, so that a name's separate streets stay separate; `point` is
// the place on the lines nearest to their middle. POI: pubs, clubs, stations, schools, car parks,
// shops' centres, hospitals and the like, with `category`. Places: towns, suburbs, villages, with
// `radius_m` by their rank. In the order of the file's layers; wards are not filled in.
// Throws InputError if the file is not OpenStreetMap data that GDAL can read.
std::vector<NamedPlace> read_osm(const std::string& path);

} // namespace hotspots::data
