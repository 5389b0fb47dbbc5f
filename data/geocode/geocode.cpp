#include "data/geocode/geocode.hpp"

#include "data/geocode/answer.hpp"
#include "data/geocode/answer_codes.hpp"
#include "data/geocode/gazetteer.hpp"
#include "data/geocode/index.hpp"
#include "data/geocode/reading.hpp"
#include "data/geocode/score.hpp"
#include "geo/crs.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace hotspots::data {
namespace {

constexpr std::size_t most_hits = 12; // names considered in one text

// The best answer so far: a match with the least penalty, else what says most.
class Best {
public:
    void offer(Answer answer) {
        if (!m_answer || better(answer, *m_answer)) {
            m_answer = std::move(answer);
        }
    }
    bool has(GeocodeStatus status) const { return m_answer && m_answer->location.status == status; }
    // A match that nothing in the text speaks against.
    bool is_clean() const { return has(GeocodeStatus::matched) && m_answer->penalty == 0; }
    std::optional<Location> take() && {
        return m_answer ? std::optional(std::move(m_answer->location)) : std::nullopt;
    }

private:
    static int rank(const Answer& answer) {
        switch (answer.location.status) {
        case GeocodeStatus::matched:
            return 0;
        case GeocodeStatus::outside:
            return 1;
        case GeocodeStatus::ambiguous:
            return answer.location.candidates.empty() ? 3 : 2;
        default:
            return 4;
        }
    }
    static bool better(const Answer& a, const Answer& b) {
        return std::pair(rank(a), a.penalty) < std::pair(rank(b), b.penalty);
    }

    std::optional<Answer> m_answer;
};

class Search {
public:
    Search(const Gazetteer::Index& index, const LocationText& text)
        : m_index(index), m_text(text), m_reader(index, text) {}

    Reading without_name() const { return m_reader.read({}); }

    Location run() {
        Location location = read_names();
        if (location.status != GeocodeStatus::ambiguous || !m_reader.correct_areas()) {
            return location;
        }
        m_best = {};
        Location corrected = read_names();
        return corrected.status == GeocodeStatus::matched ? corrected : location;
    }

private:
    Location read_names() {
        auto hits = m_reader.exact_names();
        hits.resize(std::min(hits.size(), most_hits));
        for (const NameHit& hit : hits) {
            offer_name(hit);
        }
        offer_meetings(hits, hits);
        if (!m_best.is_clean()) {
            guess(hits);
        }
        const bool named = m_best.has(GeocodeStatus::matched) ||
                           m_best.has(GeocodeStatus::outside) ||
                           m_best.has(GeocodeStatus::ambiguous);
        Location rest = answer_without_name(m_index, m_text, without_name());
        if (!named || rest.status == GeocodeStatus::outside) {
            return named && m_best.has(GeocodeStatus::matched) ? *std::move(m_best).take() : rest;
        }
        return *std::move(m_best).take();
    }

    void offer_name(const NameHit& hit) {
        m_best.offer(answer_name(m_index, m_text, m_reader.read({hit})));
    }

    // Only an answer that maps is of use: a guess that does not fit says nothing.
    void offer_guess(Answer answer) {
        if (answer.location.status == GeocodeStatus::matched) {
            m_best.offer(std::move(answer));
        }
    }

    void guess(const std::vector<NameHit>& exact) {
        auto guesses = m_reader.guessed_names();
        for (const NameHit& hit : guesses) {
            offer_guess(answer_name(m_index, m_text, m_reader.read({hit})));
        }
        if ((m_text.junction || m_text.between) && !m_best.has(GeocodeStatus::matched)) {
            std::stable_sort(guesses.begin(), guesses.end(),
                             [](const NameHit& a, const NameHit& b) { return a.edits < b.edits; });
            guesses.resize(std::min(guesses.size(), most_hits));
            std::vector<NameHit> all = exact;
            all.insert(all.end(), guesses.begin(), guesses.end());
            offer_meetings(all, guesses);
        }
    }

    // Pairs of names of which at least one is among `changed`.
    void offer_meetings(const std::vector<NameHit>& hits, const std::vector<NameHit>& changed) {
        const auto is_changed = [&](const NameHit& hit) {
            return std::any_of(changed.begin(), changed.end(), [&](const NameHit& c) {
                return c.first == hit.first && c.last == hit.last && c.kind == hit.kind;
            });
        };
        for (const NameHit& a : hits) {
            for (const NameHit& b : hits) {
                if (a.last <= b.first && a.names != b.names && (is_changed(a) || is_changed(b))) {
                    offer_pair(a, b);
                    offer_stretches(hits, a, b);
                }
            }
        }
    }

