// How strongly being placed or missed depends on something else: Cramér's V of a table of two rows.
// No p value: with tens of thousands of records any difference is significant.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace hotspots::data {

// One column of the table: a named place, a source, an hour, a month.
struct PlacedMissed {
    std::int64_t placed = 0;
    std::int64_t missed = 0;
};

struct Association {
    std::int64_t records = 0; // n
    std::size_t rows = 0;     // with any record: 2 unless all are placed, or none
    std::size_t columns = 0;  // with any record
    // Cramér 1946: sqrt(chi squared / (n min(rows - 1, columns - 1))), without Yates's correction.
    // 0 none, 1 complete. Empty where rows or columns are fewer than 2.
    std::optional<double> v;
    // The same without its upward bias, which grows with columns and falls with n: Bergsma 2013,
    // Journal of the Korean Statistical Society 42(3), equations 4 and 5.
    std::optional<double> v_corrected;
};

// Columns without records do not count. O(columns).
Association associate(std::span<const PlacedMissed> columns);

// The corrected V in words. With two rows V is Cohen's w, for which 0.1 is small, 0.3 medium and
// 0.5 large (Cohen 1988, chapter 7).
std::string_view reading_of(const Association& association);

} // namespace hotspots::data
