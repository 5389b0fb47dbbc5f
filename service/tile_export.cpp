#include "service/tile_export.hpp"

#include "data/published_snapshot.hpp"
#include "geo/parallel.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/tile_content.hpp"
#include "service/http/compress.hpp"
#include "service/manifest.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"
#include "tiles/mbtiles.hpp"
#include "tiles/pmtiles.hpp"
#include "tiles/tile_order.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

bool is_filter_name(std::string_view name) {
    return std::ranges::find(item_filter_names, name) != item_filter_names.end();
}

bool takes(const Collection& collection, std::string_view name) {
    const auto names = parameter_names(collection);
    return std::ranges::find(names, name) != names.end() ||
           (collection.has_items && is_filter_name(name));
}

// A collection with what was asked of it.
struct ExportLayer {
    LayerSource source;
    Manifest manifest;
};

void check_role(const Collection& collection, Role role) {
    if (role < collection.role) {
        throw bad_parameter("collections", "collections names " + std::string(collection.name) +
                                               ", which role " + std::string(to_text(role)) +
                                               " may not see; it must be wards or authorities");
    }
}

void check_parameters(const TileExport& wanted) {
    for (const auto& parameter : wanted.query) {
        const bool taken = std::ranges::any_of(wanted.collections, [&](const std::string& name) {
            return takes(find_collection(name), parameter.name);
        });
        if (!taken) {
            throw bad_parameter(parameter.name,
                                parameter.name + " is no parameter of any of the collections");
        }
    }
}

ExportLayer make_layer(const AppContext& context,
                       const std::shared_ptr<const data::Snapshot>& snapshot,
                       const TileExport& wanted, const std::string& name) {
    const auto& collection = find_collection(name);
    check_role(collection, wanted.role);
    std::vector<QueryParameter> own;
    std::ranges::copy_if(wanted.query, std::back_inserter(own),
                         [&](const auto& parameter) { return takes(collection, parameter.name); });
    FeatureQuery query{snapshot, {}, {}, Purpose::tile};
    query.parameters =
        read_parameters(collection, own, *snapshot, {"filter", "filter-lang", "filter-crs"});
    const auto filter = read_item_filter(own);
    const auto manifest = make_manifest(*snapshot, query.parameters, context.version,
                                        filter ? filter->canonical_query() : std::string());
    return {LayerSource(context, collection, std::move(query), filter), manifest};
}

// Tiles that may hold something: a tile within one that holds nothing holds nothing.
void add_tiles(const std::vector<ExportLayer>& layers, const TileExport& wanted,
               const tiles::TileId& tile, std::vector<tiles::TileId>& found) {
    const bool touches = std::ranges::any_of(
        layers, [&](const ExportLayer& layer) { return layer.source.may_touch(tile); });
    if (!touches) {
        return;
    }
    if (tile.zoom >= wanted.min_zoom) {
        found.push_back(tile);
    }
    for (std::uint32_t quarter = 0; quarter < 4 && tile.zoom < wanted.max_zoom; ++quarter) {
        add_tiles(layers, wanted,
                  {tile.zoom + 1, tile.x * 2 + quarter % 2, tile.y * 2 + quarter / 2}, found);
    }
}

std::vector<tiles::TileId> tiles_of(const std::vector<ExportLayer>& layers,
                                    const TileExport& wanted) {
    std::vector<tiles::TileId> found;
    add_tiles(layers, wanted, {0, 0, 0}, found);
    std::ranges::sort(found, {}, tiles::tile_order);
    return found;
}

std::string packed_tile(std::vector<ExportLayer>& layers, const tiles::TileId& tile) {
    std::string bytes;
    for (auto& layer : layers) {
        bytes += layer.source.layer(tile);
    }
    return bytes.empty() ? bytes : gzip(bytes);
}

// In the order of the tiles, empty where there is nothing. Each thread has layers of its own.
std::vector<std::string> make_tiles(const std::vector<ExportLayer>& layers,
                                    const std::vector<tiles::TileId>& tiles, int threads,
                                    const TileProgress& progress) {
    std::vector<std::string> packed(tiles.size());
    std::atomic<std::size_t> next = 0;
    std::mutex mutex; // of the two below
    std::uint64_t done = 0;
    std::exception_ptr failure;
    geo::for_each_job(threads, threads, [&](int) {
        try {
            auto own = layers;
            for (auto i = next++; i < tiles.size(); i = next++) {
                packed[i] = packed_tile(own, tiles[i]);
                const std::lock_guard lock(mutex);
                progress(++done, tiles.size());
            }
        } catch (...) {
            next = tiles.size();
            const std::lock_guard lock(mutex);
            failure = std::current_exception();
        }
    });
    if (failure) {
        std::rethrow_exception(failure);
    }
    return packed;
}

