// Letters and figures of ASCII, whatever the locale says: column names, codes and words of files
// are compared so. Texts of places go through data/geocode/text.hpp instead.
#pragma once

#include <string>
#include <string_view>

namespace hotspots::data {

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

constexpr char lower_case(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// A to Z in lower case, all other bytes as they are.
inline std::string lower_case(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        c = lower_case(c);
    }
    return result;
}

} // namespace hotspots::data
