#include "tiles/mvt.hpp"

#include "tiles/mvt_value.hpp"
#include "tiles/tile_shape.hpp"

#include <protozero/pbf_writer.hpp>
#include <protozero/types.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace hotspots::tiles {

namespace {

// Field numbers of vector_tile.proto, 2.1.
namespace field {
constexpr protozero::pbf_tag_type tile_layer = 3;
constexpr protozero::pbf_tag_type layer_name = 1;
constexpr protozero::pbf_tag_type layer_feature = 2;
constexpr protozero::pbf_tag_type layer_key = 3;
constexpr protozero::pbf_tag_type layer_value = 4;
constexpr protozero::pbf_tag_type layer_extent = 5;
constexpr protozero::pbf_tag_type layer_version = 15;
constexpr protozero::pbf_tag_type feature_id = 1;
constexpr protozero::pbf_tag_type feature_tags = 2;
constexpr protozero::pbf_tag_type feature_type = 3;
constexpr protozero::pbf_tag_type feature_geometry = 4;
} // namespace field

enum class GeometryType : std::int32_t { point = 1, polygon = 3 };

// Commands and deltas (MVT 2.1, 4.3): the cursor runs on from ring to ring.
class GeometryWriter {
public:
    void add_point(const TilePoint& point) {
        command(1, 1);
        step_to(point);
    }
    void add_ring(const TileRing& ring) {
        add_point(ring.front());
        command(2, static_cast<std::uint32_t>(ring.size() - 1));
        std::for_each(ring.begin() + 1, ring.end(), [this](const auto& point) { step_to(point); });
        command(7, 1);
    }
    const std::vector<std::uint32_t>& codes() const { return m_codes; }

private:
    void command(std::uint32_t id, std::uint32_t count) { m_codes.push_back(id | (count << 3U)); }
    void step_to(const TilePoint& point) {
        m_codes.push_back(protozero::encode_zigzag32(point.x - m_cursor.x));
        m_codes.push_back(protozero::encode_zigzag32(point.y - m_cursor.y));
        m_cursor = point;
    }
    TilePoint m_cursor;
    std::vector<std::uint32_t> m_codes;
};

struct EncodedGeometry {
    GeometryType type = GeometryType::point;
    std::vector<std::uint32_t> codes;
};

std::optional<EncodedGeometry> encode(const geo::LonLat& point, const TileId& tile) {
    const auto place = tile_point(point, tile);
    if (!place) {
        return std::nullopt;
    }
    GeometryWriter writer;
    writer.add_point(*place);
    return EncodedGeometry{GeometryType::point, writer.codes()};
}

std::optional<EncodedGeometry> encode(const geo::MultiPolygon<geo::LonLat>& polygons,
                                      const TileId& tile) {
    const auto shape = tile_polygons(polygons, tile);
    if (shape.empty()) {
        return std::nullopt;
    }
    GeometryWriter writer;
    for (const auto& polygon : shape) {
        writer.add_ring(polygon.exterior);
        for (const auto& hole : polygon.holes) {
            writer.add_ring(hole);
        }
    }
    return EncodedGeometry{GeometryType::polygon, writer.codes()};
}

std::optional<EncodedGeometry> encode(const geo::MultiPolygon<geo::LonLat>* polygons,
                                      const TileId& tile) {
    return encode(*polygons, tile);
}

std::optional<EncodedGeometry> encode(Null, const TileId&) {
    return std::nullopt;
}

// Numbers texts in the order of their first use.
class Dictionary {
public:
    std::uint32_t index_of(std::string text) {
        const auto [place, added] =
            m_indexes.try_emplace(std::move(text), static_cast<std::uint32_t>(m_texts.size()));
        if (added) {
            m_texts.push_back(&place->first); // stays where it is: nodes don't move
        }
        return place->second;
    }
    const std::vector<const std::string*>& texts() const { return m_texts; }

private:
    std::unordered_map<std::string, std::uint32_t> m_indexes;
    std::vector<const std::string*> m_texts;
};

class LayerBuilder {
public:
    void add(const Feature& feature, const EncodedGeometry& geometry) {
        std::string bytes;
        protozero::pbf_writer writer(bytes);
        const auto* number = std::get_if<std::int64_t>(&feature.id);
        if (number && *number >= 0) {
            writer.add_uint64(field::feature_id, static_cast<std::uint64_t>(*number));
        }
        const auto tags = tags_of(feature);
        writer.add_packed_uint32(field::feature_tags, tags.begin(), tags.end());
        writer.add_enum(field::feature_type, static_cast<std::int32_t>(geometry.type));
        writer.add_packed_uint32(field::feature_geometry, geometry.codes.begin(),
                                 geometry.codes.end());
        m_features.push_back(std::move(bytes));
    }

    std::string finish(std::string_view name) const {
        std::string bytes;
        if (m_features.empty()) {
            return bytes;
        }
        protozero::pbf_writer tile(bytes);
        protozero::pbf_writer layer(tile, field::tile_layer);
        layer.add_uint32(field::layer_version, 2);
        layer.add_string(field::layer_name, name.data(), name.size());
        for (const auto& feature : m_features) {
            layer.add_message(field::layer_feature, feature);
        }
        for (const auto* key : m_keys.texts()) {
            layer.add_string(field::layer_key, *key);
        }
        for (const auto* value : m_values.texts()) {
            layer.add_message(field::layer_value, *value);
        }
        layer.add_uint32(field::layer_extent, tile_extent);
        layer.commit();
        return bytes;
    }

private:
    void add_tag(std::vector<std::uint32_t>& tags, std::string_view name, const Value& value) {
        std::string bytes = encode_value(value);
        if (!bytes.empty()) {
            tags.push_back(m_keys.index_of(std::string(name)));
            tags.push_back(m_values.index_of(std::move(bytes)));
        }
    }

    std::vector<std::uint32_t> tags_of(const Feature& feature) {
        std::vector<std::uint32_t> tags;
        // A feature id is an unsigned number; any other goes with the properties, unless one of
        // them has that name already: keys must not repeat.
        const auto* number = std::get_if<std::int64_t>(&feature.id);
        const bool has_id = std::any_of(feature.properties.begin(), feature.properties.end(),
                                        [](const auto& p) { return p.name == "id"; });
        if (const auto* text = std::get_if<std::string>(&feature.id); text && !has_id) {
            add_tag(tags, "id", *text);
        } else if (number && *number < 0 && !has_id) {
            add_tag(tags, "id", *number);
        }
        for (const auto& property : feature.properties) {
            add_tag(tags, property.name, property.value);
        }
        return tags;
    }

    std::vector<std::string> m_features;
    Dictionary m_keys;
    Dictionary m_values;
};

void add_if_drawn(LayerBuilder& builder, const Feature& feature, const TileId& tile) {
    const auto geometry =
        std::visit([&](const auto& held) { return encode(held, tile); }, feature.geometry);
    if (geometry) {
        builder.add(feature, *geometry);
    }
}

} // namespace

std::string encode_layer(std::string_view layer, std::span<const Feature> features,
                         const TileId& tile) {
    LayerBuilder builder;
    for (const auto& feature : features) {
        add_if_drawn(builder, feature, tile);
    }
    return builder.finish(layer);
}

std::string encode_layer(std::string_view layer, std::span<const Feature* const> features,
                         const TileId& tile) {
    LayerBuilder builder;
    for (const auto* feature : features) {
        add_if_drawn(builder, *feature, tile);
    }
    return builder.finish(layer);
}

} // namespace hotspots::tiles
