// The parameters `filter`, `filter-lang` and `filter-crs` of a collection's items (OGC API -
// Features Part 3, clauses 8 and 9). The one place where filters meet features.
#pragma once

#include "service/filter/expression.hpp"
#include "service/filter/literal_geometry.hpp"
#include "service/handlers/collection.hpp"
#include "service/http/message.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::service {

inline constexpr std::array<std::string_view, 3> item_filter_names{"filter", "filter-lang",
                                                                   "filter-crs"};
inline constexpr std::array<std::string_view, 2> filter_languages{"cql2-text", "cql2-json"};

struct ItemFilter {
    std::string source; // as given
    filter::Expression expression;
    filter::Crs crs = filter::Crs::crs84;

    // "filter=...[&filter-crs=...]": as CQL2 text in one spelling, equal for equal filters.
    std::string canonical_query() const;
};

// Empty where there is no `filter`; the others are then checked alone. Throws Problem that points
// at the character.
std::optional<ItemFilter> read_item_filter(const std::vector<QueryParameter>& query);

// Leaves the rows of which the filter is true. Dates are London's. Throws Problem for properties
// that the collection has not, for types that do not go together, and for what takes longer than
// 15 s.
void apply(const ItemFilter& filter, const Collection& collection, FeatureSet& set);

} // namespace hotspots::service
