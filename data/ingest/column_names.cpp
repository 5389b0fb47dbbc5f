#include "data/ingest/column_names.hpp"

#include "data/ascii.hpp"
#include "data/errors.hpp"

namespace hotspots::data {

namespace {

std::optional<std::size_t> find_part(const CsvHeader& header,
                                     const std::vector<std::string>& names) {
    for (const auto& name : names) {
        if (const auto column = find_named(header, name)) {
            return column;
        }
    }
    return std::nullopt;
}

std::optional<FoundJoin> find_join(const CsvHeader& header, const ColumnJoin& join) {
    FoundJoin found;
    found.separator = join.separator;
    for (const auto& part : join.parts) {
        const auto column = find_part(header, part);
        if (!column) {
            return std::nullopt;
        }
        found.columns.push_back(*column);
    }
    return found;
}

} // namespace

std::string name_key(std::string_view name) {
    std::string key;
    for (const char c : lower_case(name)) {
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (is_letter || static_cast<unsigned char>(c) >= 0x80) {
            key.push_back(c);
        }
    }
    return key.empty() ? std::string(name) : key;
}

std::optional<std::size_t> find_named(const CsvHeader& header, std::string_view name) {
    if (const auto exact = header.find(name)) {
        return exact;
    }
    const auto key = name_key(name);
    std::optional<std::size_t> found;
    for (std::size_t column = 0; column < header.size(); ++column) {
        if (name_key(header.name(column)) != key) {
            continue;
        }
        if (found) {
            throw InputError(header.file() + ": the columns '" + header.name(*found) + "' and '" +
                             header.name(column) + "' could both be '" + std::string(name) +
                             "'; expected one of them");
        }
        found = column;
    }
    return found;
}

std::optional<FoundJoin> find_choice(const CsvHeader& header, const ColumnChoice& choice) {
    for (const auto& join : choice) {
        if (auto found = find_join(header, join)) {
            return found;
        }
    }
    return std::nullopt;
}

std::string describe(const ColumnChoice& choice) {
    std::string text;
    for (const auto& join : choice) {
        text += text.empty() ? "" : ", or ";
        for (std::size_t i = 0; i < join.parts.size(); ++i) {
            text += (i == 0 ? "'" : " with '") + join.parts[i].front() + "'";
        }
    }
    return text;
}

} // namespace hotspots::data
