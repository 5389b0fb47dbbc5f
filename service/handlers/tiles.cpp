// Vector tiles of each collection and the TileJSON 3.0 that describes them.
#include "geo/geometry.hpp"
#include "service/answer_view.hpp"
#include "service/app.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/collection.hpp"
#include "service/handlers/handlers.hpp"
#include "service/handlers/item_filter.hpp"
#include "service/handlers/tile_content.hpp"
#include "service/handlers/tile_limits.hpp"
#include "service/problem.hpp"
#include "tiles/tile.hpp"
#include "tiles/tilejson.hpp"

#include <algorithm>
#include <charconv>

namespace hotspots::service {

namespace {

// A tile coordinate of a path. Throws Problem 400 where it is no whole number.
std::int64_t coordinate(const PathParts& parts, std::string_view name) {
    const auto& text = parts.find(name)->second;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0) {
        throw Problem(400, "Bad tile coordinate",
                      std::string(name) + " of the tile is '" + text.substr(0, 60) +
                          "'; it must be a whole number",
                      std::string(name));
    }
    return value;
}

// /tiles/{c}/{z}/{x}/{y}.mvt, or OGC's .../{z}/{row}/{col}.
tiles::TileId read_tile(const PathParts& parts, const Collection& collection) {
    const bool ogc = parts.contains("row");
    const auto zoom = coordinate(parts, "z");
    const auto x = coordinate(parts, ogc ? "col" : "x");
    const auto y = coordinate(parts, ogc ? "row" : "y");
    const auto tile = tiles::make_tile(zoom, x, y);
    if (!tile || zoom < collection.min_zoom) {
        throw not_found("there is no tile " + std::to_string(zoom) + '/' + std::to_string(x) + '/' +
                        std::to_string(y) + " of " + std::string(collection.name) +
                        "; zoom must be from " + std::to_string(collection.min_zoom) + " to " +
                        std::to_string(tiles::max_zoom) + ", x and y from 0 to 2^zoom - 1");
    }
    return *tile;
}

// OGC API - Tiles, /req/core/tc-error: what lies beyond the limits of the tile set is not found.
void check_limits(const Collection& collection, const data::Snapshot& snapshot,
                  const tiles::TileId& tile) {
    if (!tile_limits(collection, tiled_area(snapshot), tile.zoom).hold(tile)) {
        throw not_found("tile row " + std::to_string(tile.y) + ", column " +
                        std::to_string(tile.x) + " of matrix " + std::to_string(tile.zoom) +
                        " lies beyond the limits of the tile set; /collections/" +
                        std::string(collection.name) + "/tiles/WebMercatorQuad has them");
    }
}

// The collection's parameters and, where it has items, those of its filter.
AnalysisParameters read_tile_parameters(const Collection& collection, const Request& request,
                                        const data::Snapshot& snapshot) {
    return collection.has_items ? read_parameters(collection, request.query, snapshot,
                                                  {"filter", "filter-lang", "filter-crs"})
                                : read_parameters(collection, request.query, snapshot, {});
}

std::string with_filter(std::string query, const std::optional<ItemFilter>& filter) {
    if (filter) {
        query.append(query.empty() ? "" : "&").append(filter->canonical_query());
    }
    return query;
}

Response tile_answer(TileLayer layer, const std::string& etag) {
    Response response;
    response.body = std::move(layer.bytes);
    response.rows = layer.records;
    set_private_caching(response, etag);
    if (response.body.empty()) {
        response.status = 204;
        return response;
    }
    response.content_type = "application/vnd.mapbox-vector-tile";
    return response;
}

geo::Box<geo::LonLat> bounds_of(const data::Snapshot& snapshot) {
    geo::Box<geo::LonLat> box;
    for (const auto& ward : snapshot.wards) {
        const auto bounds = geo::bounds(ward.outline);
        box.extend(bounds.min);
        box.extend(bounds.max);
    }
    return box;
}

tiles::TileSet describe(const Collection& collection, const data::Snapshot& snapshot,
                        std::string url) {
    return {std::string(collection.title), std::string(collection.description),
            attribution(snapshot),         {std::move(url)},
            collection.min_zoom,           collection.max_zoom,
            bounds_of(snapshot),           {describe_layer(collection)}};
}

// What a tile's path and parameters mean.
struct TileRequest {
    const Collection& collection;
    tiles::TileId tile;
    FeatureQuery query;
    std::optional<ItemFilter> filter;
    std::string etag;
    std::string view; // of AnswerCache's keys
    std::string key;
};

TileRequest read_tile_request(const AppContext& context, const Request& request,
                              const PathParts& parts) {
    const auto& collection = find_collection(parts.at("c"));
    const auto tile = read_tile(parts, collection);
    FeatureQuery query{take_snapshot(context, request), {}, {}, Purpose::tile};
    if (parts.contains("row")) {
        check_limits(collection, *query.snapshot, tile);
    }
    query.parameters = read_tile_parameters(collection, request, *query.snapshot);
    auto filter = read_item_filter(request.query);
    const auto name = std::string(collection.name) + '/' + std::to_string(tile.zoom) + '/' +
                      std::to_string(tile.x) + '/' + std::to_string(tile.y) + '?' +
                      with_filter(query.parameters.canonical_query(), filter);
    auto etag = revision_etag(context, *query.snapshot, name);
    auto view = answer_view(view_stamp(*query.snapshot), request.caller.role);
    auto key = view + name;
    return {collection,      tile,          std::move(query), std::move(filter), std::move(etag),
            std::move(view), std::move(key)};
}

std::shared_ptr<const PreparedAnswer> make_tile(const AppContext& context, const Request& request,
                                                const TileRequest& asked) {
    auto layer = tile_layer(context, asked.collection, asked.query, asked.filter, asked.tile);
    return prepare(tile_answer(std::move(layer), asked.etag), request.route);
}

} // namespace

