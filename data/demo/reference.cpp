// The demo's reference data, made from its fact tables.
#include "data/demo/demo.hpp"
#include "data/demo/tables.hpp"
#include "geo/crs.hpp"
#include "geo/geos.hpp"

namespace hotspots::data {

namespace {

std::vector<geo::MultiPolygon<geo::BngPoint>> ward_cells() {
    std::vector<geo::BngPoint> centres;
    for (const auto& ward : demo::ward_facts()) {
        centres.push_back(ward.centre);
    }
    return geo::voronoi(centres, demo::outline());
}

} // namespace

std::vector<Ward> demo_wards() {
    const auto cells = ward_cells();
    std::vector<Ward> wards;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto& facts = demo::ward_facts()[i];
        wards.push_back({facts.code, facts.name, facts.authority_code, facts.authority,
                         geo::to_lon_lat(cells[i]), true});
    }
    return wards;
}

std::vector<NamedPlace> demo_places() {
    const geo::AreaIndex index(ward_cells());
    std::vector<NamedPlace> places;
    for (const auto& spot : demo::spots()) {
        NamedPlace place;
        place.name = spot.name;
        place.kind = spot.kind;
        place.category = spot.category;
        place.point = geo::to_lon_lat(spot.point).value();
        place.authority = spot.authority;
        place.radius_m = spot.radius_m;
        if (const auto ward = index.find(spot.point)) {
            place.ward_code = demo::ward_facts()[*ward].code;
            place.ward = demo::ward_facts()[*ward].name;
            place.authority = demo::ward_facts()[*ward].authority; // the indicative ward's own
        }
        places.push_back(std::move(place));
    }
    return places;
}

std::vector<WardPopulation> demo_population() {
    std::vector<WardPopulation> population;
    for (const auto& ward : demo::ward_facts()) {
        population.push_back({ward.code, ward.population});
    }
    return population;
}

} // namespace hotspots::data
