#include "tiles/tilejson.hpp"

#include "tiles/geojson.hpp"

#include <cstddef>
#include <string_view>

namespace hotspots::tiles {

namespace {

// One member of an object, or one item of a list, after what is there.
class Sequence {
public:
    Sequence(std::string& out, char open, char close) : m_out(out), m_close(close) {
        m_out += open;
    }
    ~Sequence() { m_out += m_close; }
    Sequence(const Sequence&) = delete;
    Sequence& operator=(const Sequence&) = delete;

    std::string& next() {
        m_out += m_first ? "" : ",";
        m_first = false;
        return m_out;
    }
    std::string& member(std::string_view name) {
        append_json_string(next(), name);
        m_out += ':';
        return m_out;
    }
    void text(std::string_view name, std::string_view value) {
        append_json_string(member(name), value);
    }
    void number(std::string_view name, int value) { member(name) += std::to_string(value); }

private:
    std::string& m_out;
    char m_close;
    bool m_first = true;
};

void append_layer(std::string& out, const VectorLayer& layer, const TileSet& tile_set) {
    Sequence object(out, '{', '}');
    object.text("id", layer.id);
    if (!layer.description.empty()) {
        object.text("description", layer.description);
    }
    object.number("minzoom", tile_set.min_zoom);
    object.number("maxzoom", tile_set.max_zoom);
    Sequence fields(object.member("fields"), '{', '}');
    for (const auto& [name, meaning] : layer.fields) {
        fields.text(name, meaning);
    }
}

void append_bounds(std::string& out, const geo::Box<geo::LonLat>& box) {
    Sequence list(out, '[', ']');
    for (const double edge : {box.min.lon_deg, box.min.lat_deg, box.max.lon_deg, box.max.lat_deg}) {
        append_json_number(list.next(), edge);
    }
}

} // namespace

std::string tilejson(const TileSet& tile_set) {
    std::string out;
    {
        Sequence root(out, '{', '}');
        root.text("tilejson", "3.0.0");
        root.text("name", tile_set.name);
        if (!tile_set.description.empty()) {
            root.text("description", tile_set.description);
        }
        if (!tile_set.attribution.empty()) {
            root.text("attribution", tile_set.attribution);
        }
        root.text("scheme", "xyz");
        {
            Sequence urls(root.member("tiles"), '[', ']');
            for (const auto& url : tile_set.tiles) {
                append_json_string(urls.next(), url);
            }
        }
        root.number("minzoom", tile_set.min_zoom);
        root.number("maxzoom", tile_set.max_zoom);
        if (!tile_set.bounds.empty()) {
            append_bounds(root.member("bounds"), tile_set.bounds);
        }
        Sequence layers(root.member("vector_layers"), '[', ']');
        for (const auto& layer : tile_set.layers) {
            append_layer(layers.next(), layer, tile_set);
        }
    }
    return out;
}

} // namespace hotspots::tiles
