#include "data/ingest/mapped_columns.hpp"

#include "data/errors.hpp"

#include <algorithm>

namespace hotspots::data {

bool fits(const CsvHeader& header, const Mapping& mapping) {
    const auto is_there = [&](std::string_view name, const ColumnChoice& choice) {
        return choice.empty() || mapping.optional.contains(name) || find_choice(header, choice);
    };
    return is_there(known_by_name, mapping.known_by) &&
           std::all_of(mapping.columns.begin(), mapping.columns.end(),
                       [&](const auto& column) { return is_there(column.first, column.second); });
}

std::optional<FoundJoin> find_source(const CsvHeader& header, const Mapping& mapping,
                                     std::string_view name, const ColumnChoice& choice) {
    auto found = find_choice(header, choice);
    if (!found && !choice.empty() && !mapping.optional.contains(name)) {
        throw InputError(header.file() + ": mapping '" + mapping.name + "' takes " +
                         std::string(name) + " from " + describe(choice) +
                         "; the header has: " + header.listing());
    }
    return found;
}

std::vector<MappedColumn> find_mapped_columns(const CsvHeader& header, const Mapping& mapping,
                                              bool has_known_by) {
    std::vector<MappedColumn> columns;
    for (const auto& [name, choice] : mapping.columns) {
        if (auto from = find_source(header, mapping, name, choice)) {
            const auto words = mapping.values.find(name);
            columns.push_back(
                {name, std::move(from), words == mapping.values.end() ? nullptr : &words->second});
        }
    }
    for (const auto& [name, value] : mapping.constants) {
        columns.push_back({name, {}, nullptr});
    }
    const bool has_id = std::any_of(columns.begin(), columns.end(), [](const auto& column) {
        return column.name == "incident_id";
    });
    if (!has_id) {
        columns.push_back({"incident_id", {}, nullptr});
    }
    if (has_known_by) {
        columns.push_back({"occurred_to", {}, nullptr});
    }
    return columns;
}

// Each column of the file: mapped, listed, dropped, or not mentioned at all.
OtherColumns find_other_columns(const CsvHeader& header, const Mapping& mapping,
                                const std::vector<MappedColumn>& columns,
                                const std::optional<FoundJoin>& known_by) {
    std::vector<bool> is_known(header.size());
    const auto know = [&](const FoundJoin& from) {
        for (const auto column : from.columns) {
            is_known[column] = true;
        }
    };
    for (const auto& column : columns) {
        know(column.from.value_or(FoundJoin{}));
    }
    know(known_by.value_or(FoundJoin{}));
    OtherColumns others;
    for (const auto& name : mapping.extra) {
        if (const auto column = find_named(header, name)) {
            others.listed.push_back(*column);
            is_known[*column] = true;
        }
    }
    for (const auto& name : mapping.drop) {
        if (const auto column = find_named(header, name)) {
            is_known[*column] = true;
        }
    }
    others.kept = others.listed;
    for (std::size_t column = 0; column < is_known.size(); ++column) {
        if (!is_known[column]) {
            others.kept.push_back(column);
            others.unmapped.push_back(header.name(column));
        }
    }
    return others;
}

} // namespace hotspots::data
