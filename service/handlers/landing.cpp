// The front door: the web client for people, OGC API links for programs.
#include "service/app.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/document_formats.hpp"
#include "service/handlers/handlers.hpp"
#include "service/handlers/panel_pages.hpp"
#include "service/handlers/web_file.hpp"
#include "service/html/document_pages.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <initializer_list>
#include <string>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

// Programs that name nothing get what they can read; the page keeps its filters in its own query.
bool wants_html(const Request& request) {
    static constexpr std::array<MediaFormat, 2> formats{
        {{"json", "application/json"}, {"html", html_media_type}}};
    return choose_format(request, formats).name == "html";
}

ordered_json link(const std::string& href, std::string_view rel, std::string_view type,
                  std::string_view title) {
    return {{"href", href}, {"rel", rel}, {"type", type}, {"title", title}};
}

ordered_json landing_document(const AppContext& context, const Request& request) {
    const auto base = base_url(context, request);
    return {
        {"title", "LLR Hotspots"},
        {"description", "Where public-place violence happened in Leicester, Leicestershire and "
                        "Rutland: hotspots, wards and incidents as GeoJSON and vector tiles"},
        {"links",
         {link(base + "/?f=json", "self", "application/json", "This document"),
          link(base + "/?f=html", "alternate", "text/html", "Map"),
          link(base + "/connect", "alternate", "text/html", "How to connect a GIS tool"),
          link(base + "/api", "service-desc", "application/vnd.oai.openapi+json;version=3.0",
               "What can be asked for"),
          link(base + "/api?f=html", "service-doc", "text/html",
               "What can be asked for, as a page"),
          link(base + "/conformance", "conformance", "application/json", "Standards kept"),
          link(base + "/collections", "data", "application/json", "Collections"),
          link(base + "/tileMatrixSets", "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes",
               "application/json", "Tile matrix sets"),
          link(base + "/styles", "http://www.opengis.net/def/rel/ogc/1.0/styles",
               "application/json", "Map styles")}}};
}

ordered_json conformance_document() {
    ordered_json classes = ordered_json::array();
    const auto add = [&](const std::string& standard, std::initializer_list<const char*> names) {
        for (const auto* name : names) {
            classes.push_back("http://www.opengis.net/spec/" + standard + "/conf/" + name);
        }
    };
    add("ogcapi-features-1/1.0", {"core", "geojson", "html", "oas30"});
    add("ogcapi-features-2/1.0", {"crs"});
    add("ogcapi-tiles-1/1.0", {"core", "tileset", "tilesets-list", "geodata-tilesets", "mvt"});
    add("ogcapi-features-3/1.0", {"queryables", "filter", "features-filter"});
    add("ogcapi-common-3/1.0", {"schemas", "returnables-and-receivables", "queryables"});
    add("cql2/1.0", {"cql2-text", "cql2-json", "basic-cql2", "advanced-comparison-operators",
                     "case-insensitive-comparison", "basic-spatial-functions",
                     "basic-spatial-functions-plus", "spatial-functions", "temporal-functions",
                     "array-functions", "property-property", "arithmetic"});
    return {{"conformsTo", classes}};
}

} // namespace

Response get_landing(const AppContext& context, const Request& request, const PathParts&) {
    const bool html = wants_html(request);
    const bool sees_records = request.caller.role >= Role::inspector;
    if (!html || !sees_records) {
        allow_format_alone(request);
    }
    // The map is of records.
    auto response = html && !sees_records ? areas_page(context, request)
                    : html                ? web_file(context.web, "index.html", request)
                                          : json_response(landing_document(context, request));
    response.headers.push_back({"vary", "accept"});
    return response;
}

Response get_connect_page(const AppContext& context, const Request& request, const PathParts&) {
    static constexpr std::array<MediaFormat, 1> formats{{{"html", html_media_type}}};
    allow_format_alone(request);
    choose_format(request, formats);
    return html_response(
        connect_html(html_frame(context, request), landing_document(context, request)));
}

Response get_data_page(const AppContext& context, const Request& request, const PathParts&) {
    return web_file(context.web, "data.html", request); // its part and record are in its own query
}

Response get_conformance(const AppContext& context, const Request& request, const PathParts&) {
    const bool html = choose_document_format(request).name == "html";
    auto response =
        html ? html_response(conformance_html(html_frame(context, request), conformance_document()))
             : json_response(conformance_document());
    response.headers.push_back({"vary", "accept"});
    return response;
}

} // namespace hotspots::service
