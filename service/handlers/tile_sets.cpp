// What tiles there are (OGC API - Tiles Part 1, OGC 20-057; Two Dimensional Tile Matrix Set, OGC
// 17-083r4): the tile matrix set, and each collection's tile sets with their limits.
#include "service/app.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/collection.hpp"
#include "service/handlers/handlers.hpp"
#include "service/handlers/item_filter.hpp"
#include "service/handlers/tile_content.hpp"
#include "service/handlers/tile_limits.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"
#include "tiles/tile.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

constexpr std::string_view matrix_set_id = "WebMercatorQuad";
constexpr std::string_view matrix_set_title = "Google Maps Compatible for the World";
constexpr std::string_view matrix_set_uri =
    "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";
constexpr std::string_view mercator_uri = "http://www.opengis.net/def/crs/EPSG/0/3857";
constexpr std::string_view crs84_uri = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
constexpr std::string_view ogc_rel = "http://www.opengis.net/def/rel/ogc/1.0/";
constexpr std::string_view tile_type = "application/vnd.mapbox-vector-tile";

constexpr int matrix_tile_px = 256;
constexpr double pixel_m = 0.00028; // OGC's standard pixel, which scale denominators go by

ordered_json link_json(const std::string& href, std::string_view rel, std::string_view type,
                       const std::string& title) {
    return {{"href", href}, {"rel", rel}, {"type", type}, {"title", title}};
}

std::string ogc_relation(std::string_view relation) {
    return std::string(ogc_rel).append(relation);
}

ordered_json matrix_json(int zoom) {
    const std::int64_t across = std::int64_t{1} << zoom;
    const auto world = tiles::mercator_bounds({0, 0, 0});
    const double cell_m =
        (world.max.x_m - world.min.x_m) / matrix_tile_px / static_cast<double>(across);
    return {{"id", std::to_string(zoom)},
            {"scaleDenominator", cell_m / pixel_m},
            {"cellSize", cell_m},
            {"cornerOfOrigin", "topLeft"},
            {"pointOfOrigin", {world.min.x_m, world.max.y_m}},
            {"tileWidth", matrix_tile_px},
            {"tileHeight", matrix_tile_px},
            {"matrixWidth", across},
            {"matrixHeight", across}};
}

ordered_json matrix_set_json() {
    auto matrices = ordered_json::array();
    for (int zoom = 0; zoom <= tiles::max_zoom; ++zoom) {
        matrices.push_back(matrix_json(zoom));
    }
    return {{"id", matrix_set_id},
            {"title", matrix_set_title},
            {"uri", matrix_set_uri},
            {"crs", mercator_uri},
            {"orderedAxes", {"X", "Y"}},
            {"wellKnownScaleSet", "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible"},
            {"tileMatrices", matrices}};
}

ordered_json limits_json(const Collection& collection, const geo::Box<geo::LonLat>& area) {
    auto all = ordered_json::array();
    for (int zoom = collection.min_zoom; zoom <= tiles::max_zoom; ++zoom) {
        const auto limits = tile_limits(collection, area, zoom);
        all.push_back({{"tileMatrix", std::to_string(zoom)},
                       {"minTileRow", limits.min_row},
                       {"maxTileRow", limits.max_row},
                       {"minTileCol", limits.min_column},
                       {"maxTileCol", limits.max_column}});
    }
    return all;
}

std::string_view schema_type(std::string_view field_type) {
    return field_type == "Number" ? "number" : field_type == "Boolean" ? "boolean" : "string";
}

ordered_json layer_json(const Collection& collection, const std::string& base) {
    auto properties = ordered_json::object();
    for (const auto& [name, type] : collection.tile_fields) {
        properties[std::string(name)] = {{"type", schema_type(type)}};
    }
    const bool points = collection.name == "incidents" || collection.name == "gazetteer";
    const auto described = describe_layer(collection);
    ordered_json layer{{"id", described.id},
                       {"title", collection.title},
                       {"description", described.description},
                       {"dataType", "vector"},
                       {"geometryDimension", points ? 0 : 2},
                       {"minTileMatrix", std::to_string(collection.min_zoom)},
                       {"maxTileMatrix", std::to_string(tiles::max_zoom)},
                       {"propertiesSchema", {{"type", "object"}, {"properties", properties}}}};
    if (collection.has_items) {
        layer["links"] = ordered_json::array(
            {link_json(base + "/collections/" + described.id, ogc_relation("geodata"),
                       "application/json", std::string(collection.title))});
    }
    return layer;
}

// What the tile set of one collection under one query is made of.
struct TileSetRequest {
    const Collection& collection;
    std::shared_ptr<const data::Snapshot> snapshot;
    std::string base;
    std::string query; // with its question mark; empty for none

