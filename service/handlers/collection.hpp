// The collections that are served, as items and as tiles: one table, and for each a function that
// finds the features of a query.
#pragma once

#include "data/snapshot.hpp"
#include "geo/geometry.hpp"
#include "service/analysis.hpp"
#include "service/bounding_box.hpp"
#include "service/filter/value.hpp"
#include "service/http/message.hpp"
#include "service/role.hpp"
#include "tiles/feature.hpp"

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hotspots::service {

struct AppContext;

enum class Purpose { items, tile };

struct FeatureQuery {
    std::shared_ptr<const data::Snapshot> snapshot; // not null
    AnalysisParameters parameters;
    std::optional<QueryBox> box;      // features that touch it; features without a place do not
    Purpose purpose = Purpose::items; // tiles carry fewer properties
    std::optional<std::string> id{};  // others than the feature of this id may be left out
};

// Features by row number: only those of a page or tile are made.
struct FeatureSet {
    std::vector<std::uint32_t> rows; // that match, in the collection's order
    // Features may point into the query's snapshot, which `feature` keeps alive.
    std::function<tiles::Feature(std::uint32_t)> feature;
    std::function<bool(std::uint32_t, std::string_view)> has_id;
    std::vector<tiles::Property> members; // of the collection as a whole: what was left out and why
    std::vector<std::pair<std::string_view, std::string>> documents; // more of them, as JSON text
    // Appends the feature as GeoJSON, the same text as that of `feature`, without making it. Empty:
    // it is made.
    std::function<void(std::string&, std::uint32_t, const tiles::PositionStyle&)> append;
    // Single properties, and `geometry`, without making features: for filters, which look at all of
    // them. Usable as long as the set is. Empty: the features are made.
    std::function<filter::Column(std::string_view name)> column;
};

enum class ParameterSet { none, filters, analysis, cells, isobands };

struct Collection {
    std::string_view name;
    std::string_view title;
    std::string_view description;
    Role role;      // the least that may see its features
    bool has_items; // false: tiles only
    ParameterSet parameters;
    DefaultPeriod default_period;
    int min_zoom; // of its tiles
    int max_zoom; // beyond which tiles hold no more detail
    std::vector<std::pair<std::string_view, std::string_view>> tile_fields; // name, TileJSON type
    FeatureSet (*find)(const AppContext&, const FeatureQuery&);
};

std::span<const Collection> collections();

// Null if there is none of the name.
const Collection* collection_or_null(std::string_view name);

// Throws Problem 404 naming those that there are.
const Collection& find_collection(std::string_view name);
const Collection& find_collection_with_items(std::string_view name);

// The collection's analysis parameters from a query. Throws Problem.
AnalysisParameters read_parameters(const Collection& collection,
                                   const std::vector<QueryParameter>& query,
                                   const data::Snapshot& snapshot,
                                   std::initializer_list<std::string_view> allowed_besides);

// The names of the analysis parameters that the collection takes.
std::vector<std::string_view> parameter_names(const Collection& collection);

FeatureSet find_wards(const AppContext& context, const FeatureQuery& query);
FeatureSet find_authorities(const AppContext& context, const FeatureQuery& query);
FeatureSet find_hotspots(const AppContext& context, const FeatureQuery& query);
FeatureSet find_cells(const AppContext& context, const FeatureQuery& query);
FeatureSet find_isobands(const AppContext& context, const FeatureQuery& query);
FeatureSet find_incidents(const AppContext& context, const FeatureQuery& query);
FeatureSet find_gazetteer(const AppContext& context, const FeatureQuery& query);

// The members of every collection that counts: in_scope, unmapped, outside, review, filter_unknown,
// hit_rate.
std::vector<tiles::Property> count_members(const Selection& selection);

// Null where empty.
tiles::Value text_or_null(std::string_view text);
tiles::Value number_or_null(std::optional<double> value);
// Rounded half away from zero, so that figures carry no more digits than they mean.
double rounded(double value, int decimals);

} // namespace hotspots::service
