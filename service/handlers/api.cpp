// What can be asked for, as OpenAPI 3.0: made from the table of routes, so that it lists what
// exists.
#include "service/analysis.hpp"
#include "service/app.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/api_answers.hpp"
#include "service/handlers/api_operations.hpp"
#include "service/handlers/api_parameters.hpp"
#include "service/handlers/api_schemas.hpp"
#include "service/handlers/collection.hpp"
#include "service/handlers/document_formats.hpp"
#include "service/handlers/handlers.hpp"
#include "service/html/document_pages.hpp"
#include "service/problem.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <vector>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

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

ordered_json responses(const Operation& operation, bool has_parts, const Policy& policy) {
    ordered_json all;
    const bool tile = operation.media_type == mvt_type;
    auto& success = all[std::string(operation.success)];
    success = {{"description", "What was asked for"}, {"content", answer_content(operation)}};
    if (auto headers = answer_headers(operation); !headers.empty()) {
        success["headers"] = std::move(headers);
    }
    if (tile) {
        all["204"] = {{"description", "No feature touches the tile"}};
    }
    all["400"] = reference("responses", "problem");
    all["401"] = reference("responses", "problem"); // a key that is not known, on any path
    if (policy.role() != Role::anyone || policy.is_of_collection()) {
        all["403"] = reference("responses", "problem");
    }
    if (has_parts) {
        all["404"] = reference("responses", "problem");
    }
    const bool analysis =
        operation.pattern.starts_with("/analysis/") || operation.pattern.starts_with("/hotspots/");
    const bool density = operation.pattern == "/density.tif";
    if (analysis) {
        all["202"] = {
            {"description", "Still being computed: Location is the job's address"},
            {"content", {{std::string(json_type), {{"schema", reference("schemas", "job")}}}}}};
    }
    if (negotiates_format(operation) || operation.pattern == "/connect") {
        all["406"] = reference("responses", "problem");
    }
    if (takes_revision(operation)) {
        all["410"] = reference("responses", "problem");
    }
    if (operation.takes_analysis || analysis || density || operation.method == Method::del) {
        all["409"] = reference("responses", "problem");
    }
    if (!operation.body_types.empty()) {
        all["413"] = reference("responses", "problem");
    }
    if (operation.method == Method::post && operation.pattern == "/session") {
        all["429"] = reference("responses", "problem");
    }
    all["503"] = reference("responses", "problem");
    return all;
}

ordered_json request_body(const Operation& operation) {
    ordered_json content;
    for (const auto type : operation.body_types) {
        content[std::string(type)] = ordered_json::object();
    }
    return {{"required", true}, {"content", content}};
}

// "get_collections_c_items": no two operations share it.
std::string operation_id(const Route& route) {
    std::string id(to_text(route.method));
    bool separate = true;
    for (const char c : route.pattern) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (letter && separate) {
            id.push_back('_');
        }
        separate = !letter;
        if (letter) {
            id.push_back(c);
        }
    }
    std::transform(id.begin(), id.end(), id.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return id;
}

ordered_json describe(const Route& route, Role role) {
    const auto& operation = operation_of(route.method, route.pattern);
    const auto parts = parts_of(open_api_path(route.pattern));
    ordered_json parameters = ordered_json::array();
    for (const auto& part : parts) {
        parameters.push_back(path_parameter(route.pattern, part, role));
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
        parameters.push_back(reference("parameters", "shape"));
        for (const auto name : level_names) {
            parameters.push_back(reference("parameters", name));
        }
    }
    ordered_json described{{"operationId", operation_id(route)},
                           {"summary", operation.summary},
                           {"x-role", to_text(route.policy.role())},
                           {"parameters", parameters},
                           {"responses", responses(operation, !parts.empty(), route.policy)}};
    if (!operation.body_types.empty()) {
        described["requestBody"] = request_body(operation);
    }
    return described;
}

// What the role may ask for.
ordered_json paths(Role role) {
    ordered_json all;
    for (const auto& route : routes()) {
        if (role < route.policy.role()) {
            continue;
        }
        auto method = std::string(to_text(route.method));
        std::transform(method.begin(), method.end(), method.begin(),
                       [](char c) { return static_cast<char>(c - 'A' + 'a'); });
        all[open_api_path(route.pattern)][method] = describe(route, role);
    }
    return all;
}

// Any of them, or none: what no credentials may do is the service's matter.
ordered_json security() {
    const auto none = ordered_json::object();
    const auto empty = ordered_json::array();
    return ordered_json::array({none, {{"bearer", empty}}, {{"basic", empty}}});
}

ordered_json security_schemes() {
    return {{"bearer", {{"type", "http"}, {"scheme", "bearer"}, {"description", "An API key"}}},
            {"basic",
             {{"type", "http"},
              {"scheme", "basic"},
              {"description", "Any user name, and an API key as password"}}}};
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
              {"parameter", text},
              {"position", {{"type", "integer"}, {"minimum", 0}}}}}};
}

} // namespace

ordered_json api_document(const AppContext& context, const Request& request) {
    const auto base = base_url(context, request);
    const ordered_json problem{
        {"description", "What is wrong, and what would be right (RFC 9457)"},
        {"content", {{"application/problem+json", {{"schema", reference("schemas", "problem")}}}}}};
    const ordered_json server{{"url", base.empty() ? "/" : base}};
    auto schemas = answer_schemas();
    add_answer_schemas(schemas);
    schemas["problem"] = problem_schema();
    return {{"openapi", "3.0.3"},
            {"info",
             {{"title", "LLR Hotspots"},
              {"version", context.version},
              {"description", "Hotspots of public-place violence in Leicester, Leicestershire and "
                              "Rutland. Parameters that a path does not take are refused."}}},
            {"servers", ordered_json::array({server})},
            {"security", security()},
            {"paths", paths(request.caller.role)},
            {"components",
             {{"parameters", query_parameters()},
              {"responses", {{"problem", problem}}},
              {"schemas", schemas},
              {"securitySchemes", security_schemes()}}}};
}

Response get_api(const AppContext& context, const Request& request, const PathParts&) {
    static constexpr std::array<MediaFormat, 3> formats{
        {{"json", "application/vnd.oai.openapi+json;version=3.0"},
         {"json", "application/json"},
         {"html", html_media_type}}};
    allow_format_alone(request);
    const auto& format = choose_format(request, formats);
    const auto document = api_document(context, request);
    auto response = format.name == "html"
                        ? html_response(api_html(html_frame(context, request), document))
                        : json_response(document, std::string(format.media_type));
    response.headers.push_back({"vary", "accept"});
    return response;
}

} // namespace hotspots::service