    std::string url() const {
        return base + "/collections/" + std::string(collection.name) + "/tiles";
    }
};

TileSetRequest read_tile_set(const AppContext& context, const Request& request,
                             const PathParts& parts) {
    TileSetRequest asked{find_collection(parts.at("c")),
                         take_snapshot(context, request),
                         base_url(context, request),
                         {}};
    const auto& collection = asked.collection;
    const auto parameters =
        collection.has_items ? read_parameters(collection, request.query, *asked.snapshot,
                                               {"filter", "filter-lang", "filter-crs", "f"})
                             : read_parameters(collection, request.query, *asked.snapshot, {"f"});
    static constexpr std::array<std::string_view, 1> formats{"json"};
    const auto format = std::ranges::find(request.query, "f", &QueryParameter::name);
    if (format != request.query.end()) {
        choice("f", format->value, formats);
    }
    if (collection.parameters != ParameterSet::none) {
        asked.query = '?' + parameters.canonical_query();
        if (const auto filter = read_item_filter(request.query)) {
            asked.query.append("&").append(filter->canonical_query());
        }
    }
    return asked;
}

// What the list of tile sets says of one.
ordered_json tile_set_item(const TileSetRequest& asked) {
    const auto set_url = asked.url() + '/' + std::string(matrix_set_id);
    const std::string title(asked.collection.title);
    auto tiles = link_json(set_url + "/{tileMatrix}/{tileRow}/{tileCol}" + asked.query, "item",
                           tile_type, title + ", one tile");
    tiles["templated"] = true;
    return {{"title", title},
            {"dataType", "vector"},
            {"crs", mercator_uri},
            {"tileMatrixSetURI", matrix_set_uri},
            {"links",
             {link_json(set_url + asked.query, "self", "application/json", title + ", tile set"),
              link_json(asked.base + "/tileMatrixSets/" + std::string(matrix_set_id),
                        ogc_relation("tiling-scheme"), "application/json",
                        std::string(matrix_set_title)),
              tiles}}};
}

Response revision_json(const AppContext& context, const TileSetRequest& asked,
                       const ordered_json& document, const std::string& url) {
    auto response = json_response(document);
    set_private_caching(response, revision_etag(context, *asked.snapshot, url));
    return response;
}

} // namespace

Response get_tile_matrix_sets(const AppContext& context, const Request& request, const PathParts&) {
    allow_json_only(request);
    const auto base = base_url(context, request);
    const auto url = base + "/tileMatrixSets";
    const ordered_json set{
        {"id", matrix_set_id},
        {"title", matrix_set_title},
        {"uri", matrix_set_uri},
        {"crs", mercator_uri},
        {"links", ordered_json::array({link_json(url + '/' + std::string(matrix_set_id), "self",
                                                 "application/json", "Its definition")})}};
    return json_response({{"tileMatrixSets", ordered_json::array({set})},
                          {"links", ordered_json::array({link_json(url, "self", "application/json",
                                                                   "Tile matrix sets")})}});
}

Response get_tile_matrix_set(const AppContext&, const Request& request, const PathParts& parts) {
    allow_json_only(request);
    const auto& id = parts.at("id");
    if (id != matrix_set_id) {
        throw not_found("there is no tile matrix set " + service::quoted(id) + "; it must be " +
                        std::string(matrix_set_id));
    }
    return json_response(matrix_set_json());
}

Response get_tile_sets(const AppContext& context, const Request& request, const PathParts& parts) {
    const auto asked = read_tile_set(context, request, parts);
    const auto url = asked.url() + asked.query;
    const ordered_json document{
        {"links", ordered_json::array({link_json(url, "self", "application/json", "Tile sets")})},
        {"tilesets", ordered_json::array({tile_set_item(asked)})}};
    return revision_json(context, asked, document, url);
}

Response get_tile_set(const AppContext& context, const Request& request, const PathParts& parts) {
    const auto asked = read_tile_set(context, request, parts);
    auto document = tile_set_item(asked);
    document["description"] = asked.collection.description;
    document["attribution"] = attribution(*asked.snapshot);
    const auto area = tiled_area(*asked.snapshot);
    document["tileMatrixSetLimits"] = limits_json(asked.collection, area);
    if (!area.empty()) {
        document["boundingBox"] = {{"lowerLeft", {area.min.lon_deg, area.min.lat_deg}},
                                   {"upperRight", {area.max.lon_deg, area.max.lat_deg}},
                                   {"crs", crs84_uri}};
    }
    document["layers"] = ordered_json::array({layer_json(asked.collection, asked.base)});
    return revision_json(context, asked, document,
                         asked.url() + '/' + std::string(matrix_set_id) + asked.query);
}

} // namespace hotspots::service
