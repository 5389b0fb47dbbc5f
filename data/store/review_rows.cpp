#include "data/store/rows.hpp"
#include "data/store/schema.hpp"
#include "geo/crs.hpp"

#include <array>
#include <utility>

namespace hotspots::data {

namespace {

constexpr std::array<std::pair<HandAnswer, std::string_view>, 4> answer_words{{
    {HandAnswer::point, "point"},
    {HandAnswer::candidate, "candidate"},
    {HandAnswer::cannot_be_placed, "cannot_be_placed"},
    {HandAnswer::automatic, "automatic"},
}};

} // namespace

std::string_view to_text(HandAnswer answer) {
    for (const auto& [value, word] : answer_words) {
        if (value == answer) {
            return word;
        }
    }
    return {};
}

namespace store {

namespace {

HandAnswer read_answer(const Row& row) {
    const auto text = row.text(review::decision);
    for (const auto& [value, word] : answer_words) {
        if (word == text) {
            return value;
        }
    }
    throw_damaged("reviews", row, "decision", text);
}

// Whether the point lies inside the wards is found anew whenever it is used.
Location read_answer_location(const Row& row) {
    Location location;
    location.rule = set_by_hand;
    location.matched_text = row.text(review::label);
    const auto easting = row.real(review::easting);
    const auto northing = row.real(review::northing);
    if (!easting || !northing) {
        return location;
    }
    location.status = GeocodeStatus::matched;
    location.level = from_text<GeocodeLevel>(row.text(review::level));
    location.point = geo::BngPoint{*easting, *northing};
    location.lon_lat = geo::to_lon_lat(*location.point);
    location.uncertainty_m = row.real(review::uncertainty_m);
    location.score = 1;
    if (!location.level || !location.lon_lat || !location.uncertainty_m) {
        throw_damaged("reviews", row, "level", row.text(review::level));
    }
    return location;
}

} // namespace

void write_review(Row& row, const HandDecision& entry) {
    row.set(review::source, to_text(entry.source));
    row.set(review::incident_id, entry.incident_id);
    row.set(review::location_text, entry.location_text);
    row.set(review::location_hash, static_cast<std::int64_t>(entry.location_hash));
    row.set(review::decision, to_text(entry.answer));
    const auto& location = entry.location;
    row.set(review::level, location.level ? to_text(*location.level) : std::string_view());
    if (location.point) {
        row.set(review::easting, location.point->easting_m);
        row.set(review::northing, location.point->northing_m);
    }
    row.set(review::uncertainty_m, location.uncertainty_m);
    row.set(review::label, location.matched_text);
    row.set(review::teaches, std::int64_t{entry.teaches});
    row.set(review::note, entry.note);
    row.set(review::decided, entry.decided);
    row.set(review::decided_by, entry.decided_by);
    row.set(review::answer_before, entry.answer_before);
}

HandDecision read_review(const Row& row) {
    HandDecision entry;
    entry.id = row.id();
    const auto source = from_text<Source>(row.text(review::source));
    if (!source) {
        throw_damaged("reviews", row, "source", row.text(review::source));
    }
    entry.source = *source;
    entry.incident_id = row.text(review::incident_id);
    entry.location_text = row.text(review::location_text);
    entry.location_hash =
        static_cast<std::uint64_t>(row.integer(review::location_hash).value_or(0));
    entry.answer = read_answer(row);
    entry.location = read_answer_location(row);
    entry.teaches = row.integer(review::teaches).value_or(0) != 0;
    entry.note = row.text(review::note);
    entry.decided = row.time(review::decided).value_or(Instant{});
    entry.decided_by = row.text(review::decided_by);
    entry.answer_before = row.text(review::answer_before);
    return entry;
}

} // namespace store

} // namespace hotspots::data
