// Analysis parameters (DESIGN: the same everywhere they make sense) and the incidents they choose.
// Filters say which incidents count; the density's parameters how hotspots are made of them, the
// cells' how they are counted on a lattice.
#pragma once

#include "data/snapshot.hpp"
#include "geo/cells.hpp"
#include "geo/density_estimate.hpp"
#include "service/http/message.hpp"

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hotspots::service {

inline constexpr std::array<std::string_view, 8> filter_names{
    "scope", "datetime", "group", "weapon", "age", "source", "hours", "days"};
inline constexpr std::array<std::string_view, 6> density_names{"bandwidth", "cell",     "kernel",
                                                               "edge",      "adaptive", "top"};
inline constexpr std::array<std::string_view, 2> cell_names{"cell", "shape"};
inline constexpr std::array<std::string_view, 2> level_names{"levels", "quantiles"};

inline constexpr double least_bandwidth_m = 50;
inline constexpr double most_bandwidth_m = 5000;
inline constexpr double least_top_percent = 0.01;
inline constexpr double most_top_percent = 5;
// A kernel reaches over at most so many cells, which bounds the work of a request.
inline constexpr double most_cells_reached = 36;

// Of the collection of cells.
inline constexpr double default_cell_m = 150;
inline constexpr double least_cell_m = 25;
inline constexpr double most_cell_m = 5000;

struct AnalysisParameters {
    std::string scope;
    // Open on both sides: all times. Of records it may end before it begins: `datetime` was then
    // given several times without time in common, and what lasts over the gap touches each.
    data::Period period;
    std::optional<data::OffenceGroup> group;
    std::optional<data::Weapon> weapon; // never `unknown`
    bool under_25 = false;
    std::optional<data::Source> source;
    // [first, last) on London's clocks, first 0..23, last 1..24; passes midnight where last <
    // first.
    std::optional<std::pair<int, int>> hours;
    std::optional<std::uint8_t> days; // bit 0 = Monday
    double bandwidth_m = 300;
    // Empty: chosen for the bandwidth; of the collection of cells default_cell_m.
    std::optional<double> cell_m;
    geo::CellShape shape = geo::CellShape::square;
    geo::Kernel kernel = geo::Kernel::quartic;
    geo::EdgeCorrection edge = geo::EdgeCorrection::none;
    bool adaptive = false; // bandwidths of the density's own for each place
    double top_percent = 0.25;
    // Of isobands, ascending; at most one of the two is not empty.
    std::vector<double> levels_per_km2;
    std::vector<double> quantiles; // shares of the study area's cells of a density above 0

    // Equal parameters give equal text, percent-encoded, in a fixed order: cache keys, manifests
    // and links are made of it. Scope and period are always written (their defaults change with the
    // data), the others where they differ from the default. Reads back to the same parameters.
    std::string canonical_query() const;

    friend bool operator==(const AnalysisParameters&, const AnalysisParameters&) = default;
};

// Reads and checks the analysis parameters of a query, filling in the snapshot's defaults. Throws
// Problem for a bad value; leaves parameters it does not know to `allowed_besides`, throws for
// others. `datetime` may be given several times and then stands for the time that all share.
AnalysisParameters read_analysis(const std::vector<QueryParameter>& query,
                                 const data::Snapshot& snapshot,
                                 std::initializer_list<std::string_view> allowed_besides);

// The names of the density's parameters without `top`: of what is made of the density alone.
std::vector<std::string_view> surface_names();

// The same for the density alone, without `top`, and for isobands, with `levels` or `quantiles`.
AnalysisParameters read_surface(const std::vector<QueryParameter>& query,
                                const data::Snapshot& snapshot,
                                std::initializer_list<std::string_view> allowed_besides);
AnalysisParameters read_isobands(const std::vector<QueryParameter>& query,
                                 const data::Snapshot& snapshot,
                                 std::initializer_list<std::string_view> allowed_besides);

// The same for cells: the filters, `cell` and `shape`.
AnalysisParameters read_cells(const std::vector<QueryParameter>& query,
                              const data::Snapshot& snapshot,
                              std::initializer_list<std::string_view> allowed_besides);

// The same for what has no density: the filters alone. Without `datetime` the period is the
// snapshot's default or, with DefaultPeriod::all, of records, all times.
enum class DefaultPeriod { recent, all };
AnalysisParameters read_filters(const std::vector<QueryParameter>& query,
                                const data::Snapshot& snapshot,
                                std::initializer_list<std::string_view> allowed_besides,
                                DefaultPeriod default_period = DefaultPeriod::recent);

// The decisions under the parameters' scope, one an incident.
const data::ScopeColumn& scope_column(const data::Snapshot& snapshot, const std::string& scope);

// The incidents that count under the parameters, and how many were left out and why.
struct Selection {
    std::vector<std::uint32_t> incidents; // indexes into the snapshot: in scope, in period, mapped
    std::int64_t in_scope = 0; // in scope and period and matching every filter, mapped or not
    std::int64_t unmapped = 0; // of those: not matched, and not outside
    std::int64_t outside = 0;  // of those: outside the study area
    // Those outside that have a point: for edge correction alone.
    std::vector<std::uint32_t> outside_incidents;
    std::int64_t review = 0; // in period and matching, but the scope says review
    // In scope and period, refused by no filter, but left out because a filtered field is unknown.
    std::int64_t filter_unknown = 0;

    std::optional<double>
    hit_rate() const; // matched / (matched + unmapped); empty if there are none
};

// O(incidents), a few nanoseconds each.
Selection select(const data::Snapshot& snapshot, const AnalysisParameters& parameters);

// Every incident that happened in the period and matches the filters, whatever its decision and
// mapped or not; by index, ascending.
std::vector<std::uint32_t> select_all(const data::Snapshot& snapshot,
                                      const AnalysisParameters& parameters);

// Of `rows`, indexes into the snapshot in any order, those that select_all() would choose, in the
// order given. O(rows).
std::vector<std::uint32_t> select_among(const data::Snapshot& snapshot,
                                        const AnalysisParameters& parameters,
                                        std::vector<std::uint32_t> rows);

} // namespace hotspots::service
