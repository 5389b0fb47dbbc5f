// The record on its way: RawRecord (as it came) -> Location (where it was found to be) -> Incident
// (what the store keeps). Unknown is an enum value or an empty optional; an empty text was not
// given.
#pragma once

#include "data/moment.hpp"
#include "geo/coordinates.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::data {

enum class Source { police, ed, ambulance };
enum class PlaceType { public_place, private_place, mixed, unknown };
enum class Domestic { yes, no, unknown };
enum class Weapon { knife, firearm, blunt, other, none, unknown };
enum class GeocodeStatus { matched, ambiguous, area_only, outside, unmatched };
enum class GeocodeLevel {
    given,
    snapped,
    grid_ref,
    address,
    junction,
    street,
    poi,
    postcode,
    place
};

// The words of files and of HTTP ("public", "private" for PlaceType). from_text: empty if unknown
// word.
std::string_view to_text(Source value);
std::string_view to_text(PlaceType value);
std::string_view to_text(Domestic value);
std::string_view to_text(Weapon value);
std::string_view to_text(GeocodeStatus value);
std::string_view to_text(GeocodeLevel value);
template <class Enum>
std::optional<Enum> from_text(std::string_view text); // for each of the enums above
// All words of one of these enums, in the order of its values: for messages that say what is right.
template <class Enum>
std::span<const std::string_view> words();

// One input row after parsing, before geocoding.
struct RawRecord {
    std::string incident_id;
    Source source = Source::police;
    std::string format; // "vrn", "police-uk": which reader made it
    Moment occurred_from;
    std::optional<Moment> occurred_to;
    std::string offence_code; // text: 4.1 is not 4.10
    std::string offence;
    std::string location_text;
    std::optional<geo::BngPoint> given_bng; // as given, before any transformation
    std::optional<geo::LonLat> given_lon_lat;
    bool snapped = false; // the given point was moved by the publisher (police.uk)
    PlaceType place_type = PlaceType::unknown;
    Domestic domestic = Domestic::unknown;
    Weapon weapon = Weapon::unknown;
    std::optional<int> victim_age; // years
    std::string injury;
    std::string extra; // the columns that have no field here, as a JSON object; empty if none
    friend bool operator==(const RawRecord&, const RawRecord&) = default;
};

// A place that a location text may stand for.
struct Candidate {
    std::string label;
    GeocodeLevel level = GeocodeLevel::street;
    geo::BngPoint point;
    double uncertainty_m = 0;
    friend bool operator==(const Candidate&, const Candidate&) = default;
};

// Where a record was found to be. `point` is set exactly when status is `matched`, and for
// `outside` where coordinates were given: the latter serve edge correction alone and are never
// mapped.
struct Location {
    GeocodeStatus status = GeocodeStatus::unmatched;
    std::optional<GeocodeLevel> level; // set when `point` is
    std::optional<geo::BngPoint> point;
    std::optional<geo::LonLat> lon_lat;  // set when `point` is
    std::optional<double> uncertainty_m; // radius holding the true place about 68 % of the time
    double score = 0;                    // probability that the point is right, 0..1
    std::string matched_text;            // the part of the text, or the name, that was matched
    std::string rule;                    // the rule that fired, e.g. "given_coordinates"
    std::vector<Candidate> candidates;   // for `ambiguous`
    friend bool operator==(const Location&, const Location&) = default;
};

// Location::rule of a point that a person set: loading reference data leaves it where it is.
inline constexpr std::string_view set_by_hand = "set_by_hand";
// Location::rule of an answer that a person gave for another record of the same text.
inline constexpr std::string_view by_alias = "alias";

struct Incident {
    std::int64_t id = 0;        // the store's own, stable across updates
    std::int64_t import_id = 0; // the import that last wrote it
    RawRecord record;
    Location location;
    std::string ward_code; // of the ward that holds the point; empty where there is none
};

// A row that could not be read. Line numbers count from 1, the header included.
struct Reject {
    std::string file;
    std::int64_t line = 0;
    std::string field; // empty if the row as a whole is at fault
    std::string value; // at most 200 bytes of it
    std::string reason;
    friend bool operator==(const Reject&, const Reject&) = default;
};

struct ImportCounts {
    std::int64_t rows = 0;
    std::int64_t stored = 0;
    std::int64_t updated = 0;
    std::int64_t duplicate = 0;
    std::int64_t rejected = 0;
    bool add_up() const { return rows == stored + updated + duplicate + rejected; }
    friend bool operator==(const ImportCounts&, const ImportCounts&) = default;
};

} // namespace hotspots::data
