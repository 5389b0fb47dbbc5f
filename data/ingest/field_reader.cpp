#include "data/ingest/field_reader.hpp"

#include "data/ingest/utf8.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace hotspots::data {

namespace {

constexpr std::size_t max_identifier_bytes = 200;
constexpr std::size_t max_shown_bytes = 200;

// All of the text as a number, or nothing.
template <class Number>
std::optional<Number> parse_number(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

} // namespace

std::string shown_value(std::string_view value) {
    return std::string(utf8_prefix(value, max_shown_bytes));
}

std::vector<std::size_t> other_columns(const CsvHeader& header,
                                       std::span<const std::string_view> known) {
    std::vector<bool> is_known(header.size());
    for (const auto name : known) {
        if (const auto column = header.find(name)) {
            is_known[*column] = true;
        }
    }
    std::vector<std::size_t> others;
    for (std::size_t column = 0; column < is_known.size(); ++column) {
        if (!is_known[column]) {
            others.push_back(column);
        }
    }
    return others;
}

std::string_view FieldReader::text(Column column) const {
    return column ? trim(m_row.fields[*column]) : std::string_view{};
}

void FieldReader::reject(Column column, const std::string& reason) {
    if (!m_fault) {
        m_fault = Reject{"", m_row.line, column ? m_header.name(*column) : "",
                         shown_value(text(column)), reason};
    }
}

std::string FieldReader::identifier(Column column) {
    const auto given = text(column);
    const auto is_control = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    };
    if (given.empty()) {
        reject(column, "empty; expected an identifier, unique within its source");
    } else if (given.size() > max_identifier_bytes) {
        reject(column, "an identifier of " + std::to_string(given.size()) +
                           " bytes; expected at most " + std::to_string(max_identifier_bytes));
    } else if (std::any_of(given.begin(), given.end(), is_control)) {
        reject(column, "an identifier with a line break or control character; expected plain text");
    }
    return std::string(given);
}

std::optional<Moment> FieldReader::moment(Column column) {
    const auto given = text(column);
    if (given.empty()) {
        return std::nullopt;
    }
    const auto moment = parse_moment(given);
    if (!moment) {
        reject(column, "no date or time that exists; expected ISO 8601: 2025-03, 2025-03-01 or "
                       "2025-03-01T22:15, with Z or +01:00 if it is not local time");
    }
    return moment;
}

std::optional<double> FieldReader::number(Column column) {
    const auto given = text(column);
    if (given.empty()) {
        return std::nullopt;
    }
    const auto value = parse_number<double>(given);
    if (!value || !std::isfinite(*value)) {
        reject(column, "not a number; expected digits with a decimal point, such as 458592.5");
        return std::nullopt;
    }
    return value;
}

std::optional<std::pair<double, double>> FieldReader::pair(Column x, Column y) {
    const auto first = number(x);
    const auto second = number(y);
    if (!m_fault && first.has_value() != second.has_value()) {
        // The column may be absent altogether: then the one that is there is named.
        const bool name_first = !first ? x.has_value() : !y.has_value();
        reject(name_first ? x : y, "one coordinate of a pair is missing; expected both or neither");
    }
    if (!first || !second) {
        return std::nullopt;
    }
    return std::pair{*first, *second};
}

std::optional<geo::LonLat> FieldReader::lon_lat(Column longitude, Column latitude) {
    const auto given = pair(longitude, latitude);
    if (!given) {
        return std::nullopt;
    }
    if (std::abs(given->first) > 180) {
        reject(longitude, "no longitude; expected degrees from -180 to 180");
    }
    if (std::abs(given->second) > 90) {
        reject(latitude, "no latitude; expected degrees from -90 to 90");
    }
    return geo::LonLat{given->first, given->second};
}

std::optional<int> FieldReader::whole_number(Column column, int lowest, int highest) {
    const auto given = text(column);
    if (given.empty()) {
        return std::nullopt;
    }
    const auto value = parse_number<int>(given);
    if (!value || *value < lowest || *value > highest) {
        reject(column, "expected a whole number from " + std::to_string(lowest) + " to " +
                           std::to_string(highest));
    }
    return value;
}

std::string FieldReader::extra(const std::vector<std::size_t>& columns) const {
    nlohmann::json object = nlohmann::json::object();
    for (const std::size_t column : columns) {
        if (!m_row.fields[column].empty()) {
            object[m_header.name(column)] = m_row.fields[column];
        }
    }
    return object.empty() ? std::string{} : object.dump();
}

} // namespace hotspots::data
