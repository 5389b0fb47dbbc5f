#include "service/handlers/api_schemas.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

// An object's properties, as name:type with a space between: s text, n number, b true or false, o
// object, * anything, @name another schema, [type] a list; ? may be null, ~ may be missing. &name
// stands for the properties of another object.
struct ObjectSchema {
    std::string_view name;
    std::string_view properties;
};

constexpr std::array<ObjectSchema, 56> object_schemas{{
    {"counts", "in_scope:n unmapped:n outside:n review:n filter_unknown:n hit_rate:n?"},
    {"provenance", "timeStamp:s demo:b marking:s? attribution:s manifest:@manifest"},
    {"plainFeature", "type:s geometry:o properties:o"},
    {"cellFeature", "id:s &plainFeature"},
    {"health", "status:s version:s revision:o demo:b crs_operation:o incidents~:n wards:n "
               "newest_record~:s? last_import~:o? default_scope:s default_period:s? "
               "scopes:[@scopeProfile] marking:s?"},
    {"scopeProfile", "name:s version:n title:s"},
    {"live", "status:s version:s"},
    {"tileJson", "tilejson:s name:s tiles:[s] minzoom:n maxzoom:n bounds~:[n] "
                 "vector_layers:[@vectorLayer]"},
    {"vectorLayer", "id:s fields:o description:s"},
    {"tileMatrixSets", "tileMatrixSets:[@tileMatrixSetItem] links:[@link]"},
    {"tileMatrixSetItem", "id:s title:s uri:s crs:s links:[@link]"},
    {"tileMatrixSet", "id:s title:s uri:s crs:s orderedAxes:[s] wellKnownScaleSet:s "
                      "tileMatrices:[@tileMatrix]"},
    {"tileMatrix", "id:s scaleDenominator:n cellSize:n cornerOfOrigin:s pointOfOrigin:[n] "
                   "tileWidth:n tileHeight:n matrixWidth:n matrixHeight:n"},
    {"tileSets", "tilesets:[@tileSetItem] links:[@link]"},
    {"tileSetItem", "title:s dataType:s crs:s tileMatrixSetURI:s links:[@link]"},
    {"tileSet", "&tileSetItem description:s attribution:s layers:[@tileLayer] boundingBox~:o "
                "tileMatrixSetLimits~:[@tileLimits]"},
    {"tileLayer", "id:s title:s dataType:s geometryDimension:n minTileMatrix:s maxTileMatrix:s "
                  "propertiesSchema:o links~:[@link]"},
    {"tileLimits", "tileMatrix:s minTileRow:n maxTileRow:n minTileCol:n maxTileCol:n"},
    {"styles", "default:s styles:[@styleItem] links:[@link]"},
    {"styleItem", "id:s title:s links:[@link]"},
    {"mapStyle", "version:n name:s glyphs:s sources:o layers:[o]"},
    {"quality", "revision:n timeStamp:s scope:s? datetime:s? selection:s records:n mapped:n "
                "unmapped:n outside:n hit_rate:n? below_gate:b on_default_points:n statuses:o "
                "levels:o gate:o groupings:[o] dependence:[o] traps:[o]"},
    {"bandwidths", "&counts period:s points:n places:n kernel:s default_m:n suggestions:[o] "
                   "advice:s &provenance"},
    {"nearRepeat", "&counts period:s incidents:n time_too_coarse:n place_too_coarse:n pairs:n "
                   "permutations:n seed:n method:s distances_m:[@knoxBand] "
                   "delays_days:[@knoxBand] cells:[@knoxCell] &provenance"},
    {"knoxBand", "label:s above:n? up_to:n pairs:n"},
    {"knoxCell", "distance:s delay:s observed:n expected:n? ratio:n? permutation_mean:n p:n "
                 "p_adjusted:n significant:b"},
    {"spaceTime", "type:s numberMatched:n numberReturned:n &counts period:s shape:s cell_m:n "
                  "cells:n slice:s slices:[o] slices_without_record:[s] patterns:o method:s "
                  "&provenance links:[@link] features:[@cellFeature]"},
    {"comparison", "type:s numberMatched:n numberReturned:n as:s unit:s first:@comparedSide "
                   "with:@comparedSide in_both:n bandwidth_m:n cell_m:n levels:[n] method:s "
                   "totals~:o? test~:o tolerance~:[n] compared_cells~:n no_case_cells~:n "
                   "masked_cells~:n not_drawn~:n only_in_health~:o? &provenance "
                   "features:[@plainFeature]"},
    {"comparedSide",
     "&counts incidents:n too_uncertain:n on_default_points:n period:s source:s? group:s?"},
    {"stability", "&counts too_uncertain:n period:s bandwidth_m:n cell_m:n "
                  "median_uncertainty_m:n? seed:n runs:o method:s hotspots:[@survival] "
                  "&provenance"},
    {"survival", "id:s rank:n label:s incidents:n survival:n survived:n runs:n bandwidth:n "
                 "shift:n jitter:n bootstrap:n"},
    {"streets", "&counts period:s incidents:n on_streets:n on_no_street:n named_streets:n "
                "streets_with_incidents:n capture:[o] sentence:s top:[o] rule:s &provenance"},
    {"evaluation", "first:o next:o study_area_km2:n bandwidth_m:n cell_m:n compared_cell_m:n "
                   "best_possible:n? hotspots:o cells:o chance:o method:s &provenance"},
    {"why", "id:s rank:n of:n label:s incidents:n share:n area_km2:n peak_per_km2:n wards:[s] "
            "period:s times:o groups:[o] weapons:[o] knife:o under_25:o sources:o streets:o "
            "median_uncertainty_m:n hit_rate:o change:o stability:@cardSurvival counted:o "
            "&provenance links:[@link]"},
    {"cardSurvival", "survival:n? survived:n? runs:n? href:s"},
    {"releases", "numberMatched:n releases:[@releaseHead] links:[@link]"},
    {"releaseHead",
     "number:n created:s scope:o version:s demo:b newest_year:s sha256:s withdrawn:s? "
     "withdrawn_reason:s? links:[@link]"},
    {"release", "number:n"},
    {"wardSummary", "code:s name:s authority_code:s authority:s place:s area_km2:n population:n? "
                    "sentences:[s] figures:[@wardFigure] tables:[o] notes:[o] release:o? "
                    "timeStamp:s demo:b attribution:s manifest:@manifest links:[@link]"},
    {"wardFigure", "datetime:s category:s incidents:n? suppressed:b hidden:s? rate_per_1000:n? "
                   "per_km2:n?"},
    {"job", "id:s title:s state:s progress:n error:s? links:[@link]"},
    {"jobs", "jobs:[@job]"},
    {"located", "query:s status:s level:s? longitude:n? latitude:n? easting:n? northing:n? "
                "uncertainty_m:n? score:n? matched_text:s? rule:s ward_code:s? ward:s? "
                "candidates:[o]"},
    {"imports", "numberMatched:n imports:[@import]"},
    {"import", "id:s import_id:n? state:s files:[s] format:s started:s rows:n? stored:n? "
               "updated:n? duplicate:n? rejected:n? progress:* error:* links:[@link]"},
    {"review", "numberMatched:n numberReturned:n timeStamp:s by_reason:o items:[@reviewItem] "
               "links:[@link]"},
    {"reviewItem", "id:n incident_id:s source:s occurred_from:s location_text:s? reason:s? "
                   "status:s level:s? longitude:n? latitude:n? uncertainty_m:n? score:n? "
                   "matched_text:s? rule:s? ward_code:s? candidates:[o]"},
    {"reviewedItem", "&reviewItem history:[o]"},
    {"session", "name:s? role:s purpose:s? by:s idle_seconds_left:n? seconds_left:n?"},
    {"users", "users:[@user]"},
    {"user", "name:s role:s created:s changed:s disabled:b"},
    {"keys", "keys:[@key]"},
    {"key", "id:n name:s role:s purpose:s created:s expires:s?"},
    {"audit", "numberReturned:n timeStamp:s? manifest:@auditManifest entries:[@auditEntry] "
              "links:[@link]"},
    {"auditManifest", "id:s parameters:s seq:n hash:s version:s"},
    {"auditEntry", "seq:n prev:s time:s who~:s role~:s action~:s phase~:s what~:s parameters~:o "
                   "rows~:n status~:n address~:s reason~:s request~:s note~:s hash:s"},
}};

