#include "service/comparison_request.hpp"

#include "service/number_parameters.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"
#include "service/record_coverage.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace hotspots::service {

namespace {

// Fewer could not tell 5 % apart.
constexpr std::int64_t least_labellings = 99;
constexpr std::int64_t most_labellings = 9999;
constexpr std::int64_t most_labelling_seed = 4'294'967'295;
constexpr double least_tolerance = 0.001;
constexpr double most_tolerance = 0.4;

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
    if (find_value(query, "edge")) {
        throw bad_parameter("edge",
                            "edge is not taken here: at one place the kernels of both sides "
                            "lose the same share beyond the boundary, so that correction "
                            "cancels in their ratio and in z; leave it out");
    }
    if (find_value(query, "adaptive")) {
        throw bad_parameter("adaptive",
                            "adaptive is not taken here: each side, and each labelling by chance, "
                            "would have bandwidths of its own, and their differences would pass "
                            "for differences between the sides; leave it out");
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

void read_measure(ComparisonParameters& out, const std::string* text) {
    const bool other_source = out.a.source != out.b.source;
    if (!text) {
        out.shares = other_source || out.a.group != out.b.group;
        return;
    }
    static constexpr std::array<std::string_view, 3> measures{"counts", "shares", "ratio"};
    const auto measure = choice("as", *text, measures);
    out.shares = measure != 0;
    out.ratio = measure == 2;
    if (!out.shares && other_source) {
        throw bad_parameter("as", "as is 'counts', but sources record different things, and their "
                                  "numbers are not compared; it must be shares or ratio");
    }
}

void refuse_with_measure(const std::vector<QueryParameter>& query, std::string_view name,
                         std::string_view reason) {
    if (find_value(query, name)) {
        throw bad_parameter(std::string(name), std::string(name) + " is not taken " +
                                                   std::string(reason) + "; leave it out");
    }
}

void read_chance(ComparisonParameters& out, const std::vector<QueryParameter>& query) {
    if (out.ratio) {
        constexpr std::string_view reason =
            "with as=ratio, whose tolerance is that of many incidents, not of permutations";
        refuse_with_measure(query, "permutations", reason);
        refuse_with_measure(query, "seed", reason);
    } else {
        refuse_with_measure(query, "tolerance", "but with as=ratio");
    }
    if (const auto* count = find_value(query, "permutations")) {
        out.permutations = static_cast<int>(
            whole_number_between("permutations", *count, least_labellings, most_labellings));
    }
    if (const auto* seed = find_value(query, "seed")) {
        out.seed = whole_number_between("seed", *seed, 0, most_labelling_seed);
    }
    if (const auto* levels = find_value(query, "tolerance")) {
        static constexpr NumberList rule{
            "tolerance",
            least_tolerance,
            most_tolerance,
            false,
            4,
            "1 to 4 tolerances from 0.001 to 0.4, each above the one before, such as 0.01,0.05"};
        out.tolerance = read_number_list(rule, *levels);
    }
}

void check_comparison_format(const ComparisonParameters& parameters, const std::string* format) {
    static constexpr std::array<std::string_view, 3> formats{"geojson", "json", "tif"};
    if (format) {
        choice("f", *format,
               std::span(formats).first(parameters.ratio ? formats.size() : formats.size() - 1));
    }
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
    if (ratio) {
        return query.append("&as=ratio&tolerance=" + number_list_text(tolerance));
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
    out.a = read_analysis(query, snapshot,
                          {"with_datetime", "with_source", "with_group", "as", "permutations",
                           "seed", "tolerance", "f"});
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
    read_measure(out, find_value(query, "as"));
    read_chance(out, query);
    check_comparison_format(out, find_value(query, "f"));
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
