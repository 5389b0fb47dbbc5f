// The score of an answer: the probability that its point is right, by how it was found.
#pragma once

#include "data/geocode/reading.hpp"

namespace hotspots::data {

struct Finding {
    NameHit::Kind kind = NameHit::Kind::exact;
    int edits = 0;
    bool by_area = false;
    bool by_narrower = false;
    int unread = 0; // words
};

// Measured on half of a labelled set of location texts and checked on the other half: see
// tests/data/geocode/labelled_test.cpp.
double score_of(const Finding& finding);

} // namespace hotspots::data
