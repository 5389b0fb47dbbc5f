#include "service/analysis.hpp"

#include "service/density_parameters.hpp"
#include "service/level_parameters.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <stdexcept>
#include <utility>

namespace hotspots::service {

namespace {

constexpr std::array<std::string_view, 7> day_names{"mon", "tue", "wed", "thu",
                                                    "fri", "sat", "sun"};

constexpr std::array<std::string_view, 2> shape_names{"square", "hexagon"};
constexpr std::array<geo::CellShape, 2> shapes{geo::CellShape::square, geo::CellShape::hexagon};

constexpr std::array<data::OffenceGroup, 3> groups{data::OffenceGroup::homicide,
                                                   data::OffenceGroup::violence_with_injury,
                                                   data::OffenceGroup::robbery};
constexpr std::array<data::Weapon, 5> weapons{data::Weapon::knife, data::Weapon::firearm,
                                              data::Weapon::blunt, data::Weapon::other,
                                              data::Weapon::none};
constexpr std::array<data::Source, 3> sources{data::Source::police, data::Source::ed,
                                              data::Source::ambulance};

// The value whose word the parameter is, if it is given.
template <class Enum, std::size_t N>
std::optional<Enum> read_word(const Parameters& parameters, std::string_view name,
                              const std::array<Enum, N>& values) {
    const auto text = parameters.find(name);
    if (!text) {
        return std::nullopt;
    }
    std::array<std::string_view, N> words;
    std::transform(values.begin(), values.end(), words.begin(),
                   [](Enum value) { return data::to_text(value); });
    return values[choice(name, *text, words)];
}

std::string read_scope(const Parameters& parameters, const data::Snapshot& snapshot) {
    const auto text = parameters.find("scope");
    if (!text) {
        return snapshot.default_scope;
    }
    std::vector<std::string_view> names;
    for (const auto& column : snapshot.scopes) {
        names.push_back(column.profile->name());
    }
    return std::string(names[choice("scope", *text, names)]);
}

data::Period read_period(std::string_view text) {
    try {
        return data::parse_period(text);
    } catch (const std::invalid_argument& error) {
        throw bad_parameter("datetime", error.what());
    }
}

bool has_no_time(const data::Period& period) {
    return period.begin && period.end && *period.begin >= *period.end;
}

// What touches this touches each of the query's periods, and the other way round: it begins with
// the last to begin and ends with the first to end, before its beginning where they share no time.
data::Period read_periods(const std::vector<QueryParameter>& query) {
    data::Period all;
    for (const auto& [name, value] : query) {
        if (name == "datetime") {
            const auto period = read_period(value);
            all.begin = std::max(all.begin, period.begin); // an open one is the least
            all.end = all.end && period.end ? std::min(all.end, period.end)
                                            : std::max(all.end, period.end);
        }
    }
    return all;
}

// GDAL writes each condition on a time as a `datetime` of its own; all else is given once.
std::vector<QueryParameter> with_one_datetime(std::vector<QueryParameter> query) {
    bool seen = false;
    std::erase_if(query, [&](const QueryParameter& parameter) {
        return parameter.name == "datetime" && std::exchange(seen, true);
    });
    return query;
}

// One or two digits.
std::optional<int> parse_hour(std::string_view text) {
    const auto value = parse_number(text);
    const bool digits =
        !text.empty() && text.size() <= 2 && text.find_first_not_of("0123456789") == text.npos;
    return digits && value ? std::optional(static_cast<int>(*value)) : std::nullopt;
}

std::pair<int, int> read_hours(std::string_view text) {
    const auto dash = std::min(text.find('-'), text.size());
    const auto first = parse_hour(text.substr(0, dash));
    const auto last = parse_hour(text.substr(std::min(dash + 1, text.size())));
    if (!first || !last || *first > 23 || *last > 24 || *first == *last) {
        throw bad_parameter("hours",
                            "hours is " + quoted(text) +
                                "; it must be two different hours of the day, such as 22-04 "
                                "(from 22:00 up to, not including, 04:00) or 00-24");
    }
    return {*first, *last == 0 ? 24 : *last};
}

std::uint8_t read_days(std::string_view text) {
    unsigned days = 0;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find(',', begin), text.size());
        const auto day =
            std::find(day_names.begin(), day_names.end(), text.substr(begin, end - begin));
        if (day == day_names.end()) {
            throw bad_parameter("days", "days is " + quoted(text) + "; it must be a list of " +
                                            join_choices(day_names) + ", such as fri,sat");
        }
        days |= 1U << static_cast<unsigned>(day - day_names.begin());
        begin = end + 1;
    }
    return static_cast<std::uint8_t>(days);
}

void read_filters(AnalysisParameters& out, const Parameters& parameters,
                  const data::Snapshot& snapshot) {
    out.scope = read_scope(parameters, snapshot);
    out.group = read_word(parameters, "group", groups);
    out.weapon = read_word(parameters, "weapon", weapons);
    out.source = read_word(parameters, "source", sources);
    if (const auto text = parameters.find("age")) {
        static constexpr std::array<std::string_view, 1> ages{"under-25"};
        choice("age", *text, ages);
        out.under_25 = true;
    }
    if (const auto text = parameters.find("hours")) {
        out.hours = read_hours(*text);
    }
    if (const auto text = parameters.find("days")) {
        out.days = read_days(*text);
    }
}

