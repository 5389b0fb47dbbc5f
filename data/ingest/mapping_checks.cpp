#include "data/ingest/mapping_checks.hpp"

#include "data/ingest/column_names.hpp"

#include <algorithm>
#include <array>

namespace hotspots::data {

namespace {

using Names = std::initializer_list<std::string_view>;

bool is_one_of(std::string_view column, Names names) {
    return std::find(names.begin(), names.end(), column) != names.end();
}

std::optional<std::string> two_sources(const Mapping& mapping) {
    const auto has = [&](std::string_view column) { return mapping.columns.contains(column); };
    if (mapping.source && has("source")) {
        return "source: there are two, the member 'source' and columns.source; expected one";
    }
    if (!mapping.known_by.empty() && has("occurred_to")) {
        return "occurred_to: there are two sources, known_by and columns.occurred_to; expected one";
    }
    for (const auto& [column, value] : mapping.constants) {
        if (has(column)) {
            return column + ": there are two sources, constants." + column + " and columns." +
                   column + "; expected one";
        }
    }
    return std::nullopt;
}

std::optional<std::string> missing_half(const Mapping& mapping) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 2> pairs{
        {{"easting", "northing"}, {"longitude", "latitude"}}};
    for (const auto& [x, y] : pairs) {
        if (mapping.columns.contains(x) != mapping.columns.contains(y)) {
            return "columns: " + std::string(x) + " and " + std::string(y) +
                   " come as a pair; expected both or neither";
        }
    }
    return std::nullopt;
}

std::optional<std::string> without_column(const Mapping& mapping) {
    if (!mapping.columns.contains("occurred_from")) {
        return "columns.occurred_from: is missing; expected the column that says when it happened";
    }
    for (const auto& name : mapping.optional) {
        const bool is_known_by = name == known_by_name && !mapping.known_by.empty();
        if (name == "occurred_from" || (!is_known_by && !mapping.columns.contains(name))) {
            return "optional: found '" + name +
                   "'; expected members of columns other than occurred_from, or known_by";
        }
    }
    for (const auto& [column, words] : mapping.values) {
        if (!mapping.columns.contains(column)) {
            return "values." + column + ": columns has no " + column + " to take the words from";
        }
    }
    return std::nullopt;
}

void add_names(std::set<std::string>& keys, const ColumnChoice& choice) {
    for (const auto& join : choice) {
        for (const auto& part : join.parts) {
            for (const auto& name : part) {
                keys.insert(name_key(name));
            }
        }
    }
}

std::optional<std::string> dropped_but_needed(const Mapping& mapping) {
    std::set<std::string> needed;
    for (const auto& [column, choice] : mapping.columns) {
        add_names(needed, choice);
    }
    add_names(needed, mapping.known_by);
    for (const auto& name : mapping.extra) {
        needed.insert(name_key(name));
    }
    for (const auto& name : mapping.drop) {
        if (needed.contains(name_key(name))) {
            return "drop: '" + name + "' is kept under another member; expected one of the two";
        }
    }
    return std::nullopt;
}

} // namespace

bool is_time_column(std::string_view column) {
    return is_one_of(column, {"occurred_from", "occurred_to", known_by_name});
}

bool is_number_column(std::string_view column) {
    return is_one_of(column, {"easting", "northing", "longitude", "latitude", "victim_age"});
}

bool may_be_constant(std::string_view column) {
    return is_one_of(column, {"offence_code", "offence", "location_text", "place_type", "domestic",
                              "weapon", "injury"});
}

bool may_have_words(std::string_view column) {
    return is_one_of(column, {"source", "place_type", "domestic", "weapon", "offence_code",
                              "offence", "injury"});
}

std::string_view default_separator(std::string_view column) {
    if (is_time_column(column)) {
        return " ";
    }
    return column == "incident_id" ? "/" : ", ";
}

std::optional<std::string> fault_of(const Mapping& mapping) {
    for (const auto check : {two_sources, without_column, missing_half, dropped_but_needed}) {
        if (auto fault = check(mapping)) {
            return fault;
        }
    }
    return std::nullopt;
}

} // namespace hotspots::data
