#include "service/record_coverage.hpp"

#include "data/quality/coverage.hpp"

#include <algorithm>

namespace hotspots::service {

namespace {

std::vector<data::Coverage> coverage_of(const data::Snapshot& snapshot,
                                        std::optional<data::Source> source, data::Instant begin,
                                        data::Instant end) {
    auto all = data::coverage_of(snapshot, begin, end);
    std::erase_if(all, [&](const data::Coverage& c) { return source && c.source != *source; });
    return all;
}

} // namespace

std::vector<std::chrono::year_month> months_without_record(const data::Snapshot& snapshot,
                                                           std::optional<data::Source> source,
                                                           data::Instant begin, data::Instant end) {
    std::vector<std::chrono::year_month> months;
    for (const auto& coverage : coverage_of(snapshot, source, begin, end)) {
        months.insert(months.end(), coverage.missing.begin(), coverage.missing.end());
    }
    std::ranges::sort(months);
    months.erase(std::unique(months.begin(), months.end()), months.end());
    return months;
}

std::string what_lacks(const data::Snapshot& snapshot, std::optional<data::Source> source,
                       const data::Period& period) {
    for (const auto& coverage :
         coverage_of(snapshot, source, period.begin.value(), period.end.value())) {
        if (!coverage.complete()) {
            return coverage.missing.empty()
                       ? data::format_period(period) + " begins before the first record of " +
                             std::string(data::to_text(coverage.source))
                       : "of the " + std::to_string(coverage.months) + " months of " +
                             data::format_period(period) + ' ' +
                             std::to_string(coverage.missing.size()) + " hold no record of " +
                             std::string(data::to_text(coverage.source));
        }
    }
    return {};
}

} // namespace hotspots::service
