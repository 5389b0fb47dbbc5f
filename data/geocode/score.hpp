// The score of an answer: how often an answer found by the same rule is right.
//
// Meaning: the probability that the answer is the right street, junction, site or code, that is,
// that the true place lies within tolerance of the point (150 m for streets and sites, 60 m for
// postcodes, 15 m for coordinates and junctions of lines) or, for names, within twice
// `uncertainty_m` where that is more; for texts as they are written in police logs, against a
// gazetteer that lacks one street in twenty. How near it is says `uncertainty_m`, not the score.
//
// The rates are shares of right answers by rule on half of a set of labelled and of generated
// texts, under a Beta prior worth four answers of which 85 % are right, so that a rule with few
// answers promises little. tests/data/geocode/score_test.cpp derives them again and checks them on
// the other half.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace hotspots::data {

struct ScoreRate {
    std::string_view rule; // of a Location, with "place" and "poi" read as "street"
    double rate = 0;
};

// Fitted rates, in the order of their rules.
std::span<const ScoreRate> fitted_scores();

// The rule under which a rule's rate is kept: that of streets for names of any kind.
std::string score_class(std::string_view rule);

// One half for a rule that the fit had no texts for.
double score_of(std::string_view rule);

} // namespace hotspots::data
