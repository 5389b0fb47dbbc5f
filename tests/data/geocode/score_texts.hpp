// The texts that scores are fitted to and checked on, each with the gazetteer that it is asked of:
// the labelled ones; texts unlike them; kinds that are rare there, made from the real gazetteers
// with known truth. Seeded.
//
// The gazetteers lack one street name of a ward in twenty, as real ones do, so that a text may mean
// a street that is not known: then any point is wrong.
#pragma once

#include "data/geocode/gazetteer.hpp"
#include "tests/data/geocode/reference_fixture.hpp"

#include <vector>

namespace hotspots::tests {

struct ScoredText {
    LabelledText text;
    const data::Gazetteer* gazetteer = nullptr;
    bool for_fit = false; // by the hash of the text: half of all
};

// Empty where the real data is absent (after a warning). Made once.
const std::vector<ScoredText>& scored_texts();

// Without about one in twenty names of a ward.
std::vector<data::NamedPlace> thinned(const std::vector<data::NamedPlace>& places);

} // namespace hotspots::tests
