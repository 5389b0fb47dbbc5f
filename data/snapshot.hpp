// What a request works on: one revision of everything, immutable, in memory. Built by one thread,
// published as shared_ptr<const Snapshot>, then read by all without locks.
#pragma once

#include "data/geocode/gazetteer.hpp"
#include "data/hand_decisions.hpp"
#include "data/incident_store.hpp"
#include "data/scope.hpp"
#include "geo/geometry.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hotspots::data {

struct Release; // data/release/release.hpp
struct TrapSet; // data/quality/traps.hpp

struct Authority {
    std::string code;
    std::string name;
    geo::MultiPolygon<geo::LonLat> outline; // union of its wards
};

// Columns that filters and densities read; one entry an incident, in the order of `incidents`.
struct IncidentColumns {
    std::vector<geo::BngPoint> point;     // only meaningful where mapped
    std::vector<std::uint8_t> mapped;     // 1 if status is matched
    std::vector<std::int32_t> ward;       // index into wards, -1 where none
    std::vector<std::int64_t> begin_s;    // interval of occurrence, UTC seconds, half-open
    std::vector<std::int64_t> end_s;      // greater than begin_s: an instant lasts its second
    std::vector<std::int64_t> from_end_s; // likewise, of `occurred_from` alone
    std::vector<std::int8_t> hour;        // London hour of occurrence 0..23, -1 unknown
    std::vector<std::int8_t> weekday;     // 0 = Monday, -1 unknown
    std::vector<float> uncertainty_m;     // 0 where not mapped
};

struct ScopeColumn {
    const ScopeProfile* profile = nullptr;
    std::vector<ScopeDecision> decisions; // one an incident
};

// What may be seen without seeing records.
struct Published {
    std::shared_ptr<const Release> release; // the latest; null while there is none
};

struct Snapshot {
    Revision revision;
    // Set in a snapshot of what is published (data/published_snapshot.hpp), which holds no record.
    std::optional<Published> published;
    bool demo = false;               // the store's property `demo` is set
    std::vector<Incident> incidents; // by id
    IncidentColumns columns;
    std::vector<ScopeColumn> scopes; // one a profile, in scope_profiles() order
    std::vector<Ward> wards;         // by code
    std::vector<geo::MultiPolygon<geo::BngPoint>> ward_outlines_bng;
    std::vector<double> ward_area_km2;
    std::vector<std::optional<std::int64_t>> ward_population;
    std::vector<Authority> authorities;          // by code
    geo::MultiPolygon<geo::BngPoint> study_area; // union of the wards; empty if none are loaded
    double study_area_km2 = 0;
    std::vector<NamedPlace> places;          // the gazetteer, for labels
    std::vector<geo::BngPoint> place_points; // of `places`
    std::shared_ptr<const Gazetteer> gazetteer;
    // Points that hold records for another reason than that it happened there. Null only in a
    // snapshot that load_snapshot did not make: traps_of() then finds them.
    std::shared_ptr<const TrapSet> traps;
    std::int64_t reference_revision = 0; // of what the gazetteer is made from
    std::shared_ptr<const HandDecisions> decisions;
    std::vector<ImportEntry> imports;
    std::string default_scope;            // vrn-2021, or police-uk-open where all are police.uk's
    std::optional<Period> default_period; // the 24 months that end with the newest record
};

// Reads the store's present revision. From `before`, an earlier snapshot of the same store, it
// takes what has not changed since: an import of few rows is then seen without reading all the
// others. Throws StoreError.
std::shared_ptr<const Snapshot> load_snapshot(IncidentStore& store,
                                              const Snapshot* before = nullptr);

} // namespace hotspots::data
