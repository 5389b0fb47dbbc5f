// The gazetteer of the real open data, built once for all tests of a run, and small made-up ones.
#pragma once

#include "data/geocode/gazetteer.hpp"

#include <memory>
#include <string>
#include <vector>

namespace hotspots::tests {

// Wards 2025, streets, postcodes of both lists. Null where the data is absent (after a warning).
const data::Gazetteer* real_gazetteer();
const data::ReferenceData* real_reference();

struct LabelledText {
    std::string id;
    std::string kind;
    std::string text;
    std::vector<geo::LonLat> points; // acceptable ones
    std::vector<geo::BngPoint> grid_points;
    double tolerance_m = 0;

    bool placeable() const { return kind != "none" && kind != "outside"; }
};

std::vector<LabelledText> labelled_texts(const std::string& path);

// True if the point is within the tolerance of an acceptable one.
bool is_right(const LabelledText& text, const geo::BngPoint& point);

// What became of texts, by kind.
struct Tally {
    int texts = 0;
    int matched = 0;
    int right = 0;
};

} // namespace hotspots::tests
