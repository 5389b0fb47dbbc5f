// Wards and authorities with the incidents that count in them.
#include "service/bounding_box.hpp"
#include "service/handlers/collection.hpp"
#include "service/handlers/published_areas.hpp"

#include <algorithm>

namespace hotspots::service {

namespace {

struct Area {
    std::string_view code; // texts and outline are the snapshot's
    std::string_view name;
    std::string_view authority_code;
    std::string_view authority;
    const geo::MultiPolygon<geo::LonLat>* outline = nullptr;
    double area_km2 = 0;
    std::optional<std::int64_t> population;    // empty unless known for every part
    std::optional<std::int64_t> incidents = 0; // empty where it is hidden
};

std::vector<std::int64_t> count_by_ward(const data::Snapshot& snapshot,
                                        const Selection& selection) {
    std::vector<std::int64_t> counts(snapshot.wards.size());
    for (const auto i : selection.incidents) {
        if (const auto ward = snapshot.columns.ward[i]; ward >= 0) {
            ++counts[static_cast<std::size_t>(ward)];
        }
    }
    return counts;
}

std::vector<Area> ward_areas(const data::Snapshot& snapshot, const Selection& selection) {
    const auto counts = count_by_ward(snapshot, selection);
    std::vector<Area> areas;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const auto& ward = snapshot.wards[i];
        areas.push_back({ward.code, ward.name, ward.authority_code, ward.authority, &ward.outline,
                         snapshot.ward_area_km2[i], snapshot.ward_population[i], counts[i]});
    }
    return areas;
}

std::vector<Area> authority_areas(const data::Snapshot& snapshot, const Selection& selection) {
    std::vector<Area> areas;
    for (const auto& authority : snapshot.authorities) {
        areas.push_back({authority.code, authority.name, authority.code, authority.name,
                         &authority.outline, 0, 0, 0});
    }
    for (const auto& ward : ward_areas(snapshot, selection)) {
        const auto found = std::find_if(areas.begin(), areas.end(), [&](const Area& area) {
            return area.code == ward.authority_code;
        });
        if (found == areas.end()) {
            continue;
        }
        found->area_km2 += ward.area_km2;
        *found->incidents += *ward.incidents;
        found->population = found->population && ward.population
                                ? std::optional(*found->population + *ward.population)
                                : std::nullopt;
    }
    return areas;
}

tiles::Value per(std::optional<std::int64_t> count, double amount, int decimals) {
    return count && amount > 0
               ? tiles::Value(rounded(static_cast<double>(*count) / amount, decimals))
               : tiles::Value();
}

tiles::Feature to_feature(const Area& area) {
    const auto population = area.population ? tiles::Value(*area.population) : tiles::Value();
    const double thousands = static_cast<double>(area.population.value_or(0)) / 1000;
    return {std::string(area.code),
            area.outline,
            {{"code", std::string(area.code)},
             {"name", std::string(area.name)},
             {"authority_code", text_or_null(area.authority_code)},
             {"authority", text_or_null(area.authority)},
             {"area_km2", rounded(area.area_km2, 6)},
             {"population", population},
             {"incidents", area.incidents ? tiles::Value(*area.incidents) : tiles::Value()},
             {"suppressed", !area.incidents},
             {"rate_per_1000", per(area.incidents, thousands, 3)},
             {"per_km2", per(area.incidents, area.area_km2, 3)}}};
}

// What a release says in place of live counts, which are none in what is published.
void take_published(const FeatureQuery& query, std::vector<Area>& areas, data::AreaLevel level) {
    if (!query.snapshot->published) {
        return;
    }
    check_published(query.parameters, *query.snapshot, level);
    for (auto& area : areas) {
        const auto* figure = published_figure(*query.snapshot, area.code, query.parameters);
        area.incidents = figure ? figure->value : std::nullopt;
    }
}

FeatureSet to_set(const FeatureQuery& query, const Selection& selection, std::vector<Area> areas) {
    FeatureSet set;
    for (std::uint32_t row = 0; row < areas.size(); ++row) {
        if (!query.box || query.box->touches(*areas[row].outline)) {
            set.rows.push_back(row);
        }
    }
    if (!query.snapshot->published) {
        set.members = count_members(selection);
    }
    const auto shared = std::make_shared<const std::vector<Area>>(std::move(areas));
    set.feature = [shared, snapshot = query.snapshot](std::uint32_t row) {
        return to_feature((*shared)[row]);
    };
    set.has_id = [shared](std::uint32_t row, std::string_view id) {
        return (*shared)[row].code == id;
    };
    return set;
}

} // namespace

FeatureSet find_wards(const AppContext&, const FeatureQuery& query) {
    const auto selection = select(*query.snapshot, query.parameters);
    auto areas = ward_areas(*query.snapshot, selection);
    take_published(query, areas, data::AreaLevel::ward);
    return to_set(query, selection, std::move(areas));
}

FeatureSet find_authorities(const AppContext&, const FeatureQuery& query) {
    const auto selection = select(*query.snapshot, query.parameters);
    auto areas = authority_areas(*query.snapshot, selection);
    take_published(query, areas, data::AreaLevel::authority);
    return to_set(query, selection, std::move(areas));
}

} // namespace hotspots::service