ordered_json vector_layer(const ExportLayer& layer, const TileExport& wanted) {
    const auto& collection = layer.source.collection();
    const auto described = describe_layer(collection);
    ordered_json fields = ordered_json::object();
    for (const auto& [name, type] : described.fields) {
        fields[name] = type;
    }
    return {{"id", described.id},
            {"description", described.description},
            {"minzoom", std::max(wanted.min_zoom, collection.min_zoom)},
            {"maxzoom", wanted.max_zoom},
            {"fields", fields}};
}

geo::Box<geo::LonLat> bounds_of(const std::vector<ExportLayer>& layers) {
    geo::Box<geo::LonLat> box;
    for (const auto& layer : layers) {
        if (const auto& part = layer.source.bounds(); !part.empty()) {
            box.extend(part.min);
            box.extend(part.max);
        }
    }
    return box;
}

tiles::ArchiveInfo info_of(const AppContext& context, const data::Snapshot& snapshot,
                           const std::vector<ExportLayer>& layers, const TileExport& wanted) {
    ordered_json described = ordered_json::array();
    ordered_json manifests = ordered_json::object();
    for (const auto& layer : layers) {
        described.push_back(vector_layer(layer, wanted));
        std::string manifest;
        append_manifest(manifest, layer.manifest);
        manifests[std::string(layer.source.collection().name)] = ordered_json::parse(manifest);
    }
    tiles::ArchiveInfo info;
    info.min_zoom = wanted.min_zoom;
    info.max_zoom = wanted.max_zoom;
    info.bounds = bounds_of(layers);
    info.texts = {{"name", snapshot.demo ? "LLR Hotspots (DEMO)" : "LLR Hotspots"},
                  {"description", "Where serious violence was recorded in Leicester, "
                                  "Leicestershire and Rutland"},
                  {"attribution", attribution(snapshot)},
                  {"type", "overlay"},
                  {"version", "1"},
                  {"generator", "llr-hotspots " + context.version},
                  {"marking", marking_of(context, snapshot)},
                  {"role", std::string(to_text(wanted.role))},
                  {"timeStamp", data::format_utc(snapshot.revision.published)}};
    info.documents = {{"demo", snapshot.demo ? "true" : "false"},
                      {"revision", std::to_string(snapshot.revision.number)},
                      {"manifests", manifests.dump()},
                      {"vector_layers", described.dump()}};
    return info;
}

// Adds the tiles that hold something.
template <class Writer>
void add_all(Writer& writer, const std::vector<tiles::TileId>& tiles,
             const std::vector<std::string>& packed) {
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        if (!packed[i].empty()) {
            writer.add(tiles[i], packed[i]);
        }
    }
}

} // namespace

TileArchive export_tiles(const AppContext& context,
                         const std::shared_ptr<const data::Snapshot>& given,
                         const TileExport& wanted, ArchiveFormat format,
                         const TileProgress& progress) {
    const auto snapshot = wanted.role < Role::inspector && !given->published
                              ? data::published_snapshot(*given, nullptr)
                              : given;
    check_parameters(wanted);
    std::vector<ExportLayer> layers;
    for (const auto& name : wanted.collections) {
        layers.push_back(make_layer(context, snapshot, wanted, name));
    }
    const auto tiles = tiles_of(layers, wanted);
    const auto packed = make_tiles(layers, tiles, wanted.threads, progress);
    if (std::ranges::all_of(packed, &std::string::empty)) {
        throw bad_parameter("collections", "there is nothing to export: no feature of the "
                                           "collections matches");
    }
    const auto info = info_of(context, *snapshot, layers, wanted);
    if (format == ArchiveFormat::mbtiles) {
        tiles::MbtilesWriter writer;
        add_all(writer, tiles, packed);
        return {writer.finish(info), writer.tiles()};
    }
    tiles::PmtilesWriter writer;
    add_all(writer, tiles, packed);
    return {writer.finish(info, [](std::string_view bytes) { return gzip(bytes); }),
            writer.tiles()};
}

std::string unpack_tile(std::string_view packed) {
    // RFC 1952, 2.3.1: the last four bytes are the length modulo 2^32. Deflate shrinks at most to
    // a 1032nd.
    std::uint64_t size = 0;
    for (std::size_t i = 0; i < 4 && packed.size() >= 18; ++i) {
        size |= std::uint64_t{static_cast<unsigned char>(packed[packed.size() - 4 + i])} << (8 * i);
    }
    if (packed.size() < 18 || size > packed.size() * 1032) {
        throw std::runtime_error("these bytes are not packed with gzip");
    }
    return gunzip(packed, size);
}

} // namespace hotspots::service
