#include "service/handlers/api_operations.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace hotspots::service {

namespace {

constexpr auto get = Method::get;

const std::vector<Operation>& documents() {
    static const std::vector<Operation> all{
        {get, "/", "Web client, or links for programs", json_type, {"f"}},
        {get, "/connect", "How to connect a GIS tool, as a page", "text/html", {"f"}},
        {get, "/data", "The page for imports, data quality and review", "text/html", {}},
        {get, "/assets/{rest...}", "A file of the web client", "application/octet-stream", {}},
        {get, "/api", "This document", "application/vnd.oai.openapi+json;version=3.0", {"f"}},
        {get, "/conformance", "OGC conformance classes", json_type, {"f"}},
        {get, "/health", "Whether the service works, and on which data", json_type, {"f"}},
        {get, "/health/live", "Whether the service answers", json_type, {"f"}},
        {get, "/health/ready", "Whether data is loaded", json_type, {"f"}},
        {get,
         "/metrics",
         "Counts and durations of requests, cache, pool, revision, as Prometheus "
         "text",
         "text/plain",
         {}},
        {get, "/releases", "The releases: what is published to panels", json_type, {"f"}},
        {get,
         "/releases/{id}",
         "A release, as it was published, by number or 'latest'",
         json_type,
         {"f"}},
        {Method::post,
         "/releases",
         "Makes the next release, of a scope profile",
         json_type,
         {},
         false,
         {json_type},
         "201"},
        {Method::post,
         "/releases/{id}/withdraw",
         "Takes a release back; its bytes stay as they are, unpublished",
         json_type,
         {},
         false,
         {json_type}},
        {get, "/wards/{code}/summary", "What the latest release says of a ward", json_type, {"f"}},
        {get, "/collections", "The collections", json_type, {"f"}},
        {get, "/collections/{c}", "One collection", json_type, {"f"}},
        {get,
         "/collections/{c}/queryables",
         "The properties that a collection's items can be filtered by, as JSON Schema",
         "application/schema+json",
         {"f"}},
        {get,
         "/collections/{c}/schema",
         "What a collection's features carry, as JSON Schema",
         "application/schema+json",
         {"f"}},
        {get,
         "/collections/{c}/manifest",
         "What a collection's features under the parameters are made of",
         json_type,
         {"revision", "f"},
         true},
    };
    return all;
}

const std::vector<Operation>& features() {
    static const std::vector<Operation> all{
        {get,
         "/collections/{c}/items",
         "A page of a collection's features. Its links next and prev are bound to the revision of "
         "the page: whoever follows them meets every feature of that revision once, also while new "
         "data comes. With f=csv, gpkg or fgb a file of all features that match",
         geojson_type,
         {"bbox", "bbox-crs", "crs", "filter", "filter-lang", "filter-crs", "limit", "offset",
          "revision", "f"},
         true},
        {get,
         "/collections/{c}/items/{id}",
         "One feature",
         geojson_type,
         {"crs", "revision", "f"},
         true},
        {get,
         "/collections/{c}/tiles/WebMercatorQuad/{z}/{row}/{col}",
         "A vector tile, addressed as OGC API - Tiles does",
         mvt_type,
         {"filter", "filter-lang", "filter-crs"},
         true},
        {get,
         "/collections/{c}/tiles",
         "A collection's tile sets",
         json_type,
         {"filter", "filter-lang", "filter-crs", "f"},
         true},
        {get,
         "/collections/{c}/tiles/WebMercatorQuad",
         "A collection's tile set: layers, their properties, limits, and where its tiles are",
         json_type,
         {"filter", "filter-lang", "filter-crs", "f"},
         true},
        {get, "/tileMatrixSets", "The tile matrix sets that tiles are cut by", json_type, {"f"}},
        {get, "/tileMatrixSets/{id}", "The definition of a tile matrix set", json_type, {"f"}},
        {get, "/styles", "Map styles", json_type, {"f"}},
        {get,
         "/styles/{name}.json",
         "A MapLibre style of a collection, or of all (everything); parameters go on to its tiles",
         "application/vnd.mapbox.style+json",
         {},
         true},
        {get,
         "/fonts/{fontstack}/{range}.pbf",
         "Glyphs of a font in a range of 256 code points, as signed distance fields",
         "application/x-protobuf",
         {}},
        {get,
         "/tiles/{c}.json",
         "TileJSON 3.0 of a collection",
         json_type,
         {"filter", "filter-lang", "filter-crs"},
         true},
        {get,
         "/tiles/{c}/{z}/{x}/{y}.mvt",
         "A vector tile; 204 where it is empty",
         mvt_type,
         {"filter", "filter-lang", "filter-crs"},
         true},
        {get,
         "/archives/{name}",
         "An archive of tiles in DIR/archives, as `tiles export` wrote it; by ranges, too",
         "application/vnd.pmtiles",
         {}},
    };
    return all;
}

const std::vector<Operation>& records() {
    static const std::vector<Operation> all{
        {get,
         "/quality",
         "How good the record is: hit rates per import, source, authority and month, whether "
         "misses depend on anything, points that stand for something else. Of all records; with "
         "scope of those in or in review under it; without datetime of all times",
         json_type,
         {"scope", "datetime", "f"}},
        {get,
         "/geocode",
         "Where a location text is, how sure that is, and what else it may mean",
         json_type,
         {"q", "f"}},
        {Method::post,
         "/geocode",
         "Where each text of a list is: 1 to 10,000 texts, as a list or as {\"texts\": [...]}",
         json_type,
         {"f"},
         false,
         {json_type}},
        {get, "/imports", "Imports, newest first", json_type, {"f"}},
        {Method::post,
         "/imports",
         "Imports a file: the body itself, or field 'file' of a form (which may then also have "
         "the fields name, format, source and mapping). Done later, as a job",
         json_type,
         {"name", "format", "source"},
         false,
         {"text/csv", geojson_type, "application/zip", "multipart/form-data"},
         "202"},
        {get,
         "/imports/{id}",
         "An import: its counts, first rejects and quality",
         json_type,
         {"f"}},
        {Method::del,
         "/imports/{id}",
         "Cancels an import under way; takes one that is done back as a whole",
         json_type,
         {}},
        {get,
         "/imports/{id}/rejects.csv",
         "The rows that could not be read, and why",
         "text/csv",
         {}},
        {get,
         "/imports/{id}/events",
         "An import's progress as it happens (server-sent events)",
         "text/event-stream",
         {}},
        {get,
         "/audit",
         "Who read, took or changed what, the newest first",
         json_type,
         {"datetime", "who", "action", "limit", "before", "f"}},
        {get,
         "/review",
         "Records whose location needs a person, those in scope first",
         json_type,
         {"reason", "scope", "limit", "offset", "f"}},
        {get,
         "/review/{id}",
         "One record's location, and what was decided on it",
         json_type,
         {"f"}},
        {Method::put,
         "/review/{id}",
         "Decides where a record belongs: one of its candidates, a point, cannot_be_placed, or "
         "automatic to take the decision before back. Records of the same text follow, unless "
         "alias is false",
         json_type,
         {},
         false,
         {json_type}},
    };
    return all;
}

} // namespace

const Operation& operation_of(Method method, std::string_view pattern) {
    for (const auto* group :
         {&documents(), &features(), &records(), &analysis_operations(), &account_operations()}) {
        const auto found = std::find_if(group->begin(), group->end(), [&](const Operation& o) {
            return o.method == method && o.pattern == pattern;
        });
        if (found != group->end()) {
            return *found;
        }
    }
    throw std::logic_error("the route " + std::string(to_text(method)) + ' ' +
                           std::string(pattern) + " is not described for /api");
}

} // namespace hotspots::service
