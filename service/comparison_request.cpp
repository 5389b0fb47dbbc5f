#include "service/comparison_request.hpp"

#include "service/number_parameters.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"
#include "service/record_coverage.hpp"

#include <algorithm>
#include <array>

namespace hotspots::service {

namespace {

// Fewer could not tell 5 % apart.
constexpr std::int64_t least_permutations = 99;
constexpr std::int64_t most_permutations = 9999;
constexpr std::int64_t most_seed = 4'294'967'295;

const std::string* find_value(const std::vector<QueryParameter>& query, std::string_view name) {
    const auto found = std::ranges::find(query, name, &QueryParameter::name);
    return found == query.end() ? nullptr : &found->value;
}

// The parameters of a query that has `name` alone, given as 'with_' and the name.
std::optional<AnalysisParameters> read_other(const std::vector<QueryParameter>& query,
                                             const data::Snapshot& snapshot,
                                             const std::string& name) {
    const auto* value = find_value(query, "with_" + name);
    if (!value) {
        return std::nullopt;
    }
    try {
        return read_analysis({{name, *value}}, snapshot, {});
    } catch (const Problem& problem) {
        throw bad_parameter("with_" + name, "with_" + name + ": " + problem.what());
    }
}

void refuse_estimates(const std::vector<QueryParameter>& query) {
    for (const std::string name : {"edge", "adaptive"}) {
        if (find_value(query, name)) {
            throw bad_parameter(name, name + " is not taken here: a comparison has one bandwidth "
                                             "and one kernel on both sides");
        }
    }
}

void check_sources(const ComparisonParameters& parameters,
                   const std::vector<QueryParameter>& query) {
    const bool group = find_value(query, "with_group");
    const bool source = find_value(query, "with_source");
    if (!group && !source && !find_value(query, "with_datetime")) {
        throw bad_parameter("with_datetime", "what to compare with is not given; it must be one of "
                                             "with_datetime, with_source or with_group");
    }
    if (source && !parameters.a.source) {
        throw bad_parameter("source", "with_source is given, but no source; sources are compared "
                                      "with one another, so source must be given too");
    }
    if (group && !parameters.a.group) {
        throw bad_parameter("group", "with_group is given, but no group; groups are compared with "
                                     "one another, so group must be given too");
    }
}

void check_periods(const ComparisonParameters& parameters) {
    const auto& a = parameters.a.period;
    const auto& b = parameters.b.period;
    if (a == b) {
        return;
    }
    if (!a.begin || !a.end || !b.begin || !b.end) {
        throw bad_parameter("with_datetime", "of two different periods both must have a beginning "
                                             "and an end, such as 2024-01/2024-12");
    }
    if (*a.begin < *b.end && *b.begin < *a.end) {
        throw bad_parameter("with_datetime",
                            "the periods " + data::format_period(a) + " and " +
                                data::format_period(b) +
                                " overlap; they must have no day in common, or be the same");
    }
}

bool read_shares(const ComparisonParameters& parameters, const std::string* text) {
    const bool other_source = parameters.a.source != parameters.b.source;
    if (!text) {
        return other_source || parameters.a.group != parameters.b.group;
    }
    static constexpr std::array<std::string_view, 2> measures{"counts", "shares"};
    const bool shares = choice("as", *text, measures) == 1;
    if (!shares && other_source) {
        throw bad_parameter("as", "as is 'counts', but sources record different things, and their "
                                  "numbers are not compared; it must be shares");
    }
    return shares;
}

} // namespace

std::string ComparisonParameters::own_query() const {
    std::string query = "with_datetime=" + encode_query_value(data::format_period(b.period));
    if (b.source) {
        query.append("&with_source=").append(data::to_text(*b.source));
    }
    if (b.group) {
        query.append("&with_group=").append(data::to_text(*b.group));
    }
    return query.append(shares ? "&as=shares" : "&as=counts")
        .append("&permutations=" + std::to_string(permutations))
        .append("&seed=" + std::to_string(seed));
}

double ComparisonParameters::length_ratio() const {
    if (a.period == b.period) {
        return 1;
    }
    const auto length = [](const data::Period& period) {
        return static_cast<double>((period.end.value() - period.begin.value()).count());
    };
    return length(a.period) / length(b.period);
}

ComparisonParameters read_comparison(const std::vector<QueryParameter>& query,
                                     const data::Snapshot& snapshot) {
    refuse_estimates(query);
    ComparisonParameters out;
    out.a = read_analysis(
        query, snapshot,
        {"with_datetime", "with_source", "with_group", "as", "permutations", "seed", "f"});
    out.b = out.a;
    if (const auto other = read_other(query, snapshot, "datetime")) {
        out.b.period = other->period;
    }
    if (const auto other = read_other(query, snapshot, "source")) {
        out.b.source = other->source;
    }
    if (const auto other = read_other(query, snapshot, "group")) {
        out.b.group = other->group;
    }
    check_sources(out, query);
    check_periods(out);
    out.shares = read_shares(out, find_value(query, "as"));
    if (const auto* count = find_value(query, "permutations")) {
        out.permutations = static_cast<int>(
            whole_number_between("permutations", *count, least_permutations, most_permutations));
    }
    if (const auto* seed = find_value(query, "seed")) {
        out.seed = whole_number_between("seed", *seed, 0, most_seed);
    }
    if (const auto* format = find_value(query, "f")) {
        static constexpr std::array<std::string_view, 2> formats{"geojson", "json"};
        choice("f", *format, formats);
    }
    return out;
}

void check_covered(const data::Snapshot& snapshot, const ComparisonParameters& parameters) {
    if (parameters.shares || parameters.a.period == parameters.b.period) {
        return;
    }
    for (const auto& period : {parameters.a.period, parameters.b.period}) {
        const auto lacks = what_lacks(snapshot, parameters.a.source, period);
        if (!lacks.empty()) {
            throw Problem(409, "Period not covered",
                          lacks + "; take periods that the record covers, a source that does, or "
                                  "as=shares");
        }
    }
}

} // namespace hotspots::service