void read_cell(AnalysisParameters& out, const Parameters& parameters) {
    if (const auto text = parameters.find("cell")) {
        out.cell_m = number_between("cell", *text, least_cell_m, most_cell_m);
        if (out.cell_m == default_cell_m) {
            out.cell_m.reset(); // equal parameters are equal text
        }
    }
    if (const auto text = parameters.find("shape")) {
        out.shape = shapes[choice("shape", *text, shape_names)];
    }
}

// The names of the filters, the collection's own, and those besides.
std::vector<std::string_view> allowed_names(std::span<const std::string_view> own,
                                            std::initializer_list<std::string_view> besides) {
    std::vector<std::string_view> names(filter_names.begin(), filter_names.end());
    names.insert(names.end(), own.begin(), own.end());
    names.insert(names.end(), besides.begin(), besides.end());
    return names;
}

// The filters, and what `read_own` reads.
template <class ReadOwn>
AnalysisParameters read_with(const std::vector<std::string_view>& names,
                             const std::vector<QueryParameter>& query,
                             const data::Snapshot& snapshot, ReadOwn read_own,
                             DefaultPeriod default_period = DefaultPeriod::recent) {
    const auto once = with_one_datetime(query);
    const Parameters parameters(once, names);
    AnalysisParameters out;
    read_filters(out, parameters, snapshot);
    if (parameters.find("datetime")) {
        out.period = read_periods(query);
    } else if (default_period == DefaultPeriod::recent) {
        out.period = snapshot.default_period.value_or(data::Period{});
    }
    // A record may last from one period into another; an analysis is of one.
    if (has_no_time(out.period) && default_period == DefaultPeriod::recent) {
        throw bad_parameter("datetime", "the periods that datetime is given share no time; give "
                                        "one, or several that do");
    }
    read_own(out, parameters);
    return out;
}

std::string hours_text(std::pair<int, int> hours) {
    std::array<char, 16> text{};
    const int size =
        std::snprintf(text.data(), text.size(), "%02d-%02d", hours.first, hours.second);
    return {text.data(), static_cast<std::size_t>(size)};
}

std::string days_text(unsigned days) {
    std::string text;
    for (std::size_t day = 0; day < day_names.size(); ++day) {
        if ((days >> day & 1U) != 0) {
            text.append(text.empty() ? "" : ",").append(day_names[day]);
        }
    }
    return text;
}

void append_period(std::string& query, data::Period period) {
    if (has_no_time(period)) {
        append_parameter(query, "datetime", data::format_period({period.begin, std::nullopt}));
        period.begin.reset();
    }
    append_parameter(query, "datetime", data::format_period(period));
}

void append_filters(std::string& query, const AnalysisParameters& p) {
    append_parameter(query, "scope", p.scope);
    append_period(query, p.period);
    if (p.group) {
        append_parameter(query, "group", data::to_text(*p.group));
    }
    if (p.weapon) {
        append_parameter(query, "weapon", data::to_text(*p.weapon));
    }
    if (p.under_25) {
        append_parameter(query, "age", "under-25");
    }
    if (p.source) {
        append_parameter(query, "source", data::to_text(*p.source));
    }
    if (p.hours) {
        append_parameter(query, "hours", hours_text(*p.hours));
    }
    if (p.days) {
        append_parameter(query, "days", days_text(*p.days));
    }
}

} // namespace

std::string AnalysisParameters::canonical_query() const {
    std::string query;
    append_filters(query, *this);
    append_density(query, *this);
    append_levels(query, *this);
    return query;
}

AnalysisParameters read_analysis(const std::vector<QueryParameter>& query,
                                 const data::Snapshot& snapshot,
                                 std::initializer_list<std::string_view> allowed_besides) {
    return read_with(allowed_names(density_names, allowed_besides), query, snapshot, read_density);
}

std::vector<std::string_view> surface_names() {
    std::vector<std::string_view> names(density_names.begin(), density_names.end());
    std::erase(names, "top");
    return names;
}

AnalysisParameters read_surface(const std::vector<QueryParameter>& query,
                                const data::Snapshot& snapshot,
                                std::initializer_list<std::string_view> allowed_besides) {
    return read_with(allowed_names(surface_names(), allowed_besides), query, snapshot,
                     read_density);
}

AnalysisParameters read_isobands(const std::vector<QueryParameter>& query,
                                 const data::Snapshot& snapshot,
                                 std::initializer_list<std::string_view> allowed_besides) {
    auto own = surface_names();
    own.insert(own.end(), level_names.begin(), level_names.end());
    const auto read_own = [](AnalysisParameters& out, const Parameters& parameters) {
        read_density(out, parameters);
        read_levels(out, parameters);
    };
    return read_with(allowed_names(own, allowed_besides), query, snapshot, read_own);
}

AnalysisParameters read_cells(const std::vector<QueryParameter>& query,
                              const data::Snapshot& snapshot,
                              std::initializer_list<std::string_view> allowed_besides) {
    return read_with(allowed_names(cell_names, allowed_besides), query, snapshot, read_cell);
}

AnalysisParameters read_filters(const std::vector<QueryParameter>& query,
                                const data::Snapshot& snapshot,
                                std::initializer_list<std::string_view> allowed_besides,
                                DefaultPeriod default_period) {
    const auto nothing_besides = [](AnalysisParameters&, const Parameters&) {};
    return read_with(allowed_names({}, allowed_besides), query, snapshot, nothing_besides,
                     default_period);
}

} // namespace hotspots::service
