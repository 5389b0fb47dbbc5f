#include "data/snapshot_columns.hpp"

#include <algorithm>

namespace hotspots::data {

namespace {

using namespace std::chrono;

// The last instant that the record may mean, of a half-open interval of whole seconds.
Instant last_instant(const Moment& moment) {
    return moment.precision == TimePrecision::exact ? moment.begin : moment.end - seconds(1);
}

std::int32_t ward_index(std::span<const Ward> wards, const std::string& code) {
    const auto at = std::lower_bound(wards.begin(), wards.end(), code,
                                     [](const Ward& ward, const auto& c) { return ward.code < c; });
    const bool found = !code.empty() && at != wards.end() && at->code == code;
    return found ? static_cast<std::int32_t>(at - wards.begin()) : -1;
}

void reserve(IncidentColumns& columns, std::size_t size) {
    columns.point.reserve(size);
    columns.mapped.reserve(size);
    columns.ward.reserve(size);
    columns.begin_s.reserve(size);
    columns.end_s.reserve(size);
    columns.from_end_s.reserve(size);
    columns.hour.reserve(size);
    columns.weekday.reserve(size);
    columns.uncertainty_m.reserve(size);
}

// Months before a day of the calendar; the month's last day where it has no such day.
year_month_day months_before(year_month_day day, int count) {
    const auto moved = day - months(count);
    return moved.ok() ? moved : year_month_day(moved.year() / moved.month() / last);
}

year_month_day day_after(Instant instant) {
    return year_month_day(sys_days(london_time(instant).day) + days(1));
}

} // namespace

ClockReading read_clock(const Moment& from, const std::optional<Moment>& to) {
    const auto first = london_time(from.begin);
    const auto last = london_time(last_instant(to.value_or(from)));
    ClockReading reading;
    if (first.day != last.day) {
        return reading;
    }
    reading.weekday = static_cast<std::int8_t>(first.weekday);
    const bool exact =
        from.precision == TimePrecision::exact && (!to || to->precision == TimePrecision::exact);
    if (exact && first.hour == last.hour) {
        reading.hour = static_cast<std::int8_t>(first.hour);
    }
    return reading;
}

IncidentColumns make_columns(std::span<const Incident> incidents, std::span<const Ward> wards) {
    IncidentColumns columns;
    reserve(columns, incidents.size());
    for (const auto& incident : incidents) {
        const auto& location = incident.location;
        const auto& record = incident.record;
        const bool mapped = location.status == GeocodeStatus::matched && location.point;
        columns.point.push_back(location.point.value_or(geo::BngPoint{}));
        columns.mapped.push_back(mapped ? 1 : 0);
        columns.ward.push_back(ward_index(wards, incident.ward_code));
        const auto begin = record.occurred_from.begin;
        const auto end = record.occurred_to.value_or(record.occurred_from).end;
        columns.begin_s.push_back(begin.time_since_epoch().count());
        const auto at_least_a_second = [&](Instant until) {
            return std::max(until, begin + seconds(1)).time_since_epoch().count();
        };
        columns.end_s.push_back(at_least_a_second(end));
        columns.from_end_s.push_back(at_least_a_second(record.occurred_from.end));
        const auto clock = read_clock(record.occurred_from, record.occurred_to);
        columns.hour.push_back(clock.hour);
        columns.weekday.push_back(clock.weekday);
        columns.uncertainty_m.push_back(
            mapped ? static_cast<float>(location.uncertainty_m.value_or(0)) : 0.0F);
    }
    return columns;
}

std::vector<ScopeColumn> decide_scopes(std::span<const Incident> incidents) {
    std::vector<ScopeColumn> columns;
    for (const auto& profile : scope_profiles()) {
        ScopeColumn column;
        column.profile = &profile;
        column.decisions.reserve(incidents.size());
        for (const auto& incident : incidents) {
            column.decisions.push_back(profile.decide(incident.record));
        }
        columns.push_back(std::move(column));
    }
    return columns;
}

std::string choose_default_scope(std::span<const Incident> incidents) {
    const bool open_data =
        !incidents.empty() &&
        std::all_of(incidents.begin(), incidents.end(),
                    [](const Incident& incident) { return incident.record.format == "police-uk"; });
    return open_data ? "police-uk-open" : "vrn-2021";
}

std::optional<Period> choose_default_period(std::span<const Incident> incidents) {
    std::optional<Instant> last;
    for (const auto& incident : incidents) {
        const auto instant = last_instant(incident.record.occurred_from);
        last = std::max(last.value_or(instant), instant);
    }
    if (!last) {
        return std::nullopt;
    }
    const auto end = day_after(*last);
    return Period{london_midnight(months_before(end, 24)), london_midnight(end)};
}

} // namespace hotspots::data
