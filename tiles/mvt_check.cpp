#include "tiles/mvt_check.hpp"

#include "tiles/tile.hpp"
#include "tiles/wire_reader.hpp"

#include <optional>
#include <set>

namespace hotspots::tiles {

namespace {

// A field that may stand once.
template <class T>
void set_once(std::optional<T>& place, T value, const WireReader& reader) {
    if (place) {
        reader.fault("field " + std::to_string(reader.field()) + " stands twice");
    }
    place = std::move(value);
}

struct FeatureParts {
    std::optional<std::uint64_t> id;
    std::optional<std::vector<std::uint32_t>> tags;
    std::optional<std::uint64_t> type;
    std::optional<std::vector<std::uint32_t>> geometry;
};

struct LayerParts {
    std::optional<std::uint64_t> version;
    std::optional<std::string_view> name;
    std::optional<std::uint64_t> extent;
    std::vector<std::string_view> features;
    std::vector<std::string_view> keys;
    std::vector<std::string_view> values; // messages
};

FeatureParts read_feature(std::string_view bytes) {
    FeatureParts feature;
    WireReader reader(bytes, "a feature");
    while (reader.next()) {
        switch (reader.field()) {
        case 1:
            set_once(feature.id, reader.number(), reader);
            break;
        case 2:
            set_once(feature.tags, reader.packed_numbers(), reader);
            break;
        case 3:
            set_once(feature.type, reader.number(), reader);
            break;
        case 4:
            set_once(feature.geometry, reader.packed_numbers(), reader);
            break;
        default:
            reader.fault("field " + std::to_string(reader.field()) + ", which it has not");
        }
    }
    return feature;
}

// Exactly one of the kinds of values that there are.
void check_value(std::string_view bytes) {
    WireReader reader(bytes, "a value");
    int kinds = 0;
    for (; reader.next(); ++kinds) {
        switch (reader.field()) {
        case 1:
            reader.text();
            break;
        case 2:
            reader.skip(WireType::four_bytes);
            break;
        case 3:
            reader.skip(WireType::eight_bytes);
            break;
        case 4:
        case 5:
        case 6:
            reader.number();
            break;
        case 7:
            if (reader.number() > 1) {
                reader.fault("a bool that is neither 0 nor 1");
            }
            break;
        default:
            reader.fault("field " + std::to_string(reader.field()) + ", which it has not");
        }
    }
    if (kinds != 1) {
        reader.fault("it holds " + std::to_string(kinds) + " values instead of one");
    }
}

LayerParts read_layer(std::string_view bytes) {
    LayerParts layer;
    WireReader reader(bytes, "a layer");
    while (reader.next()) {
        switch (reader.field()) {
        case 1:
            set_once(layer.name, reader.text(), reader);
            break;
        case 2:
            layer.features.push_back(reader.bytes());
            break;
        case 3:
            layer.keys.push_back(reader.text());
            break;
        case 4:
            layer.values.push_back(reader.bytes());
            break;
        case 5:
            set_once(layer.extent, reader.number(), reader);
            break;
        case 15:
            set_once(layer.version, reader.number(), reader);
            break;
        default:
            if (reader.field() < 16) { // from 16 on are extensions
                reader.fault("field " + std::to_string(reader.field()) + ", which it has not");
            }
            reader.skip();
        }
    }
    return layer;
}

class LayerCheck {
public:
    LayerCheck(std::string_view bytes, MvtStrictness strictness)
        : m_layer(read_layer(bytes)), m_own(strictness == MvtStrictness::own),
          m_strictness(strictness), m_key_used(m_layer.keys.size()),
          m_value_used(m_layer.values.size()) {
        require(m_layer.name.has_value(), "a layer without a name");
    }

    std::string name() const { return std::string(*m_layer.name); }
    std::uint64_t features() const { return m_layer.features.size(); }

