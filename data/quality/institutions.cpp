#include "data/quality/institutions.hpp"

#include "data/geocode/abbreviations.hpp"
#include "data/geocode/text.hpp"
#include "data/quality/point_grid.hpp"

#include <algorithm>
#include <array>

namespace hotspots::data {

namespace {

constexpr double reach_m = 50;
constexpr double right_here_m = 10;

struct Meaning {
    std::string_view word;
    std::string_view kind;
};

// Of categories and of names.
constexpr auto single_words = std::to_array<Meaning>({
    {"hospital", "hospital"},
    {"hospitals", "hospital"},
    {"infirmary", "hospital"},
    {"police", "police"},
    {"custody", "police"},
    {"constabulary", "police"},
    {"prison", "prison"},
    {"hmp", "prison"},
    {"hmyoi", "prison"},
    {"courthouse", "court"},
});

struct PairMeaning {
    std::string_view first;
    std::string_view second;
    std::string_view kind;
};

// "Sandown Court" is a block of flats.
constexpr auto word_pairs = std::to_array<PairMeaning>({
    {"crown", "court", "court"},
    {"county", "court", "court"},
    {"combined", "court", "court"},
    {"magistrates", "court", "court"},
    {"law", "courts", "court"},
    {"court", "house", "court"},
    {"courts", "justice", "court"},
    {"justice", "centre", "court"},
    {"ambulance", "station", "ambulance station"},
    {"force", "headquarters", "police"},
    {"young", "offender", "prison"},
});

std::optional<std::string_view> kind_of_words(std::string_view text) {
    auto tokens = tokens_of(text);
    std::erase_if(tokens, [](const Token& token) { return token.word == "of"; });
    const auto has = [&](std::string_view word) {
        return std::any_of(tokens.begin(), tokens.end(),
                           [&](const Token& token) { return token.word == word; });
    };
    if (has("animal") || has("veterinary") || has("vet") || has("pet") || has("old") ||
        has("former")) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string_view next =
            i + 1 < tokens.size() ? std::string_view(tokens[i + 1].word) : std::string_view();
        for (const auto& meaning : single_words) {
            if (tokens[i].word == meaning.word && !is_street_type(canonical_word(next))) {
                return meaning.kind;
            }
        }
        for (const auto& meaning : word_pairs) {
            if (tokens[i].word == meaning.first && next == meaning.second) {
                return meaning.kind;
            }
        }
    }
    return std::nullopt;
}

// "police_station" of OpenStreetMap and the demo; "Police Station" of others.
std::string spaced(std::string text) {
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

bool is_named_by_text(GeocodeLevel level) {
    return level == GeocodeLevel::street || level == GeocodeLevel::junction ||
           level == GeocodeLevel::address || level == GeocodeLevel::place;
}

struct Sites {
    std::vector<std::uint32_t> places; // indexes into Snapshot::places, of institutions
    std::vector<geo::BngPoint> points;
};

Sites institutions_of(const Snapshot& snapshot) {
    Sites sites;
    for (std::uint32_t i = 0; i < snapshot.places.size(); ++i) {
        if (institution_kind(snapshot.places[i])) {
            sites.places.push_back(i);
            sites.points.push_back(snapshot.place_points[i]);
        }
    }
    return sites;
}

} // namespace

std::optional<std::string_view> institution_kind(const NamedPlace& place) {
    if (place.kind == PlaceKind::street) {
        return std::nullopt;
    }
    const auto by_name = kind_of_words(place.name);
    return by_name ? by_name : kind_of_words(spaced(place.category));
}

std::vector<AtInstitution> stacks_at_institutions(const Snapshot& snapshot, const Stacks& stacks) {
    std::vector<AtInstitution> found;
    const auto sites = institutions_of(snapshot);
    if (sites.places.empty()) {
        return found;
    }
    const PointGrid grid(sites.points, reach_m);
    std::optional<PointGrid> names; // made only where a stack is near an institution at all
    for (std::uint32_t i = 0; i < stacks.all().size(); ++i) {
        const auto& stack = stacks.all()[i];
        if (stack.records() < least_stack || is_named_by_text(stack.level)) {
            continue;
        }
        const auto near = grid.nearest(stack.point, 1, reach_m);
        if (near.empty()) {
            continue;
        }
        if (!names) {
            names.emplace(snapshot.place_points, reach_m);
        }
        const auto nearest = names->nearest(stack.point, 1, right_here_m);
        if (nearest.empty() || nearest.front().distance_m >= near.front().distance_m) {
            found.push_back({i, sites.places[near.front().index], near.front().distance_m});
        }
    }
    return found;
}

} // namespace hotspots::data
