#include "service/handlers/api_answers.hpp"

#include "service/coordinate_systems.hpp"
#include "service/handlers/api_schemas.hpp"
#include "service/handlers/item_formats.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

constexpr std::string_view items_pattern = "/collections/{c}/items";
constexpr std::string_view item_pattern = "/collections/{c}/items/{id}";

ordered_json text_schema() {
    return {{"type", "string"}};
}

ordered_json whole_schema() {
    return {{"type", "integer"}, {"minimum", 0}};
}

ordered_json schema_reference(std::string_view name) {
    return {{"$ref", "#/components/schemas/" + std::string(name)}};
}

ordered_json array_of(const ordered_json& schema) {
    return {{"type", "array"}, {"items", schema}};
}

ordered_json object_schema(std::initializer_list<const char*> required, ordered_json properties) {
    return {{"type", "object"}, {"required", required}, {"properties", std::move(properties)}};
}

// The documents that are described, by the pattern of their path.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> documents_by_path{
    {{"/", "landingPage"},
     {"/conformance", "conformance"},
     {"/collections", "collections"},
     {"/collections/{c}", "collection"},
     {"/collections/{c}/queryables", "jsonSchema"},
     {"/collections/{c}/schema", "jsonSchema"},
     {"/collections/{c}/manifest", "manifestDocument"},
     {items_pattern, "featureCollection"},
     {item_pattern, "feature"}}};

std::string_view document_of(std::string_view pattern) {
    const auto found = std::ranges::find(documents_by_path, pattern,
                                         &std::pair<std::string_view, std::string_view>::first);
    return found == documents_by_path.end() ? std::string_view() : found->second;
}

ordered_json links_schema() {
    return object_schema({"href", "rel"}, {{"href", text_schema()},
                                           {"rel", text_schema()},
                                           {"type", text_schema()},
                                           {"title", text_schema()}});
}

ordered_json manifest_schema() {
    return object_schema(
        {"id", "parameters", "revision", "version", "scope", "crs_operation"},
        {{"id", text_schema()},
         {"parameters", text_schema()},
         {"revision", whole_schema()},
         {"version", text_schema()},
         {"scope", object_schema({"profile", "version"},
                                 {{"profile", text_schema()}, {"version", whole_schema()}})},
         {"crs_operation", text_schema()}});
}

// In the system that Content-Crs names.
ordered_json served_geometry_schema() {
    return {{"type", "object"},
            {"nullable", true},
            {"required", {"type", "coordinates"}},
            {"properties",
             {{"type", {{"type", "string"}, {"enum", {"Point", "MultiPolygon"}}}},
              {"coordinates", array_of(ordered_json::object())}}}};
}

// Of all features and pages: where they come from.
ordered_json provenance_properties() {
    return {{"timeStamp", {{"type", "string"}, {"format", "date-time"}}},
            {"demo", {{"type", "boolean"}}},
            {"marking", {{"type", "string"}, {"nullable", true}}},
            {"attribution", text_schema()},
            {"manifest", schema_reference("manifest")},
            {"links", array_of(schema_reference("link"))}};
}

ordered_json feature_schema() {
    auto properties = provenance_properties();
    properties["type"] = {{"type", "string"}, {"enum", {"Feature"}}};
    properties["id"] = {{"oneOf", ordered_json::array({text_schema(), whole_schema()})}};
    properties["geometry"] = served_geometry_schema();
    properties["properties"] = {{"type", "object"}};
    return object_schema({"type", "id", "geometry", "properties"}, std::move(properties));
}

ordered_json feature_collection_schema() {
    auto properties = provenance_properties();
    properties["type"] = {{"type", "string"}, {"enum", {"FeatureCollection"}}};
    properties["numberMatched"] = whole_schema();
    properties["numberReturned"] = whole_schema();
    properties["features"] = array_of(schema_reference("feature"));
    return object_schema(
        {"type", "features", "numberMatched", "numberReturned", "timeStamp", "links", "manifest"},
        std::move(properties));
}

ordered_json extent_schema() {
    const auto numbers = array_of({{"type", "number"}});
    const auto texts = array_of({{"type", "string"}, {"nullable", true}});
    return {{"type", "object"},
            {"properties",
             {{"spatial",
               object_schema({"bbox"}, {{"bbox", array_of(numbers)}, {"crs", text_schema()}})},
              {"temporal", object_schema({"interval"}, {{"interval", array_of(texts)}})}}}};
}