    void offer_pair(const NameHit& a, const NameHit& b) {
        const bool marked = m_reader.meet(a, b);
        const bool guessed = a.kind != NameHit::Kind::exact || b.kind != NameHit::Kind::exact;
        if (guessed && !marked) {
            return;
        }
        const Reading reading = m_reader.read({a, b});
        if (!guessed && !m_text.between) {
            if (auto site = answer_site(m_index, m_text, reading)) {
                m_best.offer(*std::move(site));
                return;
            }
        }
        Answer answer = answer_meeting(m_index, m_text, reading, marked);
        if (marked) {
            m_best.offer(std::move(answer));
        } else {
            offer_guess(std::move(answer));
        }
    }

    // "High Street between Gaol Street and Mill Street".
    void offer_stretches(const std::vector<NameHit>& hits, const NameHit& a, const NameHit& b) {
        if (!m_text.between) {
            return;
        }
        for (const NameHit& c : hits) {
            if (b.last <= c.first) {
                m_best.offer(answer_meeting(m_index, m_text, m_reader.read({a, b, c}), true));
            }
        }
    }

    const Gazetteer::Index& m_index;
    const LocationText& m_text;
    Reader m_reader;
    Best m_best;
};

Location by_postcode(const Gazetteer& gazetteer, const LocationText& text, Search& search) {
    constexpr int most_letters_unread = 6; // words beside letters that only read as a postcode
    Location location = answer_postcode(gazetteer, text);
    if (text.postcode->repaired && search.without_name().unread_before > most_letters_unread) {
        location = not_placed(GeocodeStatus::unmatched, "unread_words");
    }
    if (location.status == GeocodeStatus::matched || location.status == GeocodeStatus::outside) {
        return location;
    }
    // The postcode is no place, but it may tell which of several streets is meant.
    Location named = search.run();
    const bool says_more =
        named.status == GeocodeStatus::matched || named.status == GeocodeStatus::outside;
    return says_more ? named : location;
}

Location answer_by_alias(const Gazetteer& gazetteer, const Location& alias) {
    Location location = alias;
    if (location.point && !in_study_area(gazetteer, *location.point)) {
        location.status = GeocodeStatus::outside;
    }
    return location;
}

// A gazetteer may reach beyond the wards: its streets there are elsewhere.
Location only_inside(const Gazetteer& gazetteer, Location location) {
    const bool matched = location.status == GeocodeStatus::matched;
    return matched && !in_study_area(gazetteer, *location.point)
               ? not_placed(GeocodeStatus::outside, location.rule + "_outside")
               : location;
}

} // namespace

Location geocode_text(const Gazetteer& gazetteer, std::string_view bytes) {
    if (const auto* alias = gazetteer.aliases().find(bytes)) {
        return answer_by_alias(gazetteer, *alias);
    }
    LocationText text = parse_location_text(bytes);
    if (text.postcode && text.postcode->repaired &&
        !gazetteer.index().postcodes.find(text.postcode->code)) {
        text = without_postcode(std::move(text));
    }
    Search search(gazetteer.index(), text);
    if (text.coordinates) {
        return answer_coordinates(gazetteer, text, search.without_name());
    }
    if (text.postcode && text.postcode->part == PostcodePart::unit) {
        return only_inside(gazetteer, by_postcode(gazetteer, text, search));
    }
    return only_inside(gazetteer, search.run());
}

Location locate(const Gazetteer& gazetteer, const RawRecord& record) {
    constexpr double given_m = 10;    // DOMAIN: given coordinates 1 to 10 m
    constexpr double snapped_m = 100; // police.uk's points
    auto point = record.given_bng;
    if (!point && record.given_lon_lat) {
        point = geo::to_bng(*record.given_lon_lat);
    }
    const bool zero = (point && point->easting_m == 0 && point->northing_m == 0) ||
                      record.given_lon_lat == geo::LonLat{0, 0};
    const auto lon_lat = point ? geo::to_lon_lat(*point) : std::nullopt;
    if (zero || !point || !lon_lat) {
        auto location = geocode_text(gazetteer, record.location_text);
        const bool is_given = record.given_bng || record.given_lon_lat;
        if (is_given && location.rule == "empty") {
            // Nobody looks for swapped columns where the answer is that nothing was given.
            location.rule = zero ? "given_zero" : "given_beyond_grid";
        }
        return location;
    }
    const std::string rule = record.snapped ? "snapped_coordinates" : "given_coordinates";
    Location location = placed(record.snapped ? GeocodeLevel::snapped : GeocodeLevel::given, *point,
                               record.snapped ? snapped_m : given_m, score_of(rule), "", rule);
    if (record.given_lon_lat) {
        location.lon_lat = record.given_lon_lat; // as given: not twice through the projection
    }
    if (!in_study_area(gazetteer, *point)) {
        location.status = GeocodeStatus::outside;
    }
    return location;
}

} // namespace hotspots::data