Response get_tile(const AppContext& context, const Request& request, const PathParts& parts) {
    const auto asked = read_tile_request(context, request, parts);
    if (is_known(request, asked.etag)) {
        return not_modified(asked.etag);
    }
    bool is_new = false;
    auto answer = context.answers->get(asked.key, [&] {
        is_new = true;
        return make_tile(context, request, asked);
    });
    if (!is_new) { // nearly all that is asked for twice is asked for again
        context.answers->also_name(asked.key, asked.view + request.target);
    }
    return to_response(std::move(answer), request);
}

std::optional<Response> get_tile_at_once(const AppContext& context, const Request& request,
                                         const PathParts& parts) {
    if (parts.at("c") != "incidents") {
        return std::nullopt;
    }
    const auto asked = read_tile_request(context, request, parts);
    auto incidents = few_incidents_of_tile(context, asked.query, asked.filter, asked.tile);
    if (!incidents) {
        return std::nullopt;
    }
    if (is_known(request, asked.etag)) {
        return not_modified(asked.etag);
    }
    bool is_new = false;
    auto answer = context.answers->get_at_once(asked.key, [&] {
        is_new = true;
        auto layer = incident_tile(asked.query, asked.filter, asked.tile, std::move(*incidents));
        return prepare(tile_answer(std::move(layer), asked.etag), request.route);
    });
    if (!answer) {
        return std::nullopt;
    }
    if (!is_new) {
        context.answers->also_name(asked.key, asked.view + request.target);
    }
    return to_response(std::move(answer), request);
}

Response get_tile_json(const AppContext& context, const Request& request, const PathParts& parts) {
    const auto& collection = find_collection(parts.at("c"));
    const auto snapshot = take_snapshot(context, request);
    const auto parameters = read_tile_parameters(collection, request, *snapshot);
    auto url =
        base_url(context, request) + "/tiles/" + std::string(collection.name) + "/{z}/{x}/{y}.mvt";
    if (collection.parameters != ParameterSet::none) {
        url.append("?").append(
            with_filter(parameters.canonical_query(), read_item_filter(request.query)));
    }
    Response response;
    response.content_type = "application/json";
    response.body = tiles::tilejson(describe(collection, *snapshot, url)) + '\n';
    set_private_caching(response, revision_etag(context, *snapshot, url));
    return response;
}

} // namespace hotspots::service