struct AnswerSchema {
    std::string_view pattern; // of GET
    std::string_view name;
};

constexpr std::array<AnswerSchema, 34> answer_schema_table{{
    {"/health", "health"},
    {"/health/ready", "health"},
    {"/health/live", "live"},
    {"/tiles/{c}.json", "tileJson"},
    {"/tileMatrixSets", "tileMatrixSets"},
    {"/tileMatrixSets/{id}", "tileMatrixSet"},
    {"/collections/{c}/tiles", "tileSets"},
    {"/collections/{c}/tiles/WebMercatorQuad", "tileSet"},
    {"/styles", "styles"},
    {"/styles/{name}.json", "mapStyle"},
    {"/quality", "quality"},
    {"/analysis/bandwidths", "bandwidths"},
    {"/analysis/near-repeat", "nearRepeat"},
    {"/analysis/space-time", "spaceTime"},
    {"/analysis/compare", "comparison"},
    {"/analysis/stability", "stability"},
    {"/analysis/streets", "streets"},
    {"/hotspots/evaluation", "evaluation"},
    {"/hotspots/{id}/why", "why"},
    {"/releases", "releases"},
    {"/releases/{id}", "release"},
    {"/wards/{code}/summary", "wardSummary"},
    {"/jobs", "jobs"},
    {"/jobs/{id}", "job"},
    {"/geocode", "located"},
    {"/imports", "imports"},
    {"/imports/{id}", "import"},
    {"/review", "review"},
    {"/session", "session"},
    {"/users", "users"},
    {"/keys", "keys"},
    {"/audit", "audit"},
    {"/review/{id}", "reviewedItem"},
    {"/api", "openApi"},
}};

