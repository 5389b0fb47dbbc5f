#include "data/release/counts.hpp"

#include <algorithm>
#include <set>

namespace hotspots::data {

namespace {

using Family = AtomKey::Family;

constexpr int under_age = 25;

int month_of(Instant instant) {
    const auto day = london_time(instant).day;
    return month_index(day.year() / day.month());
}

Instant instant_of(std::int64_t seconds) {
    return Instant(std::chrono::seconds(seconds));
}

// The records' times are read often and in order of months: a table of their beginnings is faster
// than the calendar.
class MonthTable {
public:
    explicit MonthTable(const ReleaseSpan& span) : m_first(span.first_month) {
        for (int month = span.first_month; month <= span.last_month + 1; ++month) {
            m_begins.push_back(london_midnight(month_at(month) / 1).time_since_epoch().count());
        }
    }

    std::int64_t begin_s() const { return m_begins.front(); }
    std::int64_t end_s() const { return m_begins.back(); }
    // Precondition: in the span.
    int month(std::int64_t seconds) const {
        const auto next = std::upper_bound(m_begins.begin(), m_begins.end(), seconds);
        return m_first + static_cast<int>(next - m_begins.begin()) - 1;
    }

private:
    int m_first;
    std::vector<std::int64_t> m_begins;
};

struct MonthRun {
    int first = 0;
    int last = 0;

    MonthRun quarters() const { return {first / 3 * 3, last / 3 * 3 + 2}; }
    int length() const { return last - first + 1; }
};

class RecordCounter {
public:
    RecordCounter(const Snapshot& snapshot, const ReleaseSpan& span)
        : m_snapshot(snapshot), m_months(span) {
        m_result.counts.span = span;
        for (const auto& ward : snapshot.wards) {
            m_result.counts.wards.push_back({ward.code, ward.authority_code});
        }
    }

    void add(std::size_t row, const ScopeDecision& decision) {
        const auto& columns = m_snapshot.columns;
        const auto begin = columns.begin_s[row];
        const auto end = columns.end_s[row];
        if (decision.decision == Decision::out || end <= m_months.begin_s() ||
            begin >= m_months.end_s()) {
            return;
        }
        if (auto* reason = why_not(row, decision)) {
            ++*reason;
            return;
        }
        if (begin < m_months.begin_s() || end > m_months.end_s()) {
            ++m_result.left_out.time_too_coarse;
            return;
        }
        add_counted(row, decision, {m_months.month(begin), m_months.month(end - 1)});
    }

    CountedRecords take() { return std::move(m_result); }

private:
    std::int64_t* why_not(std::size_t row, const ScopeDecision& decision) {
        auto& left_out = m_result.left_out;
        if (decision.decision == Decision::review) {
            return &left_out.review;
        }
        if (m_snapshot.columns.mapped[row] == 0) {
            const auto status = m_snapshot.incidents[row].location.status;
            return status == GeocodeStatus::outside ? &left_out.outside : &left_out.unmapped;
        }
        return m_snapshot.columns.ward[row] < 0 ? &left_out.without_ward : nullptr;
    }

    void add_counted(std::size_t row, const ScopeDecision& decision, const MonthRun& run) {
        const auto quarters = run.quarters();
        auto& left_out = m_result.left_out;
        if (quarters.length() > 12) {
            ++left_out.time_too_coarse;
            return;
        }
        const auto& record = m_snapshot.incidents[row].record;
        left_out.without_quarter += quarters.length() > 3 ? 1 : 0;
        left_out.without_month += quarters.length() == 3 && run.length() > 1 ? 1 : 0;
        left_out.age_unknown += record.victim_age ? 0 : 1;
        const int age = record.victim_age && *record.victim_age < under_age ? 0 : 1;
        const int group = decision.group ? static_cast<int>(*decision.group) : 3;
        const auto& ward =
            m_snapshot.wards[static_cast<std::size_t>(m_snapshot.columns.ward[row])].code;
        auto& atoms = m_result.counts.atoms;
        ++atoms[{Family::ward_age, ward, quarters.first, quarters.last, age}];
        ++atoms[{Family::age, {}, run.first, run.last, age}];
        ++atoms[{Family::group, {}, run.first, run.last, group}];
        ++atoms[{Family::knife, {}, run.first, run.last, record.weapon == Weapon::knife ? 0 : 1}];
    }

    const Snapshot& m_snapshot;
    MonthTable m_months;
    CountedRecords m_result;
};

} // namespace

std::optional<ReleaseSpan> covered_span(const Snapshot& snapshot, const ScopeColumn& scope,
                                        std::optional<Instant> not_after, int most_years) {
    std::set<int> months; // in which a record begins
    Instant newest{};
    for (std::size_t row = 0; row < snapshot.incidents.size(); ++row) {
        const auto& from = snapshot.incidents[row].record.occurred_from;
        if (scope.decisions[row].decision == Decision::out ||
            (not_after && from.begin > *not_after)) {
            continue;
        }
        months.insert(month_of(instant_of(snapshot.columns.begin_s[row])));
        // Of a month or a day all that is known is that it was over.
        const auto known = from.end > from.begin ? from.end - std::chrono::seconds(1) : from.end;
        newest = std::max(newest, known);
    }
    const auto has_record = [&](int first, int count) {
        const auto found = months.lower_bound(first);
        return found != months.end() && *found < first + count;
    };
    if (months.empty()) {
        return std::nullopt;
    }
    const int last_quarter = month_of(newest + std::chrono::days(7)) / 3 * 3 - 3;
    int first_quarter = last_quarter + 3;
    const int earliest = last_quarter - 3 * (most_years + 2);
    while (first_quarter - 3 >= earliest && has_record(first_quarter - 3, 3)) {
        first_quarter -= 3;
    }
    // What comes before the first record may not have been handed over.
    if (!has_record(first_quarter - 3, 3) && !has_record(first_quarter, 1)) {
        first_quarter += 3;
    }
    if (last_quarter - first_quarter < 9) {
        return std::nullopt;
    }
    return ReleaseSpan{first_quarter, last_quarter + 2};
}

CountedRecords count_records(const Snapshot& snapshot, const ScopeColumn& scope,
                             const ReleaseSpan& span) {
    RecordCounter counter(snapshot, span);
    for (std::size_t row = 0; row < snapshot.incidents.size(); ++row) {
        counter.add(row, scope.decisions[row]);
    }
    return counter.take();
}

} // namespace hotspots::data
