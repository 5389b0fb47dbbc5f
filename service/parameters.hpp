// Reading query parameters: every name is known and given once, every value is checked. What is
// wrong becomes a Problem 400 that names the parameter and says what would be right.
#pragma once

#include "service/http/message.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::service {

// The parameters of a query by name. Refers to the query, which outlives it.
class Parameters {
public:
    // Throws Problem for a name that is not `allowed`, or that is given twice.
    Parameters(std::span<const QueryParameter> query, std::span<const std::string_view> allowed);

    std::optional<std::string_view> find(std::string_view name) const;

private:
    std::span<const QueryParameter> m_query;
};

// The text in quotation marks, cut to 60 bytes: for messages.
std::string quoted(std::string_view text);

// "knife, firearm or blunt"
std::string join_choices(std::span<const std::string_view> choices);

// A decimal number (no exponent, no hex, no nan). Empty if it is none.
std::optional<double> parse_number(std::string_view text);

// A number of least..most, both included. Throws Problem.
double number_between(std::string_view name, std::string_view text, double least, double most);

// A whole number of at least `least`; one beyond `most` is taken as `most`. Throws Problem.
std::int64_t whole_number(std::string_view name, std::string_view text, std::int64_t least,
                          std::int64_t most);

// The index of the choice that the text is. Throws Problem.
std::size_t choice(std::string_view name, std::string_view text,
                   std::span<const std::string_view> choices);

// Percent-encodes what a query value may not hold bare; '/', ':', ',' stay readable (RFC
// 3986, 3.4).
std::string encode_query_value(std::string_view text);

// Appends name=value to a query, the value encoded.
void append_parameter(std::string& query, std::string_view name, std::string_view value);

// The shortest text without an exponent that reads back to the same number: parse_number() takes no
// exponent, and its + would be a space in a link. Precondition: finite.
std::string number_text(double value);

} // namespace hotspots::service
