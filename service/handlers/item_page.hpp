// What a request for a collection's items asks besides the analysis parameters: which page, in
// which place, revision, coordinate reference system and format. Links of pages are made of it.
#pragma once

#include "service/analysis.hpp"
#include "service/bounding_box.hpp"
#include "service/http/message.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace hotspots::service {

struct AppContext;
class KeptRevisions; // service/kept_revisions.hpp

inline constexpr std::int64_t default_item_limit = 100;
inline constexpr std::int64_t most_item_limit = 10'000;

struct ItemPage {
    std::int64_t limit = default_item_limit;
    std::int64_t offset = 0;
    std::optional<QueryBox> box;
    std::string filter; // as its canonical query; empty without one
    filter::Crs crs = filter::Crs::crs84;
    std::optional<std::int64_t> revision; // that the page is to be cut from
    std::string format;                   // as asked for with `f`; empty if not
};

// Without `filter`, which item_filter.hpp reads. Throws Problem.
ItemPage read_item_page(const Request& request);

// Whether the query has a parameter of this name.
bool has_parameter(const Request& request, std::string_view name);

// The snapshot of the page's revision, of those that the caller may see; the present one where it
// names none. Throws Problem: 410 where it is no longer kept, 400 where it is still to come.
std::shared_ptr<const data::Snapshot> snapshot_of(const AppContext& context, const Request& request,
                                                  const ItemPage& page);
// Where snapshots of its kind are kept.
KeptRevisions& kept_like(const AppContext& context, const data::Snapshot& snapshot);

// The query of the page, in a fixed order; all of what was asked, defaults that change with the
// data written out.
std::string page_query(const AnalysisParameters& parameters, const ItemPage& page);
// What of it all features share, page or not: without limit and offset.
std::string whole_query(const AnalysisParameters& parameters, const ItemPage& page);

} // namespace hotspots::service
