// An intruder with a published document and GLPK, and nothing of data/release: a second opinion on
// the system of constraints, which the other attack of the tests shares with the protection.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <compare>
#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace hotspots::tests {

// Area, period and category as the document writes them.
using FigureName = std::tuple<std::string, std::string, std::string>;

// Months from January of the year 0, both ends included.
struct MonthSpan {
    int first = 0;
    int last = 0;
    auto operator<=>(const MonthSpan&) const = default;
};

// Of "2024-07/2025-06" or "2025-06".
MonthSpan span_of(const std::string& period);

struct FeasibleRange {
    std::int64_t lower = 0;
    std::int64_t upper = std::numeric_limits<std::int64_t>::max();
    bool is_safe() const { return upper >= 5 && upper - lower >= 4; }
};

// In which wards and quarters there are records across quarters' ends: taken to be known.
// The span is of whole quarters.
using KnownCrossings = std::set<std::pair<std::string, MonthSpan>>;

// Of every hidden figure, by linear programming over everything published; by branch and bound
// where the range holds just 5 values.
std::map<FigureName, FeasibleRange> attack_document(const nlohmann::ordered_json& document,
                                                    const KnownCrossings& crossings);

} // namespace hotspots::tests
