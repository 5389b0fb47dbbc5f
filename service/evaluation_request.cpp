#include "service/evaluation_request.hpp"

#include "geo/hotspots.hpp"
#include "service/app.hpp"
#include "service/density_result.hpp"
#include "service/hotspot_result.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <stdexcept>
#include <string_view>

namespace hotspots::service {

namespace {

constexpr int next_months = 3;
constexpr int first_months = 24;

// The same day and time of another month, or its last day where it has no such day.
data::Instant months_later(data::Instant instant, int count) {
    const auto day = data::london_time(instant).day;
    auto moved = day + std::chrono::months(count);
    if (!moved.ok()) {
        moved = moved.year() / moved.month() / std::chrono::last;
    }
    return data::london_midnight(moved) + (instant - data::london_midnight(day));
}

const std::string* find(const std::vector<QueryParameter>& query, std::string_view name) {
    const auto found = std::ranges::find(query, name, &QueryParameter::name);
    return found == query.end() ? nullptr : &found->value;
}

data::Period read_next(std::string_view text) {
    data::Period next;
    try {
        next = data::parse_period(text);
    } catch (const std::invalid_argument& error) {
        std::string message = error.what(); // speaks of datetime
        if (message.starts_with("datetime")) {
            message.replace(0, std::string_view("datetime").size(), "next");
        }
        throw bad_parameter("next", message);
    }
    if (!next.begin || !next.end) {
        throw bad_parameter("next", "next is " + service::quoted(text) +
                                        "; it must have a begin and an end, such as "
                                        "2025-07/2025-09");
    }
    return next;
}

// Where the first period is given.
void add_next(EvaluationParameters& out, bool next_given) {
    const auto& first = out.analysis.period;
    const auto asked = data::format_period(first);
    if (!first.end) {
        throw bad_parameter("datetime", "datetime is " + service::quoted(asked) +
                                            "; it must have an end, which the next period follows");
    }
    if (!next_given) {
        out.next = {first.end, months_later(*first.end, next_months)};
    } else if (*out.next.begin < *first.end) {
        throw bad_parameter("next", "next is " + service::quoted(data::format_period(out.next)) +
                                        "; it must begin where datetime, " +
                                        service::quoted(asked) + ", ends, or later");
    }
}

// Where it is not.
void add_both(EvaluationParameters& out, const data::Snapshot& snapshot, bool next_given) {
    if (next_given) {
        out.analysis.period = {months_later(*out.next.begin, -first_months), out.next.begin};
        return;
    }
    if (!snapshot.default_period) {
        throw Problem(409, "No records",
                      "there is no record whose time could set the periods; import some, or give "
                      "datetime and next");
    }
    const auto cut = months_later(*snapshot.default_period->end, -next_months);
    out.analysis.period = {snapshot.default_period->begin, cut};
    out.next = {cut, snapshot.default_period->end};
}

} // namespace

AnalysisParameters EvaluationParameters::of_next() const {
    auto result = analysis;
    result.period = next;
    return result;
}

std::string EvaluationParameters::own_query() const {
    return "next=" + encode_query_value(data::format_period(next));
}

EvaluationParameters read_evaluation(const std::vector<QueryParameter>& query,
                                     const data::Snapshot& snapshot) {
    EvaluationParameters out;
    out.analysis = read_analysis(query, snapshot, {"next", "f"});
    if (const auto* format = find(query, "f")) {
        static constexpr std::array<std::string_view, 1> formats{"json"};
        choice("f", *format, formats);
    }
    const auto* next = find(query, "next");
    if (next) {
        out.next = read_next(*next);
    }
    if (find(query, "datetime")) {
        add_next(out, next);
    } else {
        add_both(out, snapshot, next);
    }
    return out;
}

NextIncidents next_incidents(const data::Snapshot& snapshot, const EvaluationParameters& parameters,
                             const Selection& first) {
    NextIncidents next;
    next.selection = select(snapshot, parameters.of_next());
    std::vector<std::uint32_t> own; // both are in ascending order
    std::ranges::set_difference(next.selection.incidents, first.incidents, std::back_inserter(own));
    next.in_both = static_cast<std::int64_t>(next.selection.incidents.size() - own.size());
    for (const auto i : own) {
        if (static_cast<double>(snapshot.columns.uncertainty_m[i]) <=
            parameters.analysis.bandwidth_m) {
            next.points.push_back(snapshot.columns.point[i]);
        } else {
            ++next.too_uncertain;
        }
    }
    return next;
}

geo::BackTest evaluate(const AppContext& context, const data::Snapshot& snapshot,
                       const EvaluationParameters& parameters, const NextIncidents& next) {
    const auto density = shared_density(context, snapshot, parameters.analysis);
    const auto set = geo::find_hotspots(density->points, density->raster, snapshot.study_area,
                                        hotspot_rule(parameters.analysis));
    return geo::back_test({density->points, next.points, set.hotspots, snapshot.study_area,
                           compared_cell_m, chance_simulations, chance_seed});
}

} // namespace hotspots::service
