// What can be asked for, as OpenAPI 3.0: made from the table of routes, so that it lists what
// exists.
#include "service/analysis.hpp"
#include "service/app.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/api_parameters.hpp"
#include "service/handlers/collection.hpp"
#include "service/handlers/handlers.hpp"
#include "service/problem.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <vector>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

struct Operation {
    std::string_view pattern;
    std::string_view summary;
    std::string_view media_type;         // of a 200
    std::vector<std::string_view> query; // parameter names besides the analysis parameters
    bool takes_analysis;
};

constexpr std::string_view json = "application/json";
constexpr std::string_view geojson = "application/geo+json";
constexpr std::string_view mvt = "application/vnd.mapbox-vector-tile";

const std::vector<Operation>& operations() {
    static const std::vector<Operation> all{
        {"/", "Web client, or links for programs", json, {"f"}, false},
        {"/assets/{rest...}", "A file of the web client", "application/octet-stream", {}, false},
        {"/api", "This document", "application/vnd.oai.openapi+json;version=3.0", {"f"}, false},
        {"/conformance", "OGC conformance classes", json, {"f"}, false},
        {"/health", "Whether the service works, and on which data", json, {"f"}, false},
        {"/health/live", "Whether the service answers", json, {"f"}, false},
        {"/health/ready", "Whether data is loaded", json, {"f"}, false},
        {"/collections", "The collections", json, {"f"}, false},
        {"/collections/{c}", "One collection", json, {"f"}, false},
        {"/collections/{c}/items",
         "A page of a collection's features",
         geojson,
         {"bbox", "limit", "offset", "f"},
         true},
        {"/collections/{c}/items/{id}", "One feature", geojson, {"f"}, true},
        {"/collections/{c}/tiles/WebMercatorQuad/{z}/{row}/{col}",
         "A vector tile, addressed as OGC API - Tiles does",
         mvt,
         {},
         true},
        {"/tiles/{c}.json", "TileJSON 3.0 of a collection", json, {}, true},
        {"/tiles/{c}/{z}/{x}/{y}.mvt", "A vector tile; 204 where it is empty", mvt, {}, true},
        {"/geocode",
         "Where a location text is, how sure that is, and what else it may mean; a list of 1 to "
         "10,000 texts with POST",
         json,
         {"q", "f"},
         false},
        {"/quality",
         "How good the record is: hit rates per import, source, authority and month, whether "
         "misses depend on anything, points that stand for something else. Of all records; with "
         "scope of those in or in review under it; without datetime of all times",
         json,
         {"scope", "datetime", "f"},
         false},
    };
    return all;
}

const Operation& operation_of(std::string_view pattern) {
    const auto found = std::find_if(operations().begin(), operations().end(),
                                    [&](const Operation& o) { return o.pattern == pattern; });
    if (found == operations().end()) {
        throw std::logic_error("the route " + std::string(pattern) + " is not described for /api");
    }
    return *found;
}

// OpenAPI has no parts of several segments: {rest...} is written {rest}.
std::string open_api_path(std::string_view pattern) {
    std::string path(pattern);
    if (const auto dots = path.find("...}"); dots != path.npos) {
        path.erase(dots, 3);
    }
    return path;
}

std::vector<std::string> parts_of(const std::string& path) {
    std::vector<std::string> names;
    for (auto open = path.find('{'); open != path.npos; open = path.find('{', open + 1)) {
        names.push_back(path.substr(open + 1, path.find('}', open) - open - 1));
    }
    return names;
}

ordered_json reference(std::string_view kind, std::string_view name) {
    return {{"$ref", "#/components/" + std::string(kind) + '/' + std::string(name)}};
}

ordered_json responses(const Operation& operation, bool has_parts) {
    ordered_json all;
    const bool tile = operation.media_type == mvt;
    all["200"] = {{"description", "What was asked for"},
                  {"content", {{std::string(operation.media_type), ordered_json::object()}}}};
    if (operation.media_type == geojson) {
        all["200"]["content"][std::string(json)] = ordered_json::object();
    }
    if (operation.pattern == "/") {
        all["200"]["content"]["text/html"] = ordered_json::object();
    }
    if (tile) {
        all["204"] = {{"description", "No feature touches the tile"}};
    }
    all["400"] = reference("responses", "problem");
    if (has_parts) {
        all["404"] = reference("responses", "problem");
    }
    if (operation.takes_analysis) {
        all["409"] = reference("responses", "problem");
    }
    all["503"] = reference("responses", "problem");
    return all;
}

ordered_json describe(const Route& route) {
    const auto& operation = operation_of(route.pattern);
    const auto parts = parts_of(open_api_path(route.pattern));
    ordered_json parameters = ordered_json::array();
    for (const auto& part : parts) {
        parameters.push_back(path_parameter(route.pattern, part));
    }
    for (const auto name : operation.query) {
        // The landing page also comes as HTML, features as GeoJSON: each has its own choices of f.
        parameters.push_back(name == "f" ? format_parameter(route.pattern)
                                         : reference("parameters", name));
    }
    if (operation.takes_analysis) {
        for (const auto name : filter_names) {
            parameters.push_back(reference("parameters", name));
        }
        for (const auto name : density_names) {
            parameters.push_back(reference("parameters", name));
        }
    }
    return {{"summary", operation.summary},
            {"x-role", to_text(route.role)},
            {"parameters", parameters},
            {"responses", responses(operation, !parts.empty())}};
}

ordered_json paths() {
    ordered_json all;
    for (const auto& route : routes()) {
        auto method = std::string(to_text(route.method));
        std::transform(method.begin(), method.end(), method.begin(),
                       [](char c) { return static_cast<char>(c - 'A' + 'a'); });
        all[open_api_path(route.pattern)][method] = describe(route);
    }
    return all;
}

ordered_json problem_schema() {
    const ordered_json text{{"type", "string"}};
    return {{"type", "object"},
            {"required", {"type", "title", "status", "detail"}},
            {"properties",
             {{"type", text},
              {"title", text},
              {"status", {{"type", "integer"}}},
              {"detail", text},
              {"parameter", text}}}};
}

} // namespace

Response get_api(const AppContext& context, const Request& request, const PathParts&) {
    allow_json_only(request);
    const auto base = base_url(context, request);
    const ordered_json problem{
        {"description", "What is wrong, and what would be right (RFC 9457)"},
        {"content", {{"application/problem+json", {{"schema", reference("schemas", "problem")}}}}}};
    const ordered_json server{{"url", base.empty() ? "/" : base}};
    return json_response(
        {{"openapi", "3.0.3"},
         {"info",
          {{"title", "LLR Hotspots"},
           {"version", context.version},
           {"description", "Hotspots of public-place violence in Leicester, Leicestershire and "
                           "Rutland. Parameters that a path does not take are refused."}}},
         {"servers", ordered_json::array({server})},
         {"paths", paths()},
         {"components",
          {{"parameters", query_parameters()},
           {"responses", {{"problem", problem}}},
           {"schemas", {{"problem", problem_schema()}}}}}},
        "application/vnd.oai.openapi+json;version=3.0");
}

} // namespace hotspots::service
