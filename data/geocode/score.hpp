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

// Judged by rule, not fitted: slightly below the shares that a labelled set of texts shows, which
// has too few wrong answers to fit more. Checked in tests/data/geocode/labelled_test.cpp.
double score_of(const Finding& finding);

} // namespace hotspots::data
