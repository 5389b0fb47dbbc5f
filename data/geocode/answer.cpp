#include "data/geocode/answer.hpp"

#include "data/geocode/abbreviations.hpp"
#include "data/geocode/score.hpp"
#include "data/geocode/words.hpp"
#include "geo/crs.hpp"

#include <algorithm>

namespace hotspots::data {
namespace {

constexpr std::size_t most_candidates = 10;
constexpr int most_unread = 6;

void add_candidates(const Gazetteer::Index& index, const std::vector<Cluster>& found,
                    Location& location) {
    for (const Cluster& cluster : found) {
        if (location.candidates.size() < most_candidates) {
            const Placement at = place(index, cluster);
            location.candidates.push_back({at.label, at.level, at.point, at.uncertainty_m});
        }
    }
}

double penalty_of(const Reading& reading) {
    double penalty = reading.unread_before + 2 * reading.unread_after +
                     static_cast<double>(reading.other_names.size());
    for (const NameHit& hit : reading.names) {
        penalty += 0.6 * hit.edits + (hit.kind == NameHit::Kind::exact ? 0 : 0.2) +
                   (hit.kind == NameHit::Kind::without_type ? 0.6 : 0);
    }
    return penalty;
}

// Says more than one ordinary word does: "Granby Street", "Home Farm", not "Park" or "The Green".
bool is_telling(const NameGroup& group) {
    const auto words = 1 + std::count(group.key.begin(), group.key.end(), ' ');
    const bool article = group.key.starts_with("the ");
    return !group.category && (article ? words > 2 : words > 1);
}

// A single word, but none that people also use for a kind of place: "Cheapside", "The Ridings".
bool is_distinct(const NameGroup& group) {
    const std::string_view key = group.key;
    const std::string_view word = key.starts_with("the ") ? key.substr(4) : key;
    return !group.category && class_of(word) == WordClass::open && !is_street_type(word);
}

int misspelt_areas(const Reading& reading) {
    return static_cast<int>(std::count_if(reading.areas.begin(), reading.areas.end(),
                                          [](const AreaHit& hit) { return hit.misspelt; }));
}

// An area as it is written: a misspelt one alone might be a place elsewhere.
bool spelt_area(const Gazetteer::Index& index, const Reading& reading) {
    return std::any_of(reading.areas.begin(), reading.areas.end(), [&](const AreaHit& hit) {
        return !hit.misspelt && index.areas.area(hit.senses->front()).kind != AreaKind::county;
    });
}

// Another name that the text may mean: not "The Street" in "on the street" of a village that has
// none.
bool other_is_meant(const Gazetteer::Index& index, const LocationText& text,
                    const Reading& reading) {
    const bool anywhere = text.junction || text.between || !names_area(index, reading);
    const bool on_road = !index.names.group(reading.names.front().names.front()).road_number;
    return std::any_of(reading.other_names.begin(), reading.other_names.end(), [&](NameId name) {
        // "London Road (A6)": the number of the same road.
        if (on_road && !text.junction && index.names.group(name).road_number) {
            return false;
        }
        const NameHit other{0, 0, {name}, NameHit::Kind::exact, 0};
        return anywhere || !narrow(index, other, reading, text).spots.empty();
    });
}

// By a word, not a slash alone: one of the words that are not read is then a street.
bool names_junction(const LocationText& text) {
    for (std::size_t i = 0; i < text.tokens.size(); ++i) {
        const std::string& word = text.tokens[i].word;
        if (text.roles[i] == Role::junction && word != "and" && word != "with" && word != "x") {
            return true;
        }
    }
    return false;
}

// What speaks against mapping the only place that is left; empty if nothing does.
std::string doubt_about(const Gazetteer::Index& index, const LocationText& text,
                        const Reading& reading, const NameHit& hit, bool by_area) {
    const NameGroup& group = index.names.group(hit.names.front());
    const bool telling = is_telling(group);
    if (hit.is_guess() ? text.refusal : reading.refusal) {
        return "refusal";
    }
    if (other_is_meant(index, text, reading)) {
        return "several_names";
    }
    if (reading.longer_name) {
        return "part_of_longer_name";
    }
    if (reading.unread_before > 0 && names_junction(text)) {
        return "other_street_unknown";
    }
    if (misspelt_areas(reading) > 0 && (hit.is_guess() || !spelt_area(index, reading))) {
        return "area_misspelt";
    }
    const bool unread = reading.unread_before > 0 || !reading.other_names.empty();
    const bool plain = telling || (reading.introduced && is_distinct(group));
    if (reading.unread_after > 0 || reading.unread_before > most_unread ||
        (unread && (!by_area || !plain || hit.kind == NameHit::Kind::without_type)) ||
        (reading.unread_before > 2 && hit.kind == NameHit::Kind::misspelt)) {
        return "unread_words";
    }
    if (!by_area && (hit.is_guess() || !telling)) {
        return "no_area_named";
    }
    return "";
}

// A road by its number without lines, or along a whole district, is no spot.
std::string doubt_about_road(const Gazetteer::Index& index, const Cluster& cluster,
                             const Placement& at) {
    constexpr double most_m = 1500; // of uncertainty
    if (!index.names.group(cluster.front().name).road_number) {
        return "";
    }
    const bool lined = std::any_of(cluster.begin(), cluster.end(), [](const Spot& spot) {
        return spot.place->first_line < spot.place->last_line;
    });
    return !lined ? "road_without_line" : at.uncertainty_m > most_m ? "road_too_long" : "";
}

// Says how the place was found; score_of knows how often that is right.
std::string rule_of(const NameHit& hit, const Placement& at, const Narrowed& narrowed, int unread) {
    std::string rule = at.level == GeocodeLevel::poi     ? "poi"
                       : at.level == GeocodeLevel::place ? "place"
                                                         : "street";
    switch (hit.kind) {
    case NameHit::Kind::respaced:
        rule += "_respaced";
        break;
    case NameHit::Kind::without_type:
        rule += "_without_type";
        break;
    case NameHit::Kind::misspelt:
        rule += hit.edits > 1 ? "_misspelt_twice" : "_misspelt";
        break;
    case NameHit::Kind::exact:
        break;
    }
    rule += narrowed.by_area ? "_in_area" : "_only_one";
    return rule + (narrowed.by_narrower ? "_narrowest" : "") + (unread > 0 ? "_words_unread" : "");
}

Location several(const Gazetteer::Index& index, const std::vector<Cluster>& found,
                 std::string rule) {
    Location location = not_placed(GeocodeStatus::ambiguous, std::move(rule));
    add_candidates(index, found, location);
    if (!location.candidates.empty()) {
        location.matched_text = index.names.group(found.front().front().name).name;
    }
    return location;
}

} // namespace

Location placed(GeocodeLevel level, const geo::BngPoint& point, double uncertainty_m, double score,
                std::string matched_text, std::string rule) {
    Location location;
    location.status = GeocodeStatus::matched;
    location.level = level;
    location.point = point;
    location.lon_lat = geo::to_lon_lat(point);
    location.uncertainty_m = uncertainty_m;
    location.score = score;
    location.matched_text = std::move(matched_text);
    location.rule = std::move(rule);
    return location;
}

Location not_placed(GeocodeStatus status, std::string rule) {
    Location location;
    location.status = status;
    location.rule = std::move(rule);
    return location;
}

Answer answer_name(const Gazetteer::Index& index, const LocationText& text,
                   const Reading& reading) {
    const NameHit& hit = reading.names.front();
    const double penalty = penalty_of(reading);
    if (reading.outside) {
        return {not_placed(GeocodeStatus::outside, "place_outside"), penalty};
    }
    const Narrowed narrowed = narrow(index, hit, reading, text);
    const auto found = clusters(narrowed.spots);
    if (found.empty()) {
        return {several(index, clusters(all_spots(index, hit)), "not_in_named_area"), penalty};
    }
    if (found.size() > 1) {
        return {several(index, found, "several_places"), penalty};
    }
    const std::string doubt = doubt_about(index, text, reading, hit, narrowed.by_area);
    if (!doubt.empty()) {
        return {several(index, found, doubt), penalty};
    }
    const Placement at = place(index, found.front());
    if (const auto too_vague = doubt_about_road(index, found.front(), at); !too_vague.empty()) {
        return {several(index, found, too_vague), penalty};
    }
    const std::string rule =
        rule_of(hit, at, narrowed, reading.unread_before + misspelt_areas(reading));
    return {placed(at.level, at.point, at.uncertainty_m, score_of(rule), at.name, rule), penalty};
}

Location answer_without_name(const Gazetteer::Index& index, const LocationText& text,
                             const Reading& reading) {
    if (reading.outside) {
        return not_placed(GeocodeStatus::outside, "place_outside");
    }
    if (text.refusal) {
        return not_placed(GeocodeStatus::unmatched, "refusal");
    }
    if (reading.unread_before > 0) {
        return not_placed(GeocodeStatus::unmatched, "name_not_known");
    }
    if (text.postcode && text.postcode->part != PostcodePart::unit && !index.postcodes.empty()) {
        const bool ours = index.postcodes.knows(text.postcode->code);
        Location location = not_placed(ours ? GeocodeStatus::area_only : GeocodeStatus::outside,
                                       ours ? "postcode_sector" : "postcode_outside");
        location.matched_text = text.postcode->code;
        return location;
    }
    if (!reading.areas.empty()) {
        Location location = not_placed(GeocodeStatus::area_only, "area_only");
        location.matched_text = index.areas.area(reading.areas.front().senses->front()).label;
        return location;
    }
    const auto is_town = [](const Token& token) {
        return token.word == "town" || token.word == "city" || token.word == "village" ||
               token.word == "centre";
    };
    if (std::any_of(text.tokens.begin(), text.tokens.end(), is_town)) {
        return not_placed(GeocodeStatus::area_only, "town_centre");
    }
    return not_placed(GeocodeStatus::unmatched, text.tokens.empty() ? "empty" : "no_name");
}

} // namespace hotspots::data
