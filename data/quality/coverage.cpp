#include "data/quality/coverage.hpp"

#include "data/snapshot.hpp"

#include <algorithm>
#include <array>

namespace hotspots::data {

namespace {

using namespace std::chrono;

constexpr std::size_t sources = 3;
constexpr double days_of_a_month = 30.4;
constexpr double seconds_of_a_day = 86400;

year_month month_of(Instant instant) {
    const auto day = london_time(instant).day;
    return day.year() / day.month();
}

// The London months that [begin, end) touches, and when each begins, with the end of the last.
struct Months {
    std::vector<year_month> months;
    std::vector<std::int64_t> begins_s;

    Months(Instant begin, Instant end) {
        const auto last = month_of(end - seconds(1));
        for (auto month = month_of(begin); month <= last; month += std::chrono::months(1)) {
            months.push_back(month);
        }
        for (const auto month : months) {
            begins_s.push_back(begin_s(month));
        }
        begins_s.push_back(begin_s(last + std::chrono::months(1)));
    }

    static std::int64_t begin_s(year_month month) {
        return london_midnight(month / day(1)).time_since_epoch().count();
    }
};

struct Counted {
    std::vector<std::int64_t> by_month;
    std::optional<std::int64_t> first_s;
};

std::array<Counted, sources> count(const Snapshot& snapshot, const Months& months) {
    std::array<Counted, sources> counted;
    for (auto& of_source : counted) {
        of_source.by_month.resize(months.months.size());
    }
    for (std::size_t i = 0; i < snapshot.incidents.size(); ++i) {
        auto& of_source = counted.at(static_cast<std::size_t>(snapshot.incidents[i].record.source));
        const auto begin_s = snapshot.columns.begin_s[i];
        of_source.first_s = std::min(of_source.first_s.value_or(begin_s), begin_s);
        if (begin_s >= months.begins_s.front() && begin_s < months.begins_s.back()) {
            const auto next =
                std::upper_bound(months.begins_s.begin(), months.begins_s.end(), begin_s);
            ++of_source.by_month[static_cast<std::size_t>(next - months.begins_s.begin() - 1)];
        }
    }
    return counted;
}

Coverage judge(Source source, const Counted& counted, const Months& months, Instant begin) {
    Coverage coverage;
    coverage.source = source;
    coverage.first_record = Instant(seconds(*counted.first_s));
    coverage.months = static_cast<std::int64_t>(months.months.size());
    std::int64_t records = 0;
    std::int64_t held = 0; // months with any
    for (const auto in_month : counted.by_month) {
        records += in_month;
        held += in_month > 0 ? 1 : 0;
    }
    // Where the whole span is empty nothing says how many there should be: it is not covered.
    const double usual =
        held > 0 ? static_cast<double>(records) / static_cast<double>(held) : expected_of_a_gap;
    for (std::size_t i = 0; i < counted.by_month.size() && usual >= expected_of_a_gap; ++i) {
        if (counted.by_month[i] == 0) {
            coverage.missing.push_back(months.months[i]);
        }
    }
    const auto late = static_cast<double>((*coverage.first_record - begin).count());
    coverage.begins_late = late / seconds_of_a_day / days_of_a_month * usual >= expected_of_a_gap;
    return coverage;
}

} // namespace

std::vector<Coverage> coverage_of(const Snapshot& snapshot, Instant begin, Instant end) {
    std::vector<Coverage> all;
    if (end <= begin) {
        return all;
    }
    const Months months(begin, end);
    const auto counted = count(snapshot, months);
    for (std::size_t source = 0; source < sources; ++source) {
        if (counted[source].first_s) {
            all.push_back(judge(static_cast<Source>(source), counted[source], months, begin));
        }
    }
    return all;
}

} // namespace hotspots::data
