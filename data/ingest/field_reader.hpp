// The fields of one row by column, read strictly: the first field that is not as it must be becomes
// the row's Reject, and readers return nothing from then on.
#pragma once

#include "data/ingest/csv_header.hpp"
#include "data/ingest/csv_reader.hpp"
#include "data/moment.hpp"
#include "data/record.hpp"
#include "geo/coordinates.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hotspots::data {

using Column = std::optional<std::size_t>; // empty: the file has no such column

class FieldReader {
public:
    FieldReader(const CsvHeader& header, const CsvRow& row) : m_header(header), m_row(row) {}

    // Trimmed; empty where the column is absent.
    std::string_view text(Column column) const;

    // Text of an identifier: not empty, at most 200 bytes, no control characters.
    std::string identifier(Column column);
    std::optional<Moment> moment(Column column);
    std::optional<double> number(Column column); // finite, with a decimal point
    // Both numbers or neither.
    std::optional<std::pair<double, double>> pair(Column x, Column y);
    // Both in degrees, within +-180 and +-90.
    std::optional<geo::LonLat> lon_lat(Column longitude, Column latitude);
    std::optional<int> whole_number(Column column, int lowest, int highest);

    // One of the words of the enum; `if_empty` where nothing is given.
    template <class Enum>
    Enum word(Column column, Enum if_empty) {
        const auto given = text(column);
        if (given.empty()) {
            return if_empty;
        }
        const auto value = from_text<Enum>(given);
        if (!value) {
            reject(column, "expected one of: " + join_names(words<Enum>()));
        }
        return value.value_or(if_empty);
    }

    // The non-empty fields of `columns` as a JSON object with the header's names, sorted by name.
    std::string extra(const std::vector<std::size_t>& columns) const;

    void reject(Column column, const std::string& reason);
    const std::optional<Reject>& fault() const { return m_fault; }

private:
    const CsvHeader& m_header;
    const CsvRow& m_row;
    std::optional<Reject> m_fault;
};

// The columns of the header that are not among `known`.
std::vector<std::size_t> other_columns(const CsvHeader& header,
                                       std::span<const std::string_view> known);

// A value as a Reject shows it: at most 200 bytes.
std::string shown_value(std::string_view value);

} // namespace hotspots::data
