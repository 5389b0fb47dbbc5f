// Analysis parameters (DESIGN: the same everywhere they make sense) -> the incidents they choose ->
// the hotspots they give. Results are shared between requests: one computation per revision and
// parameters, however many ask.
#pragma once

#include "data/snapshot.hpp"
#include "geo/density.hpp"
#include "geo/hotspots.hpp"
#include "service/http/message.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hotspots::service {

struct AnalysisParameters {
    std::string scope;
    data::Period period;
    std::optional<data::OffenceGroup> group;
    std::optional<data::Weapon> weapon;
    bool under_25 = false;
    std::optional<data::Source> source;
    std::optional<std::pair<int, int>> hours; // [first, last) on London's clocks; may pass midnight
    std::optional<std::uint8_t> days;         // bit 0 = Monday
    double bandwidth_m = 300;
    std::optional<double> cell_m;
    geo::Kernel kernel = geo::Kernel::quartic;
    double top_percent = 0.25;

    // Equal parameters give equal text: cache keys, manifests, `self` links. Only what differs from
    // the defaults, in a fixed order, percent-encoded.
    std::string canonical_query() const;
};

// Reads and checks the analysis parameters of a query, filling in the snapshot's defaults. Throws
// Problem for a bad value; leaves parameters it does not know to `allowed_besides`, throws for others.
AnalysisParameters read_analysis(const std::vector<QueryParameter>& query,
                                 const data::Snapshot& snapshot,
                                 std::initializer_list<std::string_view> allowed_besides);

// The incidents that count under the parameters, and how many were left out and why.
struct Selection {
    std::vector<std::uint32_t> incidents; // indexes into the snapshot: in scope, in period, mapped
    std::int64_t in_scope = 0;     // in scope and period and matching every filter, mapped or not
    std::int64_t unmapped = 0;     // of those: not matched, and not outside
    std::int64_t outside = 0;      // of those: outside the study area
    std::int64_t review = 0;       // in period and matching, but the scope says review
    std::int64_t filter_unknown = 0; // left out because a filtered field is unknown
    std::optional<double> hit_rate() const; // matched / (matched + unmapped); empty if there are none
};
Selection select(const data::Snapshot& snapshot, const AnalysisParameters& parameters);

} // namespace hotspots::service
