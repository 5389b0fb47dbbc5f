#include "data/quality/association.hpp"

#include <algorithm>
#include <cmath>

namespace hotspots::data {

namespace {

double squared_deviation(std::int64_t observed, double expected) {
    const double difference = static_cast<double>(observed) - expected;
    return difference * difference / expected;
}

} // namespace

Association associate(std::span<const PlacedMissed> columns) {
    PlacedMissed total;
    Association result;
    for (const auto& column : columns) {
        total.placed += column.placed;
        total.missed += column.missed;
        result.columns += column.placed + column.missed > 0 ? 1 : 0;
    }
    result.records = total.placed + total.missed;
    result.rows = (total.placed > 0 ? 1U : 0U) + (total.missed > 0 ? 1U : 0U);
    if (result.rows < 2 || result.columns < 2) {
        return result;
    }
    const auto n = static_cast<double>(result.records);
    double chi_squared = 0;
    for (const auto& column : columns) {
        const auto size = static_cast<double>(column.placed + column.missed);
        if (size > 0) {
            chi_squared +=
                squared_deviation(column.placed, size * static_cast<double>(total.placed) / n) +
                squared_deviation(column.missed, size * static_cast<double>(total.missed) / n);
        }
    }
    const double phi_squared = chi_squared / n;
    result.v = std::sqrt(std::min(1.0, phi_squared)); // min(rows, columns) - 1 is 1

    const double r = 2;
    const auto c = static_cast<double>(result.columns);
    const double phi_corrected = std::max(0.0, phi_squared - (r - 1) * (c - 1) / (n - 1));
    const double r_corrected = r - (r - 1) * (r - 1) / (n - 1);
    const double c_corrected = c - (c - 1) * (c - 1) / (n - 1);
    const double least = std::min(r_corrected, c_corrected) - 1;
    // As many columns as records: nothing is left of the table.
    result.v_corrected =
        least > 0 ? std::optional(std::min(1.0, std::sqrt(phi_corrected / least))) : std::nullopt;
    return result;
}

std::string_view reading_of(const Association& association) {
    if (association.records == 0) {
        return "there are no records";
    }
    if (association.rows < 2) {
        return "nothing to compare: all records are placed, or none is";
    }
    if (association.columns < 2) {
        return "nothing to compare: all records are of one kind";
    }
    if (!association.v_corrected) {
        return "too few records for so many kinds";
    }
    const double v = *association.v_corrected;
    return v < 0.1   ? "negligible: misses hardly depend on it"
           : v < 0.3 ? "small: misses depend on it a little"
           : v < 0.5 ? "medium: misses depend on it; compare places and times with care"
                     : "large: what is missing is unlike what is mapped; the map misleads";
}

} // namespace hotspots::data
