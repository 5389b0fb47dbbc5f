#include "data/snapshot.hpp"

#include "data/errors.hpp"
#include "data/quality/traps.hpp"
#include "data/snapshot_columns.hpp"
#include "geo/crs.hpp"
#include "geo/geos.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <unordered_map>

namespace hotspots::data {

namespace {

void add_wards(Snapshot& snapshot, const std::vector<WardPopulation>& population) {
    std::unordered_map<std::string_view, std::int64_t> residents;
    for (const auto& entry : population) {
        residents.emplace(entry.ward_code, entry.residents);
    }
    for (const auto& ward : snapshot.wards) {
        try {
            snapshot.ward_outlines_bng.push_back(geo::to_bng(ward.outline));
        } catch (const std::domain_error& error) {
            throw StoreError("table 'wards', ward '" + ward.code + "': " + error.what());
        }
        snapshot.ward_area_km2.push_back(geo::area_km2(snapshot.ward_outlines_bng.back()));
        const auto found = residents.find(ward.code);
        snapshot.ward_population.push_back(found == residents.end() ? std::nullopt
                                                                    : std::optional(found->second));
    }
}

// Wards of a file that names no authorities have none.
std::vector<Authority> make_authorities(const std::vector<Ward>& wards) {
    std::map<std::string, std::vector<const Ward*>> by_code;
    for (const auto& ward : wards) {
        if (!ward.authority_code.empty()) {
            by_code[ward.authority_code].push_back(&ward);
        }
    }
    std::vector<Authority> authorities;
    for (const auto& [code, members] : by_code) {
        std::vector<geo::MultiPolygon<geo::LonLat>> outlines;
        for (const auto* ward : members) {
            outlines.push_back(ward->outline);
        }
        authorities.push_back(
            {code, members.front()->authority, geo::unite<geo::LonLat>(outlines)});
    }
    return authorities;
}

// Places that have no grid coordinates cannot label anything in LLR and are left out.
void add_places(Snapshot& snapshot, const std::vector<NamedPlace>& places) {
    for (const auto& place : places) {
        if (const auto point = geo::to_bng(place.point)) {
            snapshot.places.push_back(place);
            snapshot.place_points.push_back(*point);
        }
    }
}

// Everything that is made from reference data.
void take_areas(Snapshot& snapshot, const Snapshot& before) {
    snapshot.gazetteer = before.gazetteer;
    snapshot.places = before.places;
    snapshot.place_points = before.place_points;
    snapshot.wards = before.wards;
    snapshot.ward_outlines_bng = before.ward_outlines_bng;
    snapshot.ward_area_km2 = before.ward_area_km2;
    snapshot.ward_population = before.ward_population;
    snapshot.authorities = before.authorities;
    snapshot.study_area = before.study_area;
    snapshot.study_area_km2 = before.study_area_km2;
}

void make_areas(Snapshot& snapshot, StoredReference reference) {
    ReferenceData known{std::move(reference.wards), std::move(reference.places),
                        std::move(reference.postcodes)};
    snapshot.gazetteer = std::make_shared<const Gazetteer>(known);
    add_places(snapshot, known.places);
    snapshot.wards = std::move(known.wards);
    add_wards(snapshot, reference.population);
    snapshot.authorities = make_authorities(snapshot.wards);
    if (!snapshot.wards.empty()) {
        snapshot.study_area = geo::unite<geo::BngPoint>(snapshot.ward_outlines_bng);
        snapshot.study_area_km2 = geo::area_km2(snapshot.study_area);
    }
}

// The incidents of `before` with those of `later` in their place or beside them. Both are in the
// order of ids, and so is the result. With `present`, only those.
std::vector<Incident> merge(const std::vector<Incident>& before, std::vector<Incident> later,
                            const std::vector<std::int64_t>* present) {
    std::vector<Incident> merged;
    merged.reserve(before.size() + later.size());
    auto next = later.begin();
    for (const auto& incident : before) {
        for (; next != later.end() && next->id < incident.id; ++next) {
            merged.push_back(std::move(*next));
        }
        if (next != later.end() && next->id == incident.id) {
            merged.push_back(std::move(*next++));
        } else if (!present || std::binary_search(present->begin(), present->end(), incident.id)) {
            merged.push_back(incident);
        }
    }
    std::move(next, later.end(), std::back_inserter(merged));
    return merged;
}

std::vector<Incident> read_incidents(IncidentStore& store, const Snapshot* before) {
    if (!before) {
        return store.incidents();
    }
    const auto since = before->revision.number;
    auto later = store.incidents(since);
    if (store.last_change(Part::removals) <= since) {
        return merge(before->incidents, std::move(later), nullptr);
    }
    const auto present = store.incident_ids();
    return merge(before->incidents, std::move(later), &present);
}

void add_aliases(Snapshot& snapshot) {
    snapshot.gazetteer = std::make_shared<const Gazetteer>(
        snapshot.gazetteer->with_aliases(snapshot.decisions->aliases()));
}

// Reads, while the store stands still, what is to be read; the rest is made of it afterwards.
std::optional<StoredReference> read_store(IncidentStore& store, Snapshot& snapshot,
                                          const Snapshot* before) {
    const StoreReading one_revision(store);
    snapshot.revision = store.revision();
    snapshot.demo = !store.property("demo").value_or("").empty();
    snapshot.incidents = read_incidents(store, before);
    snapshot.imports = store.imports();
    snapshot.reference_revision = store.last_change(Part::reference);
    const bool decided = !before || store.last_change(Part::reviews) > before->revision.number;
    snapshot.decisions =
        decided ? std::make_shared<const HandDecisions>(store.reviews()) : before->decisions;
    const bool moved = !before || snapshot.reference_revision > before->revision.number;
    return moved ? std::optional(store.reference()) : std::nullopt;
}

} // namespace

std::shared_ptr<const Snapshot> load_snapshot(IncidentStore& store, const Snapshot* before) {
    auto snapshot = std::make_shared<Snapshot>();
    if (auto reference = read_store(store, *snapshot, before)) {
        make_areas(*snapshot, std::move(*reference));
        add_aliases(*snapshot);
    } else {
        take_areas(*snapshot, *before);
        if (snapshot->decisions != before->decisions) {
            add_aliases(*snapshot);
        }
    }
    snapshot->columns = make_columns(snapshot->incidents, snapshot->wards);
    snapshot->scopes = decide_scopes(snapshot->incidents);
    snapshot->default_scope = choose_default_scope(snapshot->incidents);
    snapshot->default_period = choose_default_period(snapshot->incidents);
    snapshot->traps = std::make_shared<const TrapSet>(find_traps(*snapshot));
    return snapshot;
}

} // namespace hotspots::data