    void run() {
        require(m_layer.version.has_value(), "no version");
        require(*m_layer.version == 2 || (!m_own && *m_layer.version == 1),
                "version " + std::to_string(*m_layer.version));
        require(!m_layer.extent || *m_layer.extent > 0, "an extent of 0");
        for (const auto value : m_layer.values) {
            check_value(value);
        }
        for (const auto feature : m_layer.features) {
            check(read_feature(feature));
        }
        if (m_own) {
            check_own();
        }
    }

private:
    static void require(bool holds, const std::string& why) {
        if (!holds) {
            throw WireFault(why);
        }
    }

    void check(const FeatureParts& feature) {
        require(feature.type.has_value(), "a feature without a type");
        require(*feature.type <= 3, "geometry type " + std::to_string(*feature.type));
        require(feature.geometry.has_value(), "a feature without a geometry");
        if (feature.tags) {
            check_tags(*feature.tags);
        }
        if (m_own && feature.id) {
            require(m_ids.insert(*feature.id).second,
                    "id " + std::to_string(*feature.id) + " twice");
        }
        require(!m_own || *feature.type != 0, "a feature of unknown type");
        if (*feature.type != 0) {
            check_mvt_geometry(static_cast<std::uint32_t>(*feature.type), *feature.geometry,
                               m_strictness);
        }
    }

    void check_tags(const std::vector<std::uint32_t>& tags) {
        require(tags.size() % 2 == 0, "a key without a value in a feature");
        std::set<std::uint32_t> seen;
        for (std::size_t i = 0; i < tags.size(); i += 2) {
            require(tags[i] < m_layer.keys.size(),
                    "key " + std::to_string(tags[i]) + " of a feature, which the layer has not");
            require(tags[i + 1] < m_layer.values.size(),
                    "value " + std::to_string(tags[i + 1]) +
                        " of a feature, which the layer has not");
            require(seen.insert(tags[i]).second,
                    "key " + std::to_string(tags[i]) + " twice in a feature");
            m_key_used[tags[i]] = true;
            m_value_used[tags[i + 1]] = true;
        }
    }

    void check_own() const {
        require(m_layer.extent == std::uint64_t{tile_extent}, "an extent other than 4096");
        require(!m_layer.features.empty(), "no feature");
        check_dictionary(m_layer.keys, m_key_used, "key");
        check_dictionary(m_layer.values, m_value_used, "value");
    }

    static void check_dictionary(const std::vector<std::string_view>& entries,
                                 const std::vector<bool>& used, const char* kind) {
        std::set<std::string_view> seen;
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const auto place = kind + (' ' + std::to_string(i));
            require(seen.insert(entries[i]).second, place + " is there already");
            require(used[i], place + " is not used");
        }
    }

    LayerParts m_layer;
    bool m_own;
    MvtStrictness m_strictness;
    std::vector<bool> m_key_used;
    std::vector<bool> m_value_used;
    std::set<std::uint64_t> m_ids;
};

void check_layers(std::string_view tile, MvtStrictness strictness, MvtReport& report) {
    WireReader reader(tile, "the tile");
    while (reader.next()) {
        if (reader.field() != 3) {
            if (reader.field() < 16) {
                reader.fault("field " + std::to_string(reader.field()) + ", which it has not");
            }
            reader.skip();
            continue;
        }
        LayerCheck layer(reader.bytes(), strictness);
        if (!report.features.emplace(layer.name(), layer.features()).second) {
            reader.fault("two layers named " + layer.name());
        }
        try {
            layer.run();
        } catch (const WireFault& fault) {
            throw WireFault("layer " + layer.name() + ": " + fault.what());
        }
    }
    if (strictness == MvtStrictness::own && report.features.empty()) {
        reader.fault("no layer");
    }
}

} // namespace

MvtReport check_mvt(std::string_view tile, MvtStrictness strictness) {
    MvtReport report;
    try {
        check_layers(tile, strictness, report);
    } catch (const WireFault& fault) {
        report.fault = fault.what();
    }
    return report;
}

} // namespace hotspots::tiles
