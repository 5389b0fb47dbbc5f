#include "service/space_time_request.hpp"

#include "data/quality/traps.hpp"
#include "service/cell_result.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"
#include "service/record_coverage.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace hotspots::service {

namespace {

constexpr std::int64_t most_listed_cells = 10'000;

using std::chrono::seconds;

constexpr std::array<std::string_view, 3> length_names{"week", "month", "quarter"};
constexpr std::array<SliceLength, 3> lengths{SliceLength::week, SliceLength::month,
                                             SliceLength::quarter};
// Gi* of so many cells, slices taken together, takes a few seconds.
constexpr std::size_t most_values = 100'000'000;

struct Span {
    data::Instant begin;
    data::Instant end;
};

// The period; where it is open, from the first to the last of the selected incidents.
Span span_of(const data::Snapshot& snapshot, const data::Period& period,
             const std::vector<std::uint32_t>& incidents) {
    const auto& columns = snapshot.columns;
    std::int64_t first_s = 0;
    std::int64_t last_s = 0;
    if (!incidents.empty()) {
        first_s = columns.begin_s[incidents.front()];
        last_s = columns.end_s[incidents.front()];
    }
    for (const auto i : incidents) {
        first_s = std::min(first_s, columns.begin_s[i]);
        last_s = std::max(last_s, columns.end_s[i]);
    }
    return {period.begin.value_or(data::Instant(seconds(first_s))),
            period.end.value_or(data::Instant(seconds(last_s)))};
}

std::vector<TimeSlice> slices_of(const Span& span, SliceLength length) {
    auto slices = make_slices(span.begin, span.end, length, most_slices + 1);
    const auto name = std::string(to_text(length)) + 's';
    if (slices.size() < least_slices) {
        throw bad_parameter("datetime", "the period holds " + std::to_string(slices.size()) +
                                            " whole " + name + "; patterns over time need " +
                                            std::to_string(least_slices) +
                                            ": take a longer datetime or shorter slices");
    }
    if (slices.size() > most_slices) {
        throw bad_parameter("datetime", "the period holds more than " +
                                            std::to_string(most_slices) + " whole " + name +
                                            "; take a shorter datetime or longer slices");
    }
    return slices;
}

// Takes the slices out that touch a month without a record: such a month would look like one in
// which nothing happened, and what came after it like a rise.
void leave_uncovered_out(SpaceTimeEvents& events, const data::Snapshot& snapshot,
                         const SpaceTimeParameters& parameters) {
    const auto all = events.slices.size();
    for (const auto month :
         months_without_record(snapshot, parameters.cells.source, events.slices.front().begin,
                               events.slices.back().end)) {
        const auto begin = data::london_midnight(month / std::chrono::day(1));
        const auto end =
            data::london_midnight((month + std::chrono::months(1)) / std::chrono::day(1));
        std::erase_if(events.slices, [&](const TimeSlice& slice) {
            const bool touches = slice.begin < end && slice.end > begin;
            if (touches) {
                events.without_record.push_back(slice.label);
            }
            return touches;
        });
    }
    if (events.slices.size() < least_slices) {
        throw Problem(409, "Period not covered",
                      "patterns over time need " + std::to_string(least_slices) +
                          " slices, and of " + std::to_string(all) +
                          " in the period the record covers " +
                          std::to_string(events.slices.size()) +
                          "; take a datetime that it covers, or shorter slices");
    }
}

void check_size(const geo::CellLattice& lattice, std::size_t slices) {
    if (lattice.size() * slices > most_values) {
        const double least_m =
            lattice.cell_m * std::sqrt(static_cast<double>(lattice.size() * slices) / most_values);
        throw bad_parameter("cell", "cell is " + number_text(lattice.cell_m) + "; with " +
                                        std::to_string(slices) + " slices it must be at least " +
                                        number_text(std::ceil(least_m)));
    }
}

void place_incidents(SpaceTimeEvents& events, const data::Snapshot& snapshot,
                     std::vector<std::uint32_t>& taken) {
    for (const auto i : events.selection.incidents) {
        const auto place =
            place_in(events.slices, data::Instant(seconds(snapshot.columns.begin_s[i])),
                     data::Instant(seconds(snapshot.columns.end_s[i])));
        if (place.slice) {
            events.points.push_back(snapshot.columns.point[i]);
            events.slice.push_back(static_cast<std::uint16_t>(*place.slice));
            taken.push_back(i);
        } else {
            ++(place.touches ? events.time_too_coarse : events.in_no_slice);
        }
    }
}

} // namespace

std::string SpaceTimeParameters::own_query() const {
    return "slices=" + std::string(to_text(length));
}

SpaceTimeParameters read_space_time(const std::vector<QueryParameter>& query,
                                    const data::Snapshot& snapshot) {
    SpaceTimeParameters out;
    out.cells = read_cells(query, snapshot, {"slices", "limit", "offset", "f"});
    for (const auto& [name, value] : query) {
        if (name == "slices") {
            out.length = lengths[choice("slices", value, length_names)];
        } else if (name == "limit") {
            out.limit = whole_number(name, value, 1, most_listed_cells);
        } else if (name == "offset") {
            out.offset = whole_number(name, value, 0, std::int64_t{1} << 52);
        } else if (name == "f") {
            static constexpr std::array<std::string_view, 2> formats{"geojson", "json"};
            choice("f", value, formats);
        }
    }
    return out;
}

SpaceTimeEvents space_time_events(const data::Snapshot& snapshot,
                                  const SpaceTimeParameters& parameters) {
    SpaceTimeEvents events;
    events.lattice = cell_lattice(snapshot, parameters.cells);
    events.selection = select(snapshot, parameters.cells);
    const auto& incidents = events.selection.incidents;
    events.slices =
        slices_of(span_of(snapshot, parameters.cells.period, incidents), parameters.length);
    leave_uncovered_out(events, snapshot, parameters);
    check_size(events.lattice, events.slices.size());
    std::vector<std::uint32_t> taken;
    place_incidents(events, snapshot, taken);
    if (!incidents.empty() && taken.empty() && events.time_too_coarse > 0) {
        throw Problem(409, "Times not known",
                      "of the " + std::to_string(incidents.size()) +
                          " selected incidents none is known to the " +
                          std::string(to_text(parameters.length)) +
                          " (police.uk gives months); take slices=month or slices=quarter");
    }
    events.on_default_points = data::count_on_default_points(*data::traps_of(snapshot), taken);
    return events;
}

std::string_view to_text(geo::SpaceTimePattern pattern) {
    switch (pattern) {
    case geo::SpaceTimePattern::newly_hot:
        return "new";
    case geo::SpaceTimePattern::persistent:
        return "persistent";
    case geo::SpaceTimePattern::fading:
        return "fading";
    case geo::SpaceTimePattern::sporadic:
        return "sporadic";
    case geo::SpaceTimePattern::none:
        return "none";
    }
    return "none";
}

} // namespace hotspots::service
