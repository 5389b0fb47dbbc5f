// The one small lattice of tables that a release consists of: wards by 12 months to each quarter's
// end; authorities by quarter and those years; the whole by month, too, and by group and knife.
#pragma once

#include "data/release/release.hpp"

#include <string>
#include <utility>
#include <vector>

namespace hotspots::data {

// Months are counted from January of the year 0, quarters begin with months divisible by 3.
int month_index(std::chrono::year_month month);
std::chrono::year_month month_at(int index);

// Whole quarters that the tables cover, first and last month included.
struct ReleaseSpan {
    int first_month = 0;
    int last_month = 0;
    friend bool operator==(const ReleaseSpan&, const ReleaseSpan&) = default;
};

struct ReleasePeriods {
    std::vector<ReleasePeriod> years; // each newest first
    std::vector<ReleasePeriod> quarters;
    std::vector<ReleasePeriod> months;
};
// Precondition: the span holds at least four quarters.
ReleasePeriods periods_of(const ReleaseSpan& span);

struct CellKey {
    AreaLevel level = AreaLevel::ward;
    std::string area;
    ReleasePeriod period;
    ReleaseCategory category = ReleaseCategory::all;
};
// "E05000001, 2024-07/2025-06, under-25"
std::string to_text(const CellKey& key);

// Every cell, in the order of areas, periods and categories.
std::vector<CellKey> lattice_cells(const std::vector<ReleasedArea>& areas,
                                   const ReleasePeriods& periods,
                                   const std::vector<ReleaseCategory>& categories);

// The cells of a release that was made.
std::vector<std::pair<CellKey, Figure>> cells_of(const Release& release);

} // namespace hotspots::data
