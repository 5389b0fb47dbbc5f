#include "service/handlers/tile_content.hpp"

#include "geo/stop.hpp"
#include "service/handlers/incident_tiles.hpp"
#include "tiles/mvt.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace hotspots::service {

namespace {

bool is_table_of_points(const Collection& collection) {
    return collection.find == find_incidents;
}

geo::Box<geo::LonLat> box_of(const tiles::Geometry& geometry) {
    geo::Box<geo::LonLat> box;
    if (const auto* point = std::get_if<geo::LonLat>(&geometry)) {
        box.extend(*point);
    } else if (const auto* own = std::get_if<geo::MultiPolygon<geo::LonLat>>(&geometry)) {
        box = geo::bounds(*own);
    } else if (const auto* shared = std::get_if<const geo::MultiPolygon<geo::LonLat>*>(&geometry)) {
        box = geo::bounds(**shared);
    }
    return box;
}

FeatureSet matching_features(const AppContext& context, const Collection& collection,
                             const FeatureQuery& query, const std::optional<ItemFilter>& filter) {
    auto set = collection.find(context, query);
    if (filter) {
        apply(*filter, collection, set);
    }
    return set;
}

} // namespace

tiles::VectorLayer describe_layer(const Collection& collection) {
    std::string description(collection.description);
    if (is_table_of_points(collection)) {
        description.append(". ").append(tiles::thinning_rule);
    }
    tiles::VectorLayer layer{std::string(collection.name), std::move(description), {}};
    for (const auto& [name, type] : collection.tile_fields) {
        layer.fields.emplace_back(name, type);
    }
    return layer;
}

TileLayer tile_layer(const AppContext& context, const Collection& collection, FeatureQuery query,
                     const std::optional<ItemFilter>& filter, const tiles::TileId& tile) {
    query.purpose = Purpose::tile;
    query.box.emplace(tiles::lon_lat_bounds(tile, tiles::tile_buffer));
    if (is_table_of_points(collection)) {
        return incident_tile(query, filter, tile, incidents_of_tile(context, query, tile));
    }
    const auto set = matching_features(context, collection, query, filter);
    std::vector<tiles::Feature> features;
    features.reserve(set.rows.size());
    for (const auto row : set.rows) {
        geo::stop_if_asked();
        features.push_back(set.feature(row));
    }
    return {tiles::encode_layer(collection.name, features, tile), std::nullopt};
}

LayerSource::LayerSource(const AppContext& context, const Collection& collection,
                         FeatureQuery query, const std::optional<ItemFilter>& filter)
    : m_collection(&collection), m_snapshot(query.snapshot) {
    query.purpose = Purpose::tile;
    query.box.reset();
    if (is_table_of_points(collection)) {
        take_points(context, query, filter);
    } else {
        take_features(context, std::move(query), filter);
    }
}

void LayerSource::take_features(const AppContext& context, FeatureQuery query,
                                const std::optional<ItemFilter>& filter) {
    const auto set = matching_features(context, *m_collection, query, filter);
    std::vector<Placed> features;
    for (const auto row : set.rows) {
        auto feature = set.feature(row);
        const auto box = box_of(feature.geometry);
        if (!box.empty()) {
            m_bounds.extend(box.min);
            m_bounds.extend(box.max);
            features.push_back({std::move(feature), box});
        }
    }
    m_features = std::make_shared<std::vector<Placed>>(std::move(features));
}

void LayerSource::take_points(const AppContext& context, const FeatureQuery& query,
                              const std::optional<ItemFilter>& filter) {
    m_points = incident_points(context, *query.snapshot, query.parameters.scope);
    std::vector<std::uint32_t> positions(m_points->size());
    std::iota(positions.begin(), positions.end(), 0U);
    keep_matching(query, filter, *m_points, positions);
    std::vector<bool> matching(m_points->size());
    for (const auto position : positions) {
        matching[position] = true;
        const auto row = m_points->row(position);
        m_bounds.extend(*query.snapshot->incidents[row].location.lon_lat);
    }
    if (positions.size() < m_points->size()) {
        m_matching = std::make_shared<const std::vector<bool>>(std::move(matching));
    }
}

bool LayerSource::may_touch(const tiles::TileId& tile) const {
    if (m_points) {
        return !m_points->find(tile, tiles::tile_buffer).empty();
    }
    const auto box = tiles::lon_lat_bounds(tile, tiles::tile_buffer);
    return std::ranges::any_of(*m_features,
                               [&](const Placed& placed) { return placed.box.intersects(box); });
}

std::string LayerSource::layer(const tiles::TileId& tile) {
    if (tile.zoom < m_collection->min_zoom) {
        return {};
    }
    if (m_points) {
        auto positions = m_points->find(tile, tiles::tile_buffer);
        if (m_matching) {
            std::erase_if(positions, [this](auto position) { return !(*m_matching)[position]; });
        }
        return m_encoder.encode(m_collection->name, *m_points, positions, tile);
    }
    const auto box = tiles::lon_lat_bounds(tile, tiles::tile_buffer);
    std::vector<const tiles::Feature*> touching;
    for (const auto& placed : *m_features) {
        if (placed.box.intersects(box)) {
            touching.push_back(&placed.feature);
        }
    }
    return tiles::encode_layer(m_collection->name, touching, tile);
}

} // namespace hotspots::service
