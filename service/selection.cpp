#include "data/quality/hit_rate.hpp"
#include "geo/stop.hpp"
#include "service/analysis.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace hotspots::service {

namespace {

// Whether an incident passes the filters. `unknown` where nothing refuses it, but a field that a
// filter asks for is not known: it then does not match, and is counted as left out.
enum class Match { no, unknown, yes };

Match both(Match a, Match b) {
    return std::min(a, b);
}

Match match_if(bool known, bool matches) {
    return !known ? Match::unknown : matches ? Match::yes : Match::no;
}

class Filter {
public:
    Filter(const data::Snapshot& snapshot, const AnalysisParameters& parameters)
        : m_snapshot(snapshot), m_columns(snapshot.columns), m_parameters(parameters),
          m_reads_record(parameters.source || parameters.weapon || parameters.under_25),
          m_begin_s(seconds(parameters.period.begin, std::numeric_limits<std::int64_t>::min())),
          m_end_s(seconds(parameters.period.end, std::numeric_limits<std::int64_t>::max())) {}

    // A time known to the month or day, or a window, is in a period that its interval touches.
    bool in_period(std::size_t i) const {
        return m_columns.begin_s[i] < m_end_s &&
               (m_columns.end_s[i] > m_begin_s || m_columns.begin_s[i] >= m_begin_s);
    }

    Match match(std::size_t i, const data::ScopeDecision& decision) const {
        Match result = Match::yes;
        if (m_parameters.group) {
            result = match_if(decision.group.has_value(), decision.group == m_parameters.group);
        }
        if (m_parameters.hours || m_parameters.days) {
            result = both(result, match_clock(m_columns.hour[i], m_columns.weekday[i]));
        }
        // The records lie scattered in memory, so they are looked at only where a filter asks for
        // them.
        if (m_reads_record && result != Match::no) {
            result = match_record(result, m_snapshot.incidents[i].record);
        }
        return result;
    }

private:
    static std::int64_t seconds(const std::optional<data::Instant>& instant, std::int64_t open) {
        return instant ? instant->time_since_epoch().count() : open;
    }

    bool asked_day(int weekday) const { return (*m_parameters.days >> weekday & 1) != 0; }

    // Hours across midnight belong to the day they start.
    Match match_clock(int hour, int weekday) const {
        Match result = Match::yes;
        bool wraps = false;
        bool after_midnight = false;
        if (m_parameters.hours) {
            const auto [first, last] = *m_parameters.hours;
            wraps = last < first;
            after_midnight = wraps && hour >= 0 && hour < last;
            const bool matches =
                wraps ? hour >= first || after_midnight : hour >= first && hour < last;
            result = match_if(hour >= 0, matches);
        }
        if (m_parameters.days) {
            const int day_before = (weekday + 6) % 7;
            const bool known = weekday >= 0;
            const bool matches = known && asked_day(after_midnight ? day_before : weekday);
            // A day of unknown hour may lie in the night of the day before.
            const bool maybe = known && hour < 0 && wraps && asked_day(day_before);
            result = both(result, match_if(known && !maybe, matches));
        }
        return result;
    }

    Match match_record(Match result, const data::RawRecord& record) const {
        if (m_parameters.source) {
            result = both(result, match_if(true, record.source == *m_parameters.source));
        }
        if (m_parameters.weapon) {
            result = both(result, match_if(record.weapon != data::Weapon::unknown,
                                           record.weapon == *m_parameters.weapon));
        }
        if (m_parameters.under_25) {
            const bool known = record.victim_age.has_value();
            result = both(result, match_if(known, known && *record.victim_age < 25));
        }
        return result;
    }

    const data::Snapshot& m_snapshot;
    const data::IncidentColumns& m_columns;
    const AnalysisParameters& m_parameters;
    bool m_reads_record;
    std::int64_t m_begin_s;
    std::int64_t m_end_s;
};

// Records pass faster than it is worth looking at each.
void stop_now_and_then(std::size_t record) {
    if (record % 4096 == 0) {
        geo::stop_if_asked();
    }
}

void count(Selection& selection, const data::Snapshot& snapshot, std::size_t i) {
    ++selection.in_scope;
    if (snapshot.columns.mapped[i] != 0) {
        selection.incidents.push_back(static_cast<std::uint32_t>(i));
    } else if (const auto& location = snapshot.incidents[i].location;
               location.status == data::GeocodeStatus::outside) {
        ++selection.outside;
        if (location.point) {
            selection.outside_incidents.push_back(static_cast<std::uint32_t>(i));
        }
    } else {
        ++selection.unmapped;
    }
}

} // namespace

const data::ScopeColumn& scope_column(const data::Snapshot& snapshot, const std::string& scope) {
    const auto found = std::find_if(
        snapshot.scopes.begin(), snapshot.scopes.end(),
        [&](const data::ScopeColumn& column) { return column.profile->name() == scope; });
    if (found == snapshot.scopes.end()) {
        throw std::invalid_argument("no scope profile " + scope);
    }
    return *found;
}

std::optional<double> Selection::hit_rate() const {
    return data::hit_rate(static_cast<std::int64_t>(incidents.size()), unmapped);
}

Selection select(const data::Snapshot& snapshot, const AnalysisParameters& parameters) {
    const auto& decisions = scope_column(snapshot, parameters.scope).decisions;
    const Filter filter(snapshot, parameters);
    Selection selection;
    for (std::size_t i = 0; i < decisions.size(); ++i) {
        stop_now_and_then(i);
        const auto& decision = decisions[i];
        if (decision.decision == data::Decision::out || !filter.in_period(i)) {
            continue;
        }
        const Match match = filter.match(i, decision);
        if (decision.decision == data::Decision::review) {
            selection.review += match == Match::yes;
        } else if (match == Match::yes) {
            count(selection, snapshot, i);
        } else {
            selection.filter_unknown += match == Match::unknown;
        }
    }
    return selection;
}

std::vector<std::uint32_t> select_all(const data::Snapshot& snapshot,
                                      const AnalysisParameters& parameters) {
    const auto& decisions = scope_column(snapshot, parameters.scope).decisions;
    const Filter filter(snapshot, parameters);
    std::vector<std::uint32_t> chosen;
    for (std::size_t i = 0; i < decisions.size(); ++i) {
        stop_now_and_then(i);
        if (filter.in_period(i) && filter.match(i, decisions[i]) == Match::yes) {
            chosen.push_back(static_cast<std::uint32_t>(i));
        }
    }
    return chosen;
}

std::vector<std::uint32_t> select_among(const data::Snapshot& snapshot,
                                        const AnalysisParameters& parameters,
                                        std::vector<std::uint32_t> rows) {
    const auto& decisions = scope_column(snapshot, parameters.scope).decisions;
    const Filter filter(snapshot, parameters);
    std::erase_if(rows, [&](std::uint32_t i) {
        return !filter.in_period(i) || filter.match(i, decisions[i]) != Match::yes;
    });
    return rows;
}

} // namespace hotspots::service