std::string_view properties_of(std::string_view name) {
    for (const auto& schema : object_schemas) {
        if (schema.name == name) {
            return schema.properties;
        }
    }
    throw std::logic_error("no schema " + std::string(name) + " for /api");
}

ordered_json type_schema(std::string_view code) {
    if (code.ends_with('?')) {
        auto schema = type_schema(code.substr(0, code.size() - 1));
        schema["nullable"] = true;
        return schema;
    }
    switch (code.front()) {
    case '[':
        return {{"type", "array"}, {"items", type_schema(code.substr(1, code.size() - 2))}};
    case '@':
        return {{"$ref", "#/components/schemas/" + std::string(code.substr(1))}};
    case 's':
        return {{"type", "string"}};
    case 'n':
        return {{"type", "number"}};
    case 'b':
        return {{"type", "boolean"}};
    case 'o':
        return {{"type", "object"}};
    case '*':
        return ordered_json::object();
    default:
        throw std::logic_error("no type " + std::string(code) + " of schemas for /api");
    }
}

void add_properties(ordered_json& schema, std::string_view properties) {
    for (std::size_t begin = 0; begin < properties.size();) {
        const auto end = std::min(properties.find(' ', begin), properties.size());
        const auto word = properties.substr(begin, end - begin);
        begin = end + 1;
        if (word.starts_with('&')) {
            add_properties(schema, properties_of(word.substr(1)));
            continue;
        }
        const auto colon = word.find(':');
        const bool optional = word[colon - 1] == '~';
        const std::string name(word.substr(0, optional ? colon - 1 : colon));
        if (!optional) {
            schema["required"].push_back(name);
        }
        schema["properties"][name] = type_schema(word.substr(colon + 1));
    }
}

} // namespace

std::string_view answer_schema_name(Method method, std::string_view pattern) {
    if (method != Method::get) {
        return {};
    }
    for (const auto& answer : answer_schema_table) {
        if (answer.pattern == pattern) {
            return answer.name;
        }
    }
    return {};
}

void add_answer_schemas(ordered_json& schemas) {
    for (const auto& [name, properties] : object_schemas) {
        ordered_json schema{{"type", "object"}};
        add_properties(schema, properties);
        schemas[std::string(name)] = std::move(schema);
    }
    schemas["openApi"] = {{"type", "object"},
                          {"required", {"openapi", "info", "paths", "components"}}};
}

} // namespace hotspots::service
