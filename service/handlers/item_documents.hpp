// Features of a collection as GeoJSON documents, with their links: pages and single ones. What HTML
// and GeoJSON share is in ItemAnswer.
#pragma once

#include "service/handlers/collection.hpp"
#include "service/handlers/item_page.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::service {

// All that the documents of one request are made of.
struct ItemAnswer {
    const AppContext& context;
    const Collection& collection;
    FeatureQuery query;
    FeatureSet set;
    ItemPage page;
    std::string base; // of links
};

struct ItemLink {
    std::string rel;
    std::string type;
    std::string href;
    std::string title = {};
};

// Rows of the set that are on the page: [begin, end).
struct PageRows {
    std::size_t begin = 0;
    std::size_t end = 0;
};
PageRows rows_of_page(const ItemAnswer& answer);

// Whether the page has one before or after it.
bool is_one_of_several(const ItemAnswer& answer);

// Self, other formats, the pages before and after (which name the revision), the collection.
// Pages that follow each other share no feature and leave none out, also where the first is short.
std::vector<ItemLink> page_links(const ItemAnswer& answer);
// `id` is the feature's.
std::vector<ItemLink> item_links(const ItemAnswer& answer, const std::string& id);

// Where the manifest of a collection's features is.
std::string manifest_url(const std::string& base, const Collection& collection,
                         const AnalysisParameters& parameters, const data::Snapshot& snapshot);

std::string page_geojson(const ItemAnswer& answer);
// The same text in parts, as Response::parts wants them: of long pages never all is in memory.
std::function<bool(std::string&)> page_geojson_parts(std::shared_ptr<const ItemAnswer> answer);
std::string item_geojson(const ItemAnswer& answer, std::uint32_t row, const std::string& id);

} // namespace hotspots::service
