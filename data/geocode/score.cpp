#include "data/geocode/score.hpp"

#include <algorithm>
#include <array>

namespace hotspots::data {
namespace {

// Derived, see score.hpp: `data_geocode_tests [.fit]` prints them with how many answers of the
// fitting half were right.
constexpr auto fitted = std::to_array<ScoreRate>({
    {"between", 0.8250},                                    // 451 of 548
    {"between_misspelt", 0.8564},                           // 0 of 1
    {"between_words_unread", 0.8567},                       // 6 of 8
    {"easting_northing", 0.9985},                           // 182 of 182
    {"easting_northing_swapped", 0.9982},                   // 156 of 156
    {"easting_northing_truncated", 0.9966},                 // 79 of 79
    {"grid_reference", 0.9984},                             // 171 of 171
    {"junction_of_lines", 0.9870},                          // 853 of 864
    {"junction_of_lines_misspelt", 0.9903},                 // 430 of 434
    {"junction_of_points", 0.8644},                         // 708 of 820
    {"junction_of_points_misspelt", 0.8670},                // 307 of 355
    {"longitude_latitude", 0.9981},                         // 148 of 148
    {"postcode", 0.9911},                                   // 472 of 476
    {"postcode_repaired", 0.9970},                          // 91 of 91
    {"site_on_street", 0.9966},                             // 79 of 79
    {"site_on_street_in_area", 0.9968},                     // 83 of 83
    {"street_in_area", 0.9888},                             // 1601 of 1619
    {"street_in_area_narrowest", 0.9138},                   // 6 of 7
    {"street_in_area_narrowest_words_unread", 0.8564},      // 0 of 1
    {"street_in_area_words_unread", 0.9950},                // 453 of 455
    {"street_misspelt_in_area", 0.9986},                    // 933 of 934
    {"street_misspelt_in_area_narrowest", 0.8707},          // 1 of 2
    {"street_misspelt_in_area_words_unread", 0.9908},       // 131 of 132
    {"street_misspelt_twice_in_area", 0.9873},              // 15 of 15
    {"street_misspelt_twice_in_area_words_unread", 0.9914}, // 26 of 26
    {"street_only_one", 0.9682},                            // 184 of 190
    {"street_respaced_in_area", 0.9991},                    // 306 of 306
    {"street_respaced_in_area_words_unread", 0.9978},       // 128 of 128
    {"street_respaced_only_one", 0.9888},                   // 106 of 107
    {"street_without_type_in_area", 0.9970},                // 88 of 88
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
