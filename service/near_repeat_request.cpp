#include "service/near_repeat_request.hpp"

#include "data/quality/traps.hpp"
#include "service/number_parameters.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <algorithm>
#include <array>

namespace hotspots::service {

namespace {

constexpr NumberList distances{
    "bands_m",
    0,
    5000,
    false,
    12,
    "1 to 12 distances in metres from 0 to 5000, each above the one before, such as "
    "0,100,200,400; 0 is the same place"};
constexpr NumberList delays{
    "bands_days", 0,
    366,          true,
    12,           "1 to 12 whole days from 0 to 366, each above the one before, such as 7,14,28"};
constexpr std::int64_t least_permutations = 99;
constexpr std::int64_t most_permutations = 9999;
constexpr std::int64_t most_seed = 4'294'967'295;

using Days = std::chrono::sys_days;

// The London day that the whole interval lies in; empty where it lies in several.
std::optional<std::int32_t> day_of(const data::IncidentColumns& columns, std::size_t i) {
    const data::Instant first{std::chrono::seconds(columns.begin_s[i])};
    const data::Instant last{std::chrono::seconds(columns.end_s[i] - 1)};
    if (last - first >= std::chrono::hours(25)) {
        return std::nullopt; // spares most months the calendar
    }
    const auto day = data::london_time(first).day;
    if (day != data::london_time(last).day) {
        return std::nullopt;
    }
    return static_cast<std::int32_t>(Days(day).time_since_epoch().count());
}

double first_width_m(const std::vector<double>& ends_m) {
    const auto first = std::ranges::find_if(ends_m, [](double end) { return end > 0; });
    return first == ends_m.end() ? 0 : *first;
}

std::string metres(double value) {
    return number_text(value) + " m";
}

} // namespace

std::string NearRepeatParameters::own_query() const {
    return "bands_m=" + number_list_text(bands.distances_m) + "&bands_days=" +
           number_list_text(std::vector<double>(bands.days.begin(), bands.days.end())) +
           "&permutations=" + std::to_string(permutations) + "&seed=" + std::to_string(seed);
}

NearRepeatParameters read_near_repeat(const std::vector<QueryParameter>& query,
                                      const data::Snapshot& snapshot) {
    NearRepeatParameters out;
    out.filters =
        read_filters(query, snapshot, {"bands_m", "bands_days", "permutations", "seed", "f"});
    const auto text = [&](std::string_view name) {
        const auto found = std::ranges::find(query, name, &QueryParameter::name);
        return found == query.end() ? nullptr : &found->value;
    };
    if (const auto* bands = text("bands_m")) {
        out.bands.distances_m = read_number_list(distances, *bands);
    }
    if (const auto* bands = text("bands_days")) {
        const auto days = read_number_list(delays, *bands);
        out.bands.days.clear();
        for (const double day : days) {
            out.bands.days.push_back(static_cast<int>(day));
        }
    }
    if (const auto* count = text("permutations")) {
        out.permutations = static_cast<int>(
            whole_number_between("permutations", *count, least_permutations, most_permutations));
    }
    if (const auto* seed = text("seed")) {
        out.seed = whole_number_between("seed", *seed, 0, most_seed);
    }
    if (const auto* format = text("f")) {
        static constexpr std::array<std::string_view, 1> formats{"json"};
        choice("f", *format, formats);
    }
    return out;
}

NearRepeatEvents near_repeat_events(const data::Snapshot& snapshot,
                                    const NearRepeatParameters& parameters) {
    const auto& ends_m = parameters.bands.distances_m;
    NearRepeatEvents events;
    events.selection = select(snapshot, parameters.filters);
    std::vector<std::uint32_t> taken;
    for (const auto i : events.selection.incidents) {
        const double uncertainty_m = static_cast<double>(snapshot.columns.uncertainty_m[i]);
        const auto day = day_of(snapshot.columns, i);
        if (!day) {
            ++events.time_too_coarse;
        } else if (ends_m.back() > 0 && uncertainty_m > ends_m.back()) {
            ++events.place_too_coarse;
        } else {
            events.points.push_back(snapshot.columns.point[i]);
            events.day.push_back(*day);
            events.less_certain_than_first_band += uncertainty_m > first_width_m(ends_m);
            taken.push_back(i);
        }
    }
    const auto selected = static_cast<std::int64_t>(events.selection.incidents.size());
    if (selected > 0 && events.time_too_coarse == selected) {
        throw Problem(409, "Days not known",
                      "near repeats need the day of each incident, and of the " +
                          std::to_string(selected) +
                          " selected none is known to the day (police.uk gives months); choose "
                          "incidents of a source or period that has days");
    }
    if (geo::count_close_pairs(events.points, ends_m.back()) > geo::most_close_pairs) {
        throw bad_parameter("bands_m", "more than " + std::to_string(geo::most_close_pairs) +
                                           " pairs of incidents are at most " +
                                           metres(ends_m.back()) +
                                           " apart; take a shorter distance or fewer incidents");
    }
    events.on_default_points = data::count_on_default_points(*data::traps_of(snapshot), taken);
    return events;
}

std::vector<std::string> distance_labels(const std::vector<double>& upper_ends_m) {
    std::vector<std::string> labels;
    for (std::size_t i = 0; i < upper_ends_m.size(); ++i) {
        const double end_m = upper_ends_m[i];
        labels.push_back(end_m == 0 ? "0 m (same place)"
                         : i == 0
                             ? "0 to " + metres(end_m)
                             : "above " + metres(upper_ends_m[i - 1]) + ", up to " + metres(end_m));
    }
    return labels;
}

std::vector<std::string> day_labels(const std::vector<int>& upper_ends) {
    std::vector<std::string> labels;
    for (std::size_t i = 0; i < upper_ends.size(); ++i) {
        const int first = i == 0 ? 0 : upper_ends[i - 1] + 1;
        const int last = upper_ends[i];
        const auto range = first == last ? std::to_string(last)
                                         : std::to_string(first) + " to " + std::to_string(last);
        labels.push_back(last == 0 ? "0 days (same day)"
                                   : range + (first == last && last == 1 ? " day" : " days"));
    }
    return labels;
}

} // namespace hotspots::service
