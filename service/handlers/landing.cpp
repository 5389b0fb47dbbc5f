// The front door: the web client for people, OGC API links for programs.
#include "service/app.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/handlers.hpp"
#include "service/handlers/web_file.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

std::string_view trimmed(std::string_view text) {
    const auto first = std::min(text.find_first_not_of(" \t"), text.size());
    text.remove_prefix(first);
    return text.substr(0, text.find_last_not_of(" \t") + 1);
}

// How much an Accept list wants a media type that it names outright (RFC 9110, 12.5.1).
double named_quality(std::string_view accept, std::string_view type) {
    double quality = 0;
    for (std::size_t begin = 0; begin < accept.size();) {
        const auto end = std::min(accept.find(',', begin), accept.size());
        const auto range = trimmed(accept.substr(begin, end - begin));
        if (trimmed(range.substr(0, range.find(';'))) == type) {
            const auto q = range.find("q=");
            const auto value =
                q == range.npos ? std::optional(1.0) : parse_number(trimmed(range.substr(q + 2)));
            quality = std::max(quality, value.value_or(0));
        }
        begin = end + 1;
    }
    return quality;
}

// Browsers name text/html; programs that name nothing get what they can read.
bool wants_html(const Request& request) {
    for (const auto& parameter : request.query) {
        if (parameter.name == "f") {
            static constexpr std::array<std::string_view, 2> formats{"html", "json"};
            return choice("f", parameter.value, formats) == 0;
        }
    }
    const auto accept = request.header("accept").value_or("");
    const double html = named_quality(accept, "text/html");
    return html > 0 && html >= named_quality(accept, "application/json");
}

ordered_json link(const std::string& href, std::string_view rel, std::string_view type,
                  std::string_view title) {
    return {{"href", href}, {"rel", rel}, {"type", type}, {"title", title}};
}

Response json_landing(const AppContext& context, const Request& request) {
    const auto base = base_url(context, request);
    return json_response(
        {{"title", "LLR Hotspots"},
         {"description", "Where public-place violence happened in Leicester, Leicestershire and "
                         "Rutland: hotspots, "
                         "wards and incidents as GeoJSON and vector tiles"},
         {"links",
          {link(base + "/?f=json", "self", "application/json", "This document"),
           link(base + "/?f=html", "alternate", "text/html", "Map"),
           link(base + "/api", "service-desc", "application/vnd.oai.openapi+json;version=3.0",
                "What can be asked for"),
           link(base + "/conformance", "conformance", "application/json", "Standards kept"),
           link(base + "/collections", "data", "application/json", "Collections")}}});
}

} // namespace

Response get_landing(const AppContext& context, const Request& request, const PathParts&) {
    const bool html = wants_html(request);
    if (!html) {
        allow_json_only(request);
    }
    // The page keeps its filters in its own query, so any is right for it.
    auto response = html ? web_file(context.web, "index.html") : json_landing(context, request);
    response.headers.push_back({"vary", "accept"});
    return response;
}

Response get_data_page(const AppContext& context, const Request&, const PathParts&) {
    return web_file(context.web, "data.html"); // its part and record are in its own query
}

Response get_conformance(const AppContext&, const Request& request, const PathParts&) {
    allow_json_only(request);
    ordered_json classes = ordered_json::array();
    const auto add = [&](const std::string& standard, std::initializer_list<const char*> names) {
        for (const auto* name : names) {
            classes.push_back("http://www.opengis.net/spec/" + standard + "/conf/" + name);
        }
    };
    add("ogcapi-features-1/1.0", {"core", "geojson", "oas30"});
    add("ogcapi-features-3/1.0", {"queryables", "filter", "features-filter"});
    add("ogcapi-common-3/1.0", {"schemas", "returnables-and-receivables", "queryables"});
    add("cql2/1.0", {"cql2-text", "cql2-json", "basic-cql2", "advanced-comparison-operators",
                     "case-insensitive-comparison", "basic-spatial-functions",
                     "basic-spatial-functions-plus", "spatial-functions", "temporal-functions",
                     "array-functions", "property-property", "arithmetic"});
    return json_response({{"conformsTo", classes}});
}

} // namespace hotspots::service
