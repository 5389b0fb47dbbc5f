#include "geo/mann_kendall.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <vector>

namespace hotspots::geo {

namespace {

struct Ties {
    double pairs = 0;    // of equal values
    double variance = 0; // what they take from 18 times the variance of s
};

double variance_term(double n) {
    return n * (n - 1) * (2 * n + 5);
}

Ties ties_of(std::span<const double> values) {
    std::vector<double> sorted(values.begin(), values.end());
    std::ranges::sort(sorted);
    Ties ties;
    for (auto begin = sorted.begin(); begin != sorted.end();) {
        const auto end = std::upper_bound(begin, sorted.end(), *begin);
        const auto equal = static_cast<double>(end - begin);
        ties.pairs += equal * (equal - 1) / 2;
        ties.variance += variance_term(equal);
        begin = end;
    }
    return ties;
}

} // namespace

Trend mann_kendall(std::span<const double> values) {
    if (!std::ranges::all_of(values, [](double v) { return std::isfinite(v); })) {
        throw std::invalid_argument("trend: a value is not finite, must be a number");
    }
    Trend trend;
    for (std::size_t later = 1; later < values.size(); ++later) {
        for (std::size_t earlier = 0; earlier < later; ++earlier) {
            trend.s += (values[later] > values[earlier]) - (values[later] < values[earlier]);
        }
    }
    const auto n = static_cast<double>(values.size());
    const double pairs = n * (n - 1) / 2;
    const auto ties = ties_of(values);
    const double variance = (variance_term(n) - ties.variance) / 18;
    if (!(variance > 0)) {
        return trend;
    }
    const auto s = static_cast<double>(trend.s);
    trend.tau = s / std::sqrt(pairs * (pairs - ties.pairs));
    const double size = std::max(std::abs(s) - 1, 0.0) / std::sqrt(variance);
    trend.z = s < 0 ? 0 - size : size; // never -0
    trend.p = std::min(1.0, std::erfc(size / std::numbers::sqrt2));
    return trend;
}

} // namespace hotspots::geo
