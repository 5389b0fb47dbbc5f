#include "data/geocode/score.hpp"

#include <algorithm>
#include <array>

namespace hotspots::data {
namespace {

// Derived, see score.hpp: `data_geocode_tests [.fit]` prints them with how many answers of the
// fitting half were right.
constexpr auto fitted = std::to_array<ScoreRate>({
    {"between", 0.8973},                                    // 491 of 547
    {"between_misspelt", 0.8800},                           // 1 of 1
    {"between_words_unread", 0.8667},                       // 7 of 8
    {"easting_northing", 0.9968},                           // 182 of 182
    {"easting_northing_swapped", 0.9963},                   // 156 of 156
    {"easting_northing_truncated", 0.9928},                 // 79 of 79
    {"grid_reference", 0.9966},                             // 171 of 171
    {"junction_of_lines", 0.9912},                          // 854 of 861
    {"junction_of_lines_misspelt", 0.9941},                 // 432 of 434
    {"junction_of_points", 0.9883},                         // 807 of 816
    {"junction_of_points_misspelt", 0.9872},                // 351 of 355
    {"longitude_latitude", 0.9961},                         // 148 of 148
    {"postcode", 0.9904},                                   // 472 of 476
    {"postcode_repaired", 0.9937},                          // 91 of 91
    {"site_on_street", 0.9929},                             // 80 of 80
    {"site_on_street_in_area", 0.9931},                     // 83 of 83
    {"street_in_area", 0.9972},                             // 2013 of 2018
    {"street_in_area_narrowest", 0.9400},                   // 6 of 6
    {"street_in_area_words_unread", 0.9987},                // 455 of 455
    {"street_misspelt_in_area", 0.9983},                    // 933 of 934
    {"street_misspelt_in_area_narrowest", 0.7333},          // 1 of 2
    {"street_misspelt_in_area_words_unread", 0.9882},       // 131 of 132
    {"street_misspelt_twice_in_area", 0.9684},              // 15 of 15
    {"street_misspelt_twice_in_area_words_unread", 0.9800}, // 26 of 26
    {"street_only_one", 0.9711},                            // 185 of 190
    {"street_respaced_in_area", 0.9981},                    // 306 of 306
    {"street_respaced_in_area_words_unread", 0.9955},       // 128 of 128
    {"street_respaced_only_one", 0.9856},                   // 106 of 107
    {"street_without_type_in_area", 0.9935},                // 88 of 88
});

// Points that came with the record are taken at their word; no text can say how often they err.
constexpr double given_rate = 0.99;
constexpr double unknown_rate = 0.5; // a rule that the fit had no texts for

const ScoreRate* find(std::string_view rule) {
    const auto* found = std::find_if(fitted.begin(), fitted.end(),
                                     [&](const ScoreRate& entry) { return entry.rule == rule; });
    return found != fitted.end() ? found : nullptr;
}

} // namespace

std::span<const ScoreRate> fitted_scores() {
    return fitted;
}

std::string score_class(std::string_view rule) {
    for (const std::string_view kind : {"place", "poi"}) {
        if (rule.starts_with(kind) && rule.substr(kind.size()).starts_with('_')) {
            return "street" + std::string(rule.substr(kind.size()));
        }
    }
    return std::string(rule);
}

double score_of(std::string_view rule) {
    if (rule == "given_coordinates" || rule == "snapped_coordinates") {
        return given_rate;
    }
    const auto* entry = find(score_class(rule));
    return entry ? entry->rate : unknown_rate;
}

} // namespace hotspots::data
