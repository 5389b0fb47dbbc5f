// Reads vector tiles back, by the letter of MVT 2.1, for tests: another way than the encoder's.
#pragma once

#include "tiles/tile_shape.hpp"

#include <protozero/pbf_reader.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

namespace hotspots::tests {

using MvtValue = std::variant<std::string, double, std::int64_t, bool>;

struct MvtFeature {
    std::optional<std::uint64_t> id;
    int type = 0;
    std::map<std::string, MvtValue> properties;
    std::vector<tiles::TileRing> rings; // a point is a ring of one
};

struct MvtLayer {
    std::string name;
    std::uint32_t version = 1;
    std::uint32_t extent = 4096;
    std::vector<std::string> keys;
    std::vector<MvtValue> values;
    std::vector<MvtFeature> features;
};

inline MvtValue read_value(protozero::pbf_reader message) {
    MvtValue value;
    int fields = 0;
    while (message.next()) {
        ++fields;
        switch (message.tag()) {
        case 1:
            value = message.get_string();
            break;
        case 3:
            value = message.get_double();
            break;
        case 5:
            value = static_cast<std::int64_t>(message.get_uint64());
            break;
        case 6:
            value = message.get_sint64();
            break;
        case 7:
            value = message.get_bool();
            break;
        default:
            throw std::runtime_error("value of another type");
        }
    }
    if (fields != 1) {
        throw std::runtime_error("a value must have exactly one field");
    }
    return value;
}

inline std::vector<tiles::TileRing> read_rings(const std::vector<std::uint32_t>& codes) {
    std::vector<tiles::TileRing> rings;
    tiles::TilePoint cursor;
    for (std::size_t i = 0; i < codes.size();) {
        const auto command = codes[i] & 7U;
        const auto count = codes[i++] >> 3U;
        if (command == 7) {
            if (count != 1) {
                throw std::runtime_error("ClosePath must have a count of 1");
            }
            continue;
        }
        for (std::uint32_t n = 0; n < count; ++n) {
            cursor.x += protozero::decode_zigzag32(codes.at(i++));
            cursor.y += protozero::decode_zigzag32(codes.at(i++));
            if (command == 1) {
                rings.emplace_back();
            }
            rings.back().push_back(cursor);
        }
    }
    return rings;
}

inline MvtFeature read_feature(protozero::pbf_reader message, const MvtLayer& layer) {
    MvtFeature feature;
    while (message.next()) {
        if (message.tag() == 1) {
            feature.id = message.get_uint64();
        } else if (message.tag() == 2) {
            const auto range = message.get_packed_uint32();
            const std::vector<std::uint32_t> tags(range.begin(), range.end());
            for (std::size_t i = 0; i < tags.size(); i += 2) {
                const auto added = feature.properties.emplace(layer.keys.at(tags[i]),
                                                              layer.values.at(tags.at(i + 1)));
                if (!added.second) {
                    throw std::runtime_error("a feature repeats the key " + added.first->first);
                }
            }
        } else if (message.tag() == 3) {
            feature.type = message.get_enum();
        } else if (message.tag() == 4) {
            const auto range = message.get_packed_uint32();
            feature.rings = read_rings({range.begin(), range.end()});
        }
    }
    return feature;
}

inline MvtLayer read_layer(const protozero::data_view& bytes) {
    MvtLayer layer;
    std::vector<protozero::data_view> features;
    protozero::pbf_reader message(bytes);
    while (message.next()) {
        switch (message.tag()) {
        case 1:
            layer.name = message.get_string();
            break;
        case 2:
            features.push_back(message.get_view());
            break;
        case 3:
            layer.keys.push_back(message.get_string());
            break;
        case 4:
            layer.values.push_back(read_value(message.get_message()));
            break;
        case 5:
            layer.extent = message.get_uint32();
            break;
        case 15:
            layer.version = message.get_uint32();
            break;
        default:
            throw std::runtime_error("unknown field of a layer");
        }
    }
    for (const auto& feature : features) {
        layer.features.push_back(read_feature(protozero::pbf_reader(feature), layer));
    }
    return layer;
}

inline std::vector<MvtLayer> read_tile(const std::string& bytes) {
    std::vector<MvtLayer> layers;
    protozero::pbf_reader message(bytes);
    while (message.next(3)) {
        layers.push_back(read_layer(message.get_view()));
    }
    return layers;
}

} // namespace hotspots::tests
