// The list of collections and each one's description (OGC API - Features, 7.13 and 7.14).
#include "geo/geometry.hpp"
#include "service/app.hpp"
#include "service/coordinate_systems.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/collection.hpp"
#include "service/handlers/document_formats.hpp"
#include "service/handlers/handlers.hpp"
#include "service/html/document_pages.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

// Where and when: left out as far as there are no wards or no records.
ordered_json extent(const data::Snapshot& snapshot) {
    ordered_json extent = ordered_json::object();
    geo::Box<geo::LonLat> box;
    for (const auto& authority : snapshot.authorities) {
        const auto bounds = geo::bounds(authority.outline);
        box.extend(bounds.min);
        box.extend(bounds.max);
    }
    if (!box.empty()) {
        const ordered_json corners{box.min.lon_deg, box.min.lat_deg, box.max.lon_deg,
                                   box.max.lat_deg};
        extent["spatial"] = {{"bbox", ordered_json::array({corners})},
                             {"crs", uri_of(filter::Crs::crs84)}};
    }
    const auto& times = snapshot.columns;
    if (!times.begin_s.empty()) {
        const auto text = [](std::int64_t utc_s) {
            return data::format_utc(data::Instant(std::chrono::seconds(utc_s)));
        };
        const ordered_json interval{
            text(*std::min_element(times.begin_s.begin(), times.begin_s.end())),
            text(*std::max_element(times.end_s.begin(), times.end_s.end()))};
        extent["temporal"] = {{"interval", ordered_json::array({interval})}};
    }
    return extent;
}

ordered_json describe(const Collection& collection, const ordered_json& extent,
                      const data::Snapshot& snapshot, const std::string& base) {
    const std::string name(collection.name);
    const auto url = base + "/collections/" + name;
    return {{"id", name},
            {"title", collection.title},
            {"description", collection.description},
            {"attribution", attribution(snapshot)},
            {"itemType", "feature"},
            {"extent", extent},
            {"crs", crs_uris()},
            // Points and outlines are kept as longitude and latitude.
            {"storageCrs", uri_of(filter::Crs::crs84)},
            {"parameters", parameter_names(collection)},
            {"links",
             {{{"href", url}, {"rel", "self"}, {"type", "application/json"}},
              {{"href", url + "?f=html"},
               {"rel", "alternate"},
               {"type", "text/html"},
               {"title", "This collection as a page"}},
              {{"href", url + "/items"},
               {"rel", "items"},
               {"type", "application/geo+json"},
               {"title", "Items as GeoJSON"}},
              {{"href", url + "/items?f=html"},
               {"rel", "items"},
               {"type", "text/html"},
               {"title", "Items as pages"}},
              {{"href", url + "/queryables"},
               {"rel", "http://www.opengis.net/def/rel/ogc/1.0/queryables"},
               {"type", "application/schema+json"},
               {"title", "Properties to filter by"}},
              {{"href", url + "/schema"},
               {"rel", "http://www.opengis.net/def/rel/ogc/1.0/schema"},
               {"type", "application/schema+json"},
               {"title", "Properties of the features"}},
              {{"href", base + "/tiles/" + name + ".json"},
               {"rel", "describedby"},
               {"type", "application/json"},
               {"title", "Vector tiles (TileJSON)"}},
              {{"href", url + "/tiles"},
               {"rel", "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"},
               {"type", "application/json"},
               {"title", "Vector tiles (OGC API - Tiles)"}},
              {{"href", base + "/styles/" + name + ".json"},
               {"rel", "http://www.opengis.net/def/rel/ogc/1.0/styles"},
               {"type", "application/vnd.mapbox.style+json"},
               {"title", "Map style"}}}}};
}

} // namespace

Response get_collections(const AppContext& context, const Request& request, const PathParts&) {
    const auto& format = choose_document_format(request);
    const auto snapshot = take_snapshot(context, request);
    const auto base = base_url(context, request);
    const auto shared_extent = extent(*snapshot);
    ordered_json list = ordered_json::array();
    for (const auto& collection : collections()) {
        if (collection.has_items && request.caller.role >= collection.role) {
            list.push_back(describe(collection, shared_extent, *snapshot, base));
        }
    }
    const ordered_json self{
        {"href", base + "/collections"}, {"rel", "self"}, {"type", "application/json"}};
    const ordered_json page{{"href", base + "/collections?f=html"},
                            {"rel", "alternate"},
                            {"type", "text/html"},
                            {"title", "The collections as a page"}};
    const ordered_json document{{"timeStamp", data::format_utc(snapshot->revision.published)},
                                {"links", ordered_json::array({self, page})},
                                {"crs", crs_uris()},
                                {"collections", list}};
    auto response = format.name == "html"
                        ? html_response(collections_html(html_frame(context, request), document))
                        : json_response(document);
    set_private_caching(response, revision_etag(context, *snapshot,
                                                base + "/collections " + std::string(format.name)));
    response.headers.push_back({"vary", "accept"});
    return response;
}

Response get_collection(const AppContext& context, const Request& request, const PathParts& parts) {
    const auto& format = choose_document_format(request);
    const auto& collection = find_collection_with_items(parts.at("c"));
    const auto snapshot = take_snapshot(context, request);
    const auto base = base_url(context, request);
    const auto url = base + "/collections/" + std::string(collection.name);
    const auto document = describe(collection, extent(*snapshot), *snapshot, base);
    auto response = format.name == "html"
                        ? html_response(collection_html(html_frame(context, request), document,
                                                        collection_schema(collection, url)))
                        : json_response(document);
    set_private_caching(response,
                        revision_etag(context, *snapshot, url + ' ' + std::string(format.name)));
    response.headers.push_back({"vary", "accept"});
    return response;
}

} // namespace hotspots::service
