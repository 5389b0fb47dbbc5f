// Links of pages of features and of single ones.
#include "service/handlers/item_documents.hpp"
#include "service/handlers/item_formats.hpp"
#include "service/parameters.hpp"

#include <algorithm>

namespace hotspots::service {

namespace {

std::string collection_url(const ItemAnswer& answer) {
    return answer.base + "/collections/" + std::string(answer.collection.name);
}

std::string_view type_of(std::string_view format) {
    const auto found =
        std::ranges::find(item_formats, format.empty() ? "geojson" : format, &MediaFormat::name);
    return found->media_type;
}

// The other formats of the same features: files hold all that match, not a page.
void add_alternates(std::vector<ItemLink>& links, const ItemAnswer& answer) {
    for (const auto& format : item_formats) {
        if (format.name == (answer.page.format.empty() ? "geojson" : answer.page.format)) {
            continue;
        }
        auto other = answer.page;
        other.format = format.name;
        const auto& parameters = answer.query.parameters;
        const auto query =
            is_download(format) ? whole_query(parameters, other) : page_query(parameters, other);
        links.push_back({"alternate", std::string(format.media_type),
                         collection_url(answer) + "/items?" + query});
    }
}

} // namespace

PageRows rows_of_page(const ItemAnswer& answer) {
    const auto matched = answer.set.rows.size();
    const auto begin = std::min(static_cast<std::size_t>(answer.page.offset), matched);
    return {begin, std::min(begin + static_cast<std::size_t>(answer.page.limit), matched)};
}

bool is_one_of_several(const ItemAnswer& answer) {
    const auto matched = static_cast<std::int64_t>(answer.set.rows.size());
    return answer.page.offset > 0 || answer.page.limit < matched;
}

std::vector<ItemLink> page_links(const ItemAnswer& answer) {
    const auto& page = answer.page;
    const auto url = collection_url(answer);
    const std::string type(type_of(page.format));
    const auto at = [&](std::int64_t limit, std::int64_t offset) {
        auto moved = page;
        moved.limit = limit;
        moved.offset = offset;
        moved.revision = answer.query.snapshot->revision.number;
        return url + "/items?" + page_query(answer.query.parameters, moved);
    };
    std::vector<ItemLink> links{
        {"self", type, url + "/items?" + page_query(answer.query.parameters, page)}};
    add_alternates(links, answer);
    if (page.offset > 0) {
        const auto limit = std::min(page.limit, page.offset);
        links.push_back({"prev", type, at(limit, page.offset - limit)});
    }
    if (page.offset + page.limit < static_cast<std::int64_t>(answer.set.rows.size())) {
        links.push_back({"next", type, at(page.limit, page.offset + page.limit)});
    }
    links.push_back({"collection", "application/json", url});
    links.push_back({"describedby", "application/json",
                     manifest_url(answer.base, answer.collection, answer.query.parameters,
                                  *answer.query.snapshot),
                     "Manifest"});
    links.push_back({"http://www.opengis.net/def/rel/ogc/1.0/queryables", "application/schema+json",
                     url + "/queryables"});
    return links;
}

std::vector<ItemLink> item_links(const ItemAnswer& answer, const std::string& id) {
    const auto url = collection_url(answer);
    const auto self = [&](std::string_view format) {
        auto page = answer.page;
        page.format = format;
        return url + "/items/" + encode_query_value(id) + '?' +
               whole_query(answer.query.parameters, page);
    };
    std::vector<ItemLink> links{
        {"self", std::string(type_of(answer.page.format)), self(answer.page.format)}};
    for (const auto& format : item_formats) {
        const auto own = answer.page.format.empty() ? "geojson" : answer.page.format;
        if (!is_download(format) && format.name != own) {
            links.push_back({"alternate", std::string(format.media_type), self(format.name)});
        }
    }
    links.push_back({"collection", "application/json", url});
    links.push_back({"describedby", "application/json",
                     manifest_url(answer.base, answer.collection, answer.query.parameters,
                                  *answer.query.snapshot),
                     "Manifest"});
    if (answer.collection.name == "hotspots") {
        links.push_back({"related", "application/json",
                         answer.base + "/hotspots/" + encode_query_value(id) + "/why?" +
                             answer.query.parameters.canonical_query(),
                         "Why here"});
    }
    return links;
}

std::string manifest_url(const std::string& base, const Collection& collection,
                         const AnalysisParameters& parameters, const data::Snapshot& snapshot) {
    return base + "/collections/" + std::string(collection.name) + "/manifest?" +
           parameters.canonical_query() + "&revision=" + std::to_string(snapshot.revision.number);
}

} // namespace hotspots::service
