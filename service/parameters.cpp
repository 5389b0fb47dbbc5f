#include "service/parameters.hpp"

#include "data/ascii.hpp"
#include "service/problem.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace hotspots::service {

namespace {

bool is_decimal(std::string_view text) {
    if (text.starts_with('-') || text.starts_with('+')) {
        text.remove_prefix(1);
    }
    const auto digits = std::count_if(text.begin(), text.end(), data::is_digit);
    const auto points = std::count(text.begin(), text.end(), '.');
    return digits > 0 && points <= 1 && static_cast<std::size_t>(digits + points) == text.size();
}

Problem unknown_name(std::string_view name, std::span<const std::string_view> allowed) {
    const auto here = allowed.empty() ? std::string("this path takes none")
                                      : "this path takes " + join_choices(allowed);
    return bad_parameter(quoted(name).substr(1, quoted(name).size() - 2),
                         "unknown parameter " + quoted(name) + "; " + here);
}

} // namespace

Parameters::Parameters(std::span<const QueryParameter> query,
                       std::span<const std::string_view> allowed)
    : m_query(query) {
    for (std::size_t i = 0; i < query.size(); ++i) {
        const auto& name = query[i].name;
        if (std::find(allowed.begin(), allowed.end(), name) == allowed.end()) {
            throw unknown_name(name, allowed);
        }
        const auto same = [&](const QueryParameter& other) { return other.name == name; };
        if (std::any_of(query.begin(), query.begin() + static_cast<std::ptrdiff_t>(i), same)) {
            throw bad_parameter(name, name + " is given more than once; give it once");
        }
    }
}

std::optional<std::string_view> Parameters::find(std::string_view name) const {
    const auto found = std::find_if(m_query.begin(), m_query.end(),
                                    [&](const QueryParameter& p) { return p.name == name; });
    if (found == m_query.end()) {
        return std::nullopt;
    }
    return found->value;
}

std::string quoted(std::string_view text) {
    constexpr std::size_t most = 60;
    std::string out = "'";
    out.append(text.substr(0, most)).append(text.size() > most ? "…'" : "'");
    return out;
}

std::string join_choices(std::span<const std::string_view> choices) {
    std::string out;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        out.append(i == 0 ? "" : i + 1 == choices.size() ? " or " : ", ").append(choices[i]);
    }
    return out;
}

std::optional<double> parse_number(std::string_view text) {
    if (!is_decimal(text)) {
        return std::nullopt;
    }
    if (text.starts_with('+')) {
        text.remove_prefix(1);
    }
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

double number_between(std::string_view name, std::string_view text, double least, double most) {
    const auto value = parse_number(text);
    if (!value || *value < least || *value > most) {
        throw bad_parameter(std::string(name), std::string(name) + " is " + quoted(text) +
                                                   "; it must be a number from " +
                                                   number_text(least) + " to " + number_text(most));
    }
    return *value;
}

std::int64_t whole_number(std::string_view name, std::string_view text, std::int64_t least,
                          std::int64_t most) {
    const bool digits = !text.empty() && std::all_of(text.begin(), text.end(), data::is_digit);
    std::int64_t value = most;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (!digits || (read.ec == std::errc{} && value < least)) {
        throw bad_parameter(std::string(name), std::string(name) + " is " + quoted(text) +
                                                   "; it must be a whole number of at least " +
                                                   std::to_string(least));
    }
    // More digits than the type holds: beyond `most` all the same.
    return read.ec == std::errc{} ? std::min(value, most) : most;
}

std::size_t choice(std::string_view name, std::string_view text,
                   std::span<const std::string_view> choices) {
    const auto found = std::find(choices.begin(), choices.end(), text);
    if (found == choices.end()) {
        throw bad_parameter(std::string(name), std::string(name) + " is " + quoted(text) +
                                                   "; it must be " + join_choices(choices));
    }
    return static_cast<std::size_t>(found - choices.begin());
}

std::string encode_query_value(std::string_view text) {
    static constexpr std::string_view bare = "-._~/:,";
    static constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (letter || data::is_digit(c) || bare.find(c) != bare.npos) {
            out.push_back(c);
        } else {
            out.append({'%', hex[byte >> 4U], hex[byte & 15U]});
        }
    }
    return out;
}

void append_parameter(std::string& query, std::string_view name, std::string_view value) {
    query.append(query.empty() ? "" : "&").append(name).append("=");
    query.append(encode_query_value(value));
}

std::string number_text(double value) {
    // The smallest has 324 decimals, the greatest 309 digits.
    std::array<char, 400> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value,
                                       std::chars_format::fixed);
    return {digits.data(), written.ptr};
}

} // namespace hotspots::service
