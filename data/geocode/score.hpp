// The score of an answer: how often an answer found by the same rule is right.
//
// Meaning: the probability that the point lies within tolerance of the true place (150 m for
// streets, stretches, sites and junctions between points, 60 m for postcodes, 15 m for coordinates
// and for junctions of lines), for texts as they are written in police logs, against a gazetteer
// that lacks one street in twenty. It says nothing about how near: that is `uncertainty_m`.
//
// The rates are shares of right answers by rule, shrunk towards the share over all rules (a Beta
// prior worth eight answers), on half of a set of labelled and of generated texts; tests/data/
// geocode/score_test.cpp derives them again and checks them on the other half.
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
