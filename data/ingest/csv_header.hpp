// The header of a table: which column is where. Names are compared without regard to ASCII case and
// outer spaces.
#pragma once

#include "data/ingest/csv_reader.hpp"

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::data {

class CsvHeader {
public:
    static constexpr std::size_t max_columns = 1000;

    // `file` is for messages. Throws InputError for a name that occurs twice, or too many columns.
    CsvHeader(const std::string& file, const CsvRow& row);

    const std::string& file() const { return m_file; }
    std::size_t size() const { return m_names.size(); }
    const std::string& name(std::size_t column) const { return m_names[column]; }
    std::optional<std::size_t> find(std::string_view name) const;
    bool has_all(std::span<const std::string_view> names) const;

    // Column of `name`. Throws InputError that lists the columns needed and found.
    std::size_t require(std::string_view name, std::span<const std::string_view> needed) const;

    // The names, at most about 1,000 bytes of them, for messages.
    std::string listing() const;

private:
    std::string m_file;
    std::vector<std::string> m_names; // trimmed
};

// `a, b, c`
std::string join_names(std::span<const std::string_view> names);

// Without ASCII white space at both ends.
std::string_view trim(std::string_view text);

// Reads the first row as the header. Throws InputError for an empty file.
CsvHeader read_header(CsvReader& reader);

} // namespace hotspots::data
