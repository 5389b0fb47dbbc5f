#include "data/snapshot.hpp"

#include "data/errors.hpp"
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

void add_areas(Snapshot& snapshot, StoredReference reference) {
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

} // namespace

std::shared_ptr<const Snapshot> load_snapshot(IncidentStore& store) {
    auto snapshot = std::make_shared<Snapshot>();
    StoredReference reference;
    {
        const StoreReading one_revision(store);
        snapshot->revision = store.revision();
        snapshot->demo = !store.property("demo").value_or("").empty();
        snapshot->incidents = store.incidents();
        snapshot->imports = store.imports();
        reference = store.reference();
    }
    add_areas(*snapshot, std::move(reference));
    snapshot->columns = make_columns(snapshot->incidents, snapshot->wards);
    snapshot->scopes = decide_scopes(snapshot->incidents);
    snapshot->default_scope = choose_default_scope(snapshot->incidents);
    snapshot->default_period = choose_default_period(snapshot->incidents);
    return snapshot;
}

} // namespace hotspots::data
