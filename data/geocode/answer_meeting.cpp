#include "data/geocode/answer.hpp"
#include "data/geocode/junction.hpp"
#include "data/geocode/score.hpp"

#include <algorithm>
#include <limits>

namespace hotspots::data {
namespace {

constexpr double same_junction_m = 300;   // meetings nearer than this are one junction
constexpr double between_m = 2000;        // streets further apart have nothing "between" them
constexpr double unmarked_meet_m = 100;   // two names without a word that they meet
constexpr std::size_t most_pairs = 20000; // of points: bounds the time for very common names

struct Met {
    Meeting meeting;
    Spot a;
    Spot b;
};

bool same_place(const Spot& a, const Spot& b) {
    return a.place == b.place;
}

// Calls `take` for pairs of which one lies in the named area: a junction may be on its boundary.
template <class Take>
void each_pair(const Gazetteer::Index& index, const LocationText& text, const Reading& reading,
               const NameHit& a, const NameHit& b, Take take) {
    const auto narrow_a = narrow(index, a, reading, text).spots;
    const auto narrow_b = narrow(index, b, reading, text).spots;
    const auto all_a = all_spots(index, a);
    std::size_t pairs = 0;
    const auto is_in = [](const std::vector<Spot>& spots, const Spot& spot) {
        return std::any_of(spots.begin(), spots.end(),
                           [&](const Spot& other) { return same_place(spot, other); });
    };
    for (const Spot& spot_b : all_spots(index, b)) {
        const bool b_inside = is_in(narrow_b, spot_b);
        for (const Spot& spot_a : b_inside ? all_a : narrow_a) {
            if (++pairs > most_pairs) {
                return;
            }
            take(spot_a, spot_b);
        }
    }
}

// The best meeting at each junction.
std::vector<Met> meetings(const Gazetteer::Index& index, const LocationText& text,
                          const Reading& reading, const NameHit& a, const NameHit& b) {
    std::vector<Met> found;
    each_pair(index, text, reading, a, b, [&](const Spot& spot_a, const Spot& spot_b) {
        const auto meeting = meeting_of(index, spot_a, spot_b);
        if (!meeting) {
            return;
        }
        const auto same = std::find_if(found.begin(), found.end(), [&](const Met& met) {
            return distance_m(met.meeting.point, meeting->point) <= same_junction_m;
        });
        const Met met{*meeting, spot_a, spot_b};
        if (same == found.end()) {
            found.push_back(met);
        } else if (std::pair(!meeting->on_lines, meeting->distance_m) <
                   std::pair(!same->meeting.on_lines, same->meeting.distance_m)) {
            *same = met;
        }
    });
    // Where lines are known, points that only lie near each other are no junction.
    const bool any_lines = std::any_of(found.begin(), found.end(),
                                       [](const Met& met) { return met.meeting.on_lines; });
    std::erase_if(found, [&](const Met& met) { return any_lines && !met.meeting.on_lines; });
    return found;
}

std::string label_of(const Gazetteer::Index& index, const Met& met) {
    return index.names.group(met.a.name).name + " / " + index.names.group(met.b.name).name;
}

// The doubts of a single name that also hold for two.
std::string doubt_about(const LocationText& text, const Reading& reading) {
    if (text.refusal) {
        return "refusal";
    }
    if (reading.longer_name) {
        return "part_of_longer_name";
    }
    return reading.unread_after > 0 || reading.unread_before > 2 ? "unread_words" : "";
}

std::string rule_of(const Reading& reading, std::string rule) {
    const bool guess = std::any_of(reading.names.begin(), reading.names.end(),
                                   [](const NameHit& hit) { return hit.is_guess(); });
    return rule + (guess ? "_misspelt" : "") + (reading.unread_before > 0 ? "_words_unread" : "");
}

Location streets_apart(const Gazetteer::Index& index, const LocationText& text,
                       const Reading& reading) {
    Location location = not_placed(GeocodeStatus::ambiguous, "streets_do_not_meet");
    for (const NameHit& hit : reading.names) {
        for (const Cluster& cluster : clusters(narrow(index, hit, reading, text).spots)) {
            if (location.candidates.size() < 10) {
                const Placement at = place(index, cluster);
                location.candidates.push_back({at.label, at.level, at.point, at.uncertainty_m});
            }
        }
    }
    return location;
}

Location answer_junction(const Gazetteer::Index& index, const LocationText& text,
                         const Reading& reading, bool marked) {
    auto found = meetings(index, text, reading, reading.names[0], reading.names[1]);
    if (!marked) {
        std::erase_if(found,
                      [](const Met& met) { return met.meeting.distance_m > unmarked_meet_m; });
    }
    if (found.empty()) {
        return streets_apart(index, text, reading);
    }
    const std::string doubt = doubt_about(text, reading);
    if (found.size() > 1 || !doubt.empty()) {
        Location location =
            not_placed(GeocodeStatus::ambiguous, doubt.empty() ? "several_junctions" : doubt);
        for (const Met& met : found) {
            if (location.candidates.size() < 10) {
                location.candidates.push_back({label_of(index, met), GeocodeLevel::junction,
                                               met.meeting.point, met.meeting.uncertainty_m});
            }
        }
        return location;
    }
    const Meeting& meeting = found.front().meeting;
    const auto rule =
        rule_of(reading, meeting.on_lines ? "junction_of_lines" : "junction_of_points");
    return placed(GeocodeLevel::junction, meeting.point, meeting.uncertainty_m, score_of(rule),
                  label_of(index, found.front()), rule);
}

geo::BngPoint middle(const geo::BngPoint& a, const geo::BngPoint& b) {
    return {(a.easting_m + b.easting_m) / 2, (a.northing_m + b.northing_m) / 2};
}

Location between_points(const Gazetteer::Index& index, const Reading& reading,
                        const geo::BngPoint& a, const geo::BngPoint& b) {
    const double apart = distance_m(a, b);
    std::string label;
    for (const NameHit& hit : reading.names) {
        label += label.empty() ? "" : " / ";
        label += index.names.group(hit.names.front()).name;
    }
    const auto rule = rule_of(reading, "between");
    return placed(GeocodeLevel::street, middle(a, b), std::max(30.0, apart / 2), score_of(rule),
                  label, rule);
}

// The stretch of a street between two others that meet it.
std::optional<Location> answer_stretch(const Gazetteer::Index& index, const LocationText& text,
                                       const Reading& reading) {
    const auto first = meetings(index, text, reading, reading.names[0], reading.names[1]);
    const auto second = meetings(index, text, reading, reading.names[0], reading.names[2]);
    std::vector<std::pair<geo::BngPoint, geo::BngPoint>> stretches;
    for (const Met& a : first) {
        for (const Met& b : second) {
            if (distance_m(a.meeting.point, b.meeting.point) <= between_m) {
                stretches.emplace_back(a.meeting.point, b.meeting.point);
            }
        }
    }
    if (stretches.size() != 1) {
        return std::nullopt;
    }
    return between_points(index, reading, stretches[0].first, stretches[0].second);
}

Location answer_gap(const Gazetteer::Index& index, const LocationText& text,
                    const Reading& reading) {
    Nearest best{{}, {}, std::numeric_limits<double>::infinity()};
    std::vector<geo::BngPoint> middles;
    each_pair(index, text, reading, reading.names[0], reading.names[1],
              [&](const Spot& a, const Spot& b) {
                  const Nearest nearest = nearest_points(index, a, b, between_m);
                  if (nearest.distance_m > between_m) {
                      return;
                  }
                  middles.push_back(middle(nearest.on_a, nearest.on_b));
                  best = nearest.distance_m < best.distance_m ? nearest : best;
              });
    const bool one = std::all_of(middles.begin(), middles.end(), [&](const geo::BngPoint& point) {
        return distance_m(point, middles.front()) <= between_m;
    });
    if (middles.empty() || !one) {
        return streets_apart(index, text, reading);
    }
    return between_points(index, reading, best.on_a, best.on_b);
}

} // namespace

Answer answer_meeting(const Gazetteer::Index& index, const LocationText& text,
                      const Reading& reading, bool marked) {
    double penalty = reading.unread_before + 2 * reading.unread_after +
                     static_cast<double>(reading.other_names.size());
    for (const NameHit& hit : reading.names) {
        penalty += hit.is_guess() ? 0.5 + 0.6 * hit.edits : 0;
    }
    if (reading.outside) {
        return {not_placed(GeocodeStatus::outside, "place_outside"), penalty};
    }
    const bool guess = std::any_of(reading.names.begin(), reading.names.end(),
                                   [](const NameHit& hit) { return hit.is_guess(); });
    if (guess && !names_area(index, reading)) {
        return {streets_apart(index, text, reading), penalty};
    }
    if (!text.between) {
        return {answer_junction(index, text, reading, marked), penalty};
    }
    if (const std::string doubt = doubt_about(text, reading); !doubt.empty()) {
        return {not_placed(GeocodeStatus::ambiguous, doubt), penalty};
    }
    if (reading.names.size() == 3) {
        const auto stretch = answer_stretch(index, text, reading);
        return {stretch ? *stretch : streets_apart(index, text, reading), penalty};
    }
    return {answer_gap(index, text, reading), penalty};
}

} // namespace hotspots::data
