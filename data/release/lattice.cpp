#include "data/release/lattice.hpp"

#include <algorithm>

namespace hotspots::data {

namespace {

using namespace std::chrono;

bool is_of_ages(ReleaseCategory category) {
    return category == ReleaseCategory::all || category == ReleaseCategory::under_25;
}

std::vector<ReleasePeriod> all_of(PeriodKind kind, const ReleaseSpan& span) {
    const int step = kind == PeriodKind::month ? 1 : 3;
    const int length = kind == PeriodKind::year ? 12 : step;
    std::vector<ReleasePeriod> list;
    for (int last = span.last_month; last - length + 1 >= span.first_month; last -= step) {
        list.push_back({kind, month_at(last)});
    }
    return list;
}

std::vector<const std::vector<ReleasePeriod>*> periods_for(AreaLevel level,
                                                           const ReleasePeriods& periods) {
    switch (level) {
    case AreaLevel::ward:
        return {&periods.years};
    case AreaLevel::authority:
        return {&periods.years, &periods.quarters};
    case AreaLevel::whole:
        break;
    }
    return {&periods.years, &periods.quarters, &periods.months};
}

} // namespace

int month_index(year_month month) {
    return int{month.year()} * 12 + static_cast<int>(unsigned{month.month()}) - 1;
}

year_month month_at(int index) {
    return year(index / 12) / month(static_cast<unsigned>(index % 12) + 1);
}

ReleasePeriods periods_of(const ReleaseSpan& span) {
    return {all_of(PeriodKind::year, span), all_of(PeriodKind::quarter, span),
            all_of(PeriodKind::month, span)};
}

std::string to_text(const CellKey& key) {
    return key.area + ", " + key.period.text() + ", " + std::string(to_text(key.category));
}

std::vector<CellKey> lattice_cells(const std::vector<ReleasedArea>& areas,
                                   const ReleasePeriods& periods,
                                   const std::vector<ReleaseCategory>& categories) {
    std::vector<CellKey> cells;
    for (const auto& area : areas) {
        for (const auto* list : periods_for(area.level, periods)) {
            for (const auto& period : *list) {
                for (const auto category : categories) {
                    if (area.level == AreaLevel::whole || is_of_ages(category)) {
                        cells.push_back({area.level, area.code, period, category});
                    }
                }
            }
        }
    }
    return cells;
}

std::vector<std::pair<CellKey, Figure>> cells_of(const Release& release) {
    const ReleasePeriods periods{release.years, release.quarters, release.months};
    std::vector<std::pair<CellKey, Figure>> cells;
    for (auto& key : lattice_cells(release.areas, periods, release.rule.categories)) {
        if (const auto* figure = release.find(key.area, key.period, key.category)) {
            cells.emplace_back(std::move(key), *figure);
        }
    }
    return cells;
}

} // namespace hotspots::data
