// The ways of an OpenStreetMap file put together to streets: pieces of one name that lie together
// are one street, pieces far apart are streets of the same name.
#pragma once

#include "data/reference/reference.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace hotspots::data {

// Half of the larger side of a box, in metres on the sphere.
double half_side_m(const geo::LonLat& south_west, const geo::LonLat& north_east);

class OsmStreets {
public:
    void add(const std::string& name, const std::vector<geo::LonLat>& line, bool motorway);

    // A numbered motorway junction: becomes a point of interest "M1 Junction 21" if its node lies
    // on a motorway that was added.
    void add_junction(const std::string& number, const geo::LonLat& point);

    // Streets by name, then motorway junctions.
    std::vector<NamedPlace> finish() &&;

private:
    using Line = std::vector<geo::LonLat>;

    std::map<std::string, std::vector<Line>> m_lines;
    std::map<std::pair<double, double>, std::string> m_motorway_nodes;
    std::vector<std::pair<std::string, geo::LonLat>> m_junctions;
};

} // namespace hotspots::data
