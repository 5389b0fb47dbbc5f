// Features of a collection: pages, single ones, files (OGC API - Features Part 1, 7.15 and 7.16;
// Part 2: crs, bbox-crs and Content-Crs).
#include "service/app.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/collection.hpp"
#include "service/handlers/handlers.hpp"
#include "service/handlers/item_documents.hpp"
#include "service/handlers/item_files.hpp"
#include "service/handlers/item_filter.hpp"
#include "service/handlers/item_formats.hpp"
#include "service/html/items_page.hpp"
#include "service/manifest.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace hotspots::service {

namespace {

// OGC API - Features Part 2, 6.4: on every answer that holds coordinates.
void set_crs(Response& response, filter::Crs crs) {
    response.headers.push_back({"content-crs", '<' + std::string(uri_of(crs)) + '>'});
}

Response item_response(std::string body, const MediaFormat& format, const ItemPage& page,
                       const std::string& etag) {
    Response response;
    response.content_type = format.media_type;
    response.body = std::move(body);
    set_private_caching(response, etag);
    response.headers.push_back({"vary", "accept"});
    set_crs(response, page.crs);
    return response;
}

Response known_response(const ItemPage& page, const std::string& etag) {
    auto response = not_modified(etag);
    response.headers.push_back({"vary", "accept"});
    set_crs(response, page.crs);
    return response;
}

void refuse_paging(const Request& request, const MediaFormat& format) {
    for (const auto* name : {"limit", "offset"}) {
        if (has_parameter(request, name)) {
            throw bad_parameter(name, std::string(name) +
                                          " is of pages; f=" + std::string(format.name) +
                                          " gives all features that match, so leave it out");
        }
    }
}

// Where there are further pages they are of this revision, whatever is published meanwhile.
void keep_for_pages(const ItemAnswer& answer) {
    if (is_one_of_several(answer)) {
        kept_like(answer.context, *answer.query.snapshot).keep(answer.query.snapshot);
    }
}

std::uint64_t noted_rows(const ItemAnswer& answer) {
    const auto matched = static_cast<std::int64_t>(answer.set.rows.size());
    const auto left = std::max<std::int64_t>(0, matched - answer.page.offset);
    return static_cast<std::uint64_t>(std::min(answer.page.limit, left));
}

// Longer pages are sent while they are made.
constexpr std::uint64_t most_rows_at_once = 1000;

Response page_response(std::shared_ptr<const ItemAnswer> shared, const MediaFormat& format,
                       const std::string& etag) {
    const auto& answer = *shared;
    keep_for_pages(answer);
    auto response = item_response({}, format, answer.page, etag);
    response.rows = noted_rows(answer);
    if (format.name == "html") {
        response.body = items_html(answer);
    } else if (*response.rows <= most_rows_at_once) {
        response.body = page_geojson(answer);
    } else {
        response.parts = page_geojson_parts(std::move(shared));
    }
    return response;
}

Response file_response(const ItemAnswer& answer, const MediaFormat& format,
                       const std::string& etag) {
    auto response = item_response({}, format, answer.page, etag);
    add_item_file(response, answer, format);
    response.rows = answer.set.rows.size();
    return response;
}

} // namespace

Response get_items(const AppContext& context, const Request& request, const PathParts& parts) {
    const auto& collection = find_collection_with_items(parts.at("c"));
    const auto& format = choose_format(request, item_formats);
    auto page = read_item_page(request);
    FeatureQuery query{snapshot_of(context, request, page), {}, page.box, Purpose::items};
    query.parameters = read_parameters(collection, request.query, *query.snapshot,
                                       {"bbox", "bbox-crs", "crs", "filter", "filter-lang",
                                        "filter-crs", "limit", "offset", "revision", "f"});
    if (is_download(format)) {
        refuse_paging(request, format);
    }
    const auto filter = read_item_filter(request.query);
    page.filter = filter ? filter->canonical_query() : std::string();

    const auto base = base_url(context, request);
    const auto etag = revision_etag(context, *query.snapshot,
                                    base + "/collections/" + std::string(collection.name) +
                                        "/items?" + page_query(query.parameters, page) + ' ' +
                                        std::string(format.media_type));
    if (is_known(request, etag)) {
        return known_response(page, etag);
    }
    auto set = collection.find(context, query);
    if (filter) {
        apply(*filter, collection, set);
    }
    auto answer = std::make_shared<const ItemAnswer>(
        ItemAnswer{context, collection, std::move(query), std::move(set), std::move(page), base});
    return is_download(format) ? file_response(*answer, format, etag)
                               : page_response(std::move(answer), format, etag);
}

Response get_item(const AppContext& context, const Request& request, const PathParts& parts) {
    const auto& collection = find_collection_with_items(parts.at("c"));
    const auto& format = choose_format(request, single_item_formats);
    const auto& id = parts.at("id");
    const auto page = read_item_page(request);
    FeatureQuery query{snapshot_of(context, request, page), {}, {}, Purpose::items, id};
    query.parameters =
        read_parameters(collection, request.query, *query.snapshot, {"crs", "revision", "f"});

    const auto base = base_url(context, request);
    const auto etag = revision_etag(context, *query.snapshot,
                                    base + "/collections/" + std::string(collection.name) +
                                        "/items/" + id + '?' + whole_query(query.parameters, page) +
                                        ' ' + std::string(format.media_type));
    auto set = collection.find(context, query);
    const auto row = std::find_if(set.rows.begin(), set.rows.end(), [&](std::uint32_t candidate) {
        return set.has_id(candidate, id);
    });
    if (row == set.rows.end()) {
        throw not_found("there is no item " + service::quoted(id) + " in " +
                        std::string(collection.name) + " under these parameters at revision " +
                        std::to_string(query.snapshot->revision.number) +
                        "; ids are those of /collections/" + std::string(collection.name) +
                        "/items with the same parameters");
    }
    const auto found = *row;
    const ItemAnswer answer{context, collection, std::move(query), std::move(set), page, base};
    const bool html = format.name == "html";
    auto response = item_response(
        html ? item_html(answer, found, id) : item_geojson(answer, found, id), format, page, etag);
    response.rows = 1;
    return response;
}

Response get_manifest(const AppContext& context, const Request& request, const PathParts& parts) {
    static constexpr std::array<MediaFormat, 1> formats{{{"json", "application/json"}}};
    choose_format(request, formats);
    const auto& collection = find_collection_with_items(parts.at("c"));
    const auto page = read_item_page(request);
    const auto snapshot = snapshot_of(context, request, page);
    const auto parameters =
        read_parameters(collection, request.query, *snapshot, {"revision", "f"});
    std::string body = "{\"timeStamp\":\"" + data::format_utc(snapshot->revision.published) +
                       "\",\"collection\":\"" + std::string(collection.name) + "\",\"manifest\":";
    append_manifest(body, make_manifest(*snapshot, parameters, context.version));
    const auto self = manifest_url(base_url(context, request), collection, parameters, *snapshot);
    Response response;
    response.content_type = "application/json";
    response.body = body + "}\n";
    set_private_caching(response, revision_etag(context, *snapshot, self));
    return response;
}

} // namespace hotspots::service
