#include "data/ingest/csv_header.hpp"

#include "data/ascii.hpp"
#include "data/errors.hpp"
#include "data/ingest/utf8.hpp"

#include <algorithm>

namespace hotspots::data {

namespace {

bool same_name(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower_case(x) == lower_case(y); });
}

} // namespace

std::string_view trim(std::string_view text) {
    constexpr std::string_view space = " \t\r\n\v\f";
    const auto first = text.find_first_not_of(space);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

std::string join_names(std::span<const std::string_view> names) {
    std::string text;
    for (const auto name : names) {
        text += (text.empty() ? "" : ", ");
        text += name;
    }
    return text;
}

CsvHeader::CsvHeader(const std::string& file, const CsvRow& row) : m_file(file) {
    if (row.fields.size() > max_columns) {
        throw InputError(file + ": the header has " + std::to_string(row.fields.size()) +
                         " columns; expected at most " + std::to_string(max_columns));
    }
    for (const auto field : row.fields) {
        const auto name = trim(field);
        if (find(name)) {
            throw InputError(file + ": the header names the column '" +
                             std::string(utf8_prefix(name, 200)) + "' twice; expected it once");
        }
        m_names.emplace_back(name);
    }
}

std::optional<std::size_t> CsvHeader::find(std::string_view name) const {
    const auto found = std::find_if(m_names.begin(), m_names.end(),
                                    [&](const auto& own) { return same_name(own, name); });
    if (found == m_names.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - m_names.begin());
}

bool CsvHeader::has_all(std::span<const std::string_view> names) const {
    return std::all_of(names.begin(), names.end(), [&](auto name) { return find(name); });
}

std::size_t CsvHeader::require(std::string_view name,
                               std::span<const std::string_view> needed) const {
    const auto column = find(name);
    if (!column) {
        throw InputError(m_file + ": the column '" + std::string(name) +
                         "' is missing; needed are: " + join_names(needed) +
                         "; the header has: " + listing());
    }
    return *column;
}

std::string CsvHeader::listing() const {
    std::string text;
    for (const auto& name : m_names) {
        if (text.size() > 1000) {
            return text + " ...";
        }
        text += (text.empty() ? "" : ", ") + std::string(utf8_prefix(name, 200));
    }
    return text;
}

CsvHeader read_header(CsvReader& reader) {
    CsvRow row;
    if (!reader.next(row)) {
        throw InputError(reader.name() + ": the file is empty; expected a header line and rows");
    }
    if (row.misquoted) {
        throw InputError(reader.name() + ", line " + std::to_string(row.line) +
                         ": text follows a closing quote in the header");
    }
    return CsvHeader(reader.name(), row);
}

} // namespace hotspots::data
