// What can be filtered by and what features carry, as JSON Schema (OGC API - Features Part 3,
// clause 6, and Part 5, published as Common Part 3: OGC 23-058r2, clauses 7, 10 and 11).
#include "service/app.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/collection.hpp"
#include "service/handlers/collection_properties.hpp"
#include "service/handlers/document_formats.hpp"
#include "service/handlers/handlers.hpp"

#include <nlohmann/json.hpp>

#include <array>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

// A document about what can be asked, or about what is answered: in the latter nulls show.
enum class About { filters, features };

std::string_view type_name(PropertyKind kind) {
    switch (kind) {
    case PropertyKind::number:
        return "number";
    case PropertyKind::whole_number:
        return "integer";
    case PropertyKind::boolean:
        return "boolean";
    case PropertyKind::texts:
        return "array";
    default:
        return "string";
    }
}

ordered_json geometry_schema(const PropertyInfo& property) {
    return {{"title", property.title},
            {"x-ogc-role", "primary-geometry"},
            {"format", property.kind == PropertyKind::point ? "geometry-point"
                                                            : "geometry-polygon-or-multipolygon"}};
}

ordered_json value_schema(const PropertyInfo& property, About about) {
    const bool with_null = property.may_be_null && about == About::features;
    ordered_json schema{{"title", property.title}};
    if (!property.description.empty()) {
        schema["description"] = property.description;
    }
    schema["type"] = type_name(property.kind);
    if (with_null) {
        schema["type"] = {type_name(property.kind), "null"};
    }
    if (property.kind == PropertyKind::texts) {
        schema["items"] = {{"type", "string"}};
    }
    if (property.kind == PropertyKind::time) {
        // Months and days are no date-time: there the form is told.
        if (about == About::filters) {
            schema["format"] = "date-time";
        } else {
            schema["pattern"] = "^[0-9]{4}-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?)?$";
        }
    }
    if (!property.words.empty()) {
        schema["enum"] = property.words;
        if (with_null) {
            schema["enum"].push_back(nullptr);
        }
    }
    if (!property.unit.empty()) {
        schema["x-ogc-unit"] = property.unit;
    }
    return schema;
}

ordered_json schema_of(const Collection& collection, About about, const std::string& url) {
    ordered_json properties = ordered_json::object();
    if (about == About::features) {
        const bool number = collection.name == "incidents";
        properties["id"] = {{"title", "Identifier of the feature"},
                            {"type", number ? "integer" : "string"},
                            {"x-ogc-role", "id"},
                            {"readOnly", true}};
    }
    for (const auto& property : properties_of(collection.name)) {
        const bool geometry = filter_type(property.kind) == filter::Type::geometry;
        properties[std::string(property.name)] =
            geometry ? geometry_schema(property) : value_schema(property, about);
    }
    return {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
            {"$id", url},
            {"type", "object"},
            {"title", collection.title},
            {"description", collection.description},
            {"properties", properties},
            {"additionalProperties", false}};
}

Response answer(const AppContext& context, const Request& request, const PathParts& parts,
                About about) {
    static constexpr std::array<MediaFormat, 2> formats{
        {{"json", "application/schema+json"}, {"json", "application/json"}}};
    allow_format_alone(request);
    const auto& format = choose_format(request, formats);
    const auto& collection = find_collection_with_items(parts.at("c"));
    const auto url = base_url(context, request) + "/collections/" + std::string(collection.name) +
                     (about == About::filters ? "/queryables" : "/schema");
    auto response =
        json_response(schema_of(collection, about, url), std::string(format.media_type));
    response.headers.push_back({"vary", "accept"});
    return response;
}

} // namespace

ordered_json collection_schema(const Collection& collection, const std::string& url) {
    return schema_of(collection, About::features, url + "/schema");
}

Response get_queryables(const AppContext& context, const Request& request, const PathParts& parts) {
    return answer(context, request, parts, About::filters);
}

Response get_schema(const AppContext& context, const Request& request, const PathParts& parts) {
    return answer(context, request, parts, About::features);
}

} // namespace hotspots::service
