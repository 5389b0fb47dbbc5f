// One spelling for words that are written long and short: street types, compass points and the
// like. Applied to gazetteer names and to texts alike, so it does not matter which of them is
// short.
#pragma once

#include <span>
#include <string_view>

namespace hotspots::data {

// "street", "str" and "saint" -> "st"; "drive", "drv" -> "dr". Other words as they are.
std::string_view canonical_word(std::string_view word);

// True for a canonical word that says what kind of street it is: "st", "rd", "cl", "wy".
bool is_street_type(std::string_view canonical);

// The spellings that people use for a canonical street type or another word that ends names, the
// long one first; none for other words. "st": "street", "st", "str".
std::span<const std::string_view> spellings(std::string_view canonical);

} // namespace hotspots::data