ordered_json collection_description_schema() {
    return object_schema({"id", "links", "crs", "storageCrs"},
                         {{"id", text_schema()},
                          {"title", text_schema()},
                          {"description", text_schema()},
                          {"attribution", text_schema()},
                          {"itemType", text_schema()},
                          {"extent", extent_schema()},
                          {"crs", array_of(text_schema())},
                          {"storageCrs", text_schema()},
                          {"parameters", array_of(text_schema())},
                          {"links", array_of(schema_reference("link"))}});
}

} // namespace

ordered_json answer_content(const Operation& operation) {
    ordered_json content;
    const auto of_path = document_of(operation.pattern);
    const auto document =
        of_path.empty() ? answer_schema_name(operation.method, operation.pattern) : of_path;
    const auto add = [&](std::string_view media_type) {
        const auto type = std::string(media_type.substr(0, media_type.find("; charset")));
        const bool json = type.substr(0, type.find(';')).ends_with("json");
        const bool binary = type.starts_with("application/") && !json;
        auto& entry = content[type];
        entry = ordered_json::object();
        if (json && !document.empty()) {
            entry["schema"] = schema_reference(document);
        } else if (type.starts_with("text/")) {
            entry["schema"] = text_schema();
        } else if (binary && operation.pattern == items_pattern) {
            entry["schema"] = {{"type", "string"}, {"format", "binary"}};
        }
    };
    if (operation.pattern == items_pattern || operation.pattern == item_pattern) {
        for (const auto& format : item_formats) {
            if (operation.pattern == items_pattern || !is_download(format)) {
                add(format.media_type);
            }
        }
        return content;
    }
    add(operation.media_type);
    const bool as_json = operation.media_type == geojson_type || operation.pattern == "/api" ||
                         document == "jsonSchema";
    if (as_json) {
        add(json_type);
    }
    if (operation.pattern == "/analysis/compare") {
        add("image/tiff");
    }
    if (operation.pattern == "/archives/{name}") {
        add("application/vnd.sqlite3");
    }
    if (operation.pattern == "/audit") {
        add("text/csv");
        add(html_media_type);
    }
    if (negotiates_format(operation) && document != "jsonSchema") {
        add(html_media_type);
    }
    return content;
}

ordered_json answer_headers(const Operation& operation) {
    if (operation.pattern != items_pattern && operation.pattern != item_pattern) {
        return ordered_json::object();
    }
    return {{"Content-Crs",
             {{"description", "The coordinate reference system of the answer's coordinates, as "
                              "<URI>"},
              {"schema", text_schema()}}},
            {"ETag", {{"description", "Equal for equal answers"}, {"schema", text_schema()}}}};
}

bool negotiates_format(const Operation& operation) {
    static constexpr std::array<std::string_view, 9> patterns{"/",
                                                              "/api",
                                                              "/conformance",
                                                              "/collections",
                                                              "/collections/{c}",
                                                              items_pattern,
                                                              item_pattern,
                                                              "/collections/{c}/queryables",
                                                              "/collections/{c}/schema"};
    return std::ranges::find(patterns, operation.pattern) != patterns.end();
}

bool takes_revision(const Operation& operation) {
    return std::ranges::find(operation.query, "revision") != operation.query.end();
}

ordered_json answer_schemas() {
    const auto links = array_of(schema_reference("link"));
    return {
        {"link", links_schema()},
        {"manifest", manifest_schema()},
        {"landingPage", object_schema({"title", "links"}, {{"title", text_schema()},
                                                           {"description", text_schema()},
                                                           {"links", links}})},
        {"conformance", object_schema({"conformsTo"}, {{"conformsTo", array_of(text_schema())}})},
        {"collection", collection_description_schema()},
        {"collections", object_schema({"links", "collections"},
                                      {{"timeStamp", {{"type", "string"}, {"format", "date-time"}}},
                                       {"links", links},
                                       {"crs", array_of(text_schema())},
                                       {"collections", array_of(schema_reference("collection"))}})},
        {"jsonSchema", object_schema({"$schema", "$id", "type", "properties"},
                                     {{"$schema", text_schema()},
                                      {"$id", text_schema()},
                                      {"type", text_schema()},
                                      {"title", text_schema()},
                                      {"description", text_schema()},
                                      {"properties", {{"type", "object"}}}})},
        {"manifestDocument",
         object_schema({"timeStamp", "collection", "manifest"},
                       {{"timeStamp", {{"type", "string"}, {"format", "date-time"}}},
                        {"collection", text_schema()},
                        {"manifest", schema_reference("manifest")}})},
        {"feature", feature_schema()},
        {"featureCollection", feature_collection_schema()}};
}

} // namespace hotspots::service
