#include "data/geocode/edit_distance.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdlib>

namespace hotspots::data {
namespace {

constexpr std::size_t longest = 64;
using Row = std::array<int, longest + 1>;

void strip_common_ends(std::string_view& a, std::string_view& b) {
    while (!a.empty() && !b.empty() && a.front() == b.front()) {
        a.remove_prefix(1);
        b.remove_prefix(1);
    }
    while (!a.empty() && !b.empty() && a.back() == b.back()) {
        a.remove_suffix(1);
        b.remove_suffix(1);
    }
}

} // namespace

std::optional<int> edit_distance(std::string_view a, std::string_view b, int most) {
    assert(a.size() < longest && b.size() < longest);
    strip_common_ends(a, b);
    const int length_a = static_cast<int>(a.size());
    const int length_b = static_cast<int>(b.size());
    if (std::abs(length_a - length_b) > most) {
        return std::nullopt;
    }
    // Three rows of the matrix: two before the current one for transpositions. Cells further than
    // `most` from the diagonal hold more than `most` and are not visited.
    const int far = most + 1;
    std::array<Row, 3> rows;
    for (Row& row : rows) {
        row.fill(far);
    }
    for (int j = 0; j <= std::min(length_b, most); ++j) {
        rows[0][static_cast<std::size_t>(j)] = j;
    }
    for (int i = 1; i <= length_a; ++i) {
        Row& row = rows[static_cast<std::size_t>(i % 3)];
        const Row& above = rows[static_cast<std::size_t>((i + 2) % 3)];
        const Row& above_two = rows[static_cast<std::size_t>((i + 1) % 3)];
        row.fill(far);
        row[0] = std::min(i, far);
        int least = row[0];
        for (int j = std::max(1, i - most); j <= std::min(length_b, i + most); ++j) {
            const auto ia = static_cast<std::size_t>(i);
            const auto jb = static_cast<std::size_t>(j);
            const int change = a[ia - 1] == b[jb - 1] ? 0 : 1;
            int best = std::min({above[jb] + 1, row[jb - 1] + 1, above[jb - 1] + change});
            if (i > 1 && j > 1 && a[ia - 1] == b[jb - 2] && a[ia - 2] == b[jb - 1]) {
                best = std::min(best, above_two[jb - 2] + 1);
            }
            row[jb] = std::min(best, far);
            least = std::min(least, row[jb]);
        }
        if (least > most) {
            return std::nullopt;
        }
    }
    const int distance =
        rows[static_cast<std::size_t>(length_a % 3)][static_cast<std::size_t>(length_b)];
    return distance <= most ? std::optional(distance) : std::nullopt;
}

} // namespace hotspots::data
