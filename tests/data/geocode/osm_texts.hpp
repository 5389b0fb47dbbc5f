// Texts of junctions, stretches and sites with their truth from a real OpenStreetMap extract: a
// junction is a vertex that the lines of two streets share. Two gazetteers, thinned alike: one with
// the streets' lines, one with a point a street, as a street list has.
#pragma once

#include "data/geocode/gazetteer.hpp"
#include "tests/data/geocode/reference_fixture.hpp"

#include <string>
#include <vector>

namespace hotspots::tests {

class OsmTexts {
public:
    OsmTexts(const std::string& extract, const std::vector<data::Ward>& wards);

    std::vector<LabelledText> crossings() const; // "A j/w B, Ward", "S between A and B, Ward"
    std::vector<LabelledText> streets() const;   // "Street, Ward", whatever else has the names
    std::vector<LabelledText> sites() const;     // "Pub, Ward", "Pub, Street, Ward"
    const data::Gazetteer& with_lines() const { return *m_with_lines; }
    const data::Gazetteer& with_points() const { return *m_with_points; }

private:
    std::string ward_of(const geo::LonLat& point) const; // its name; empty outside

    std::vector<data::Ward> m_wards;
    std::vector<data::NamedPlace> m_places; // all
    std::unique_ptr<data::Gazetteer> m_with_lines;
    std::unique_ptr<data::Gazetteer> m_with_points;
};

} // namespace hotspots::tests
