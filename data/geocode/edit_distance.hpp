// Edit distance of short words.
#pragma once

#include <optional>
#include <string_view>

namespace hotspots::data {

// Insertions, deletions, substitutions and transpositions of neighbours that turn `a` into `b`, no
// character edited twice (optimal string alignment; Damerau 1964). Empty if more than `most`.
// O(|a| * most). Precondition: sizes below 64.
std::optional<int> edit_distance(std::string_view a, std::string_view b, int most);

} // namespace hotspots::data
