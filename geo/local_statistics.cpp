#include "geo/local_statistics.hpp"

#include "geo/require.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace hotspots::geo {

namespace {

constexpr double largest_value = 1e300;

void check_values(std::span<const BngPoint> places, std::span<const double> values,
                  double threshold_m) {
    require("local statistics", places.size() == values.size(), "the number of values",
            static_cast<double>(values.size()), "one a place");
    require("local statistics", threshold_m > 0 && std::isfinite(threshold_m), "the threshold",
            threshold_m, "above 0 and finite (metres)");
    for (const double value : values) {
        require("local statistics", std::abs(value) <= largest_value, "a value", value,
                "within +-1e300");
    }
    for (const auto& place : places) {
        require("local statistics", std::isfinite(place.easting_m), "an easting", place.easting_m,
                "finite");
        require("local statistics", std::isfinite(place.northing_m), "a northing", place.northing_m,
                "finite");
    }
}

// Calls use(i, j) for every two places i != j at most threshold_m apart, once in each order.
template <class Use>
void for_each_neighbour(std::span<const BngPoint> places, double threshold_m, Use use) {
    std::vector<std::size_t> order(places.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return places[i].northing_m; });
    for (std::size_t a = 0; a < order.size(); ++a) {
        const BngPoint& from = places[order[a]];
        for (std::size_t b = a + 1; b < order.size(); ++b) {
            const BngPoint& to = places[order[b]];
            if (to.northing_m - from.northing_m > threshold_m) {
                break;
            }
            if (std::hypot(to.easting_m - from.easting_m, to.northing_m - from.northing_m) <=
                threshold_m) {
                use(order[a], order[b]);
                use(order[b], order[a]);
            }
        }
    }
}

// The values about their mean, the largest 1 in size, so that squares neither overflow nor vanish;
// the statistics do not depend on either. All 0 for a constant field, whose mean may round.
std::vector<double> standardised(std::span<const double> values) {
    std::vector<double> deviations(values.begin(), values.end());
    if (values.empty()) {
        return deviations;
    }
    const auto [least, most] = std::ranges::minmax(values);
    if (least == most) {
        std::ranges::fill(deviations, 0);
        return deviations;
    }
    const double count = static_cast<double>(values.size());
    double mean = 0;
    for (const double value : values) {
        mean += value / count;
    }
    const double largest = std::max(most - mean, mean - least);
    for (double& value : deviations) {
        value = (value - mean) / largest;
    }
    return deviations;
}

struct Sums {
    std::vector<double> value;  // of the neighbours, without the place itself
    std::vector<double> weight; // how many they are
};

Sums sum_neighbours(std::span<const BngPoint> places, const std::vector<double>& values,
                    double threshold_m) {
    Sums sums{std::vector<double>(places.size()), std::vector<double>(places.size())};
    for_each_neighbour(places, threshold_m, [&](std::size_t i, std::size_t j) {
        sums.value[i] += values[j];
        sums.weight[i] += 1;
    });
    return sums;
}

double sum_of(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) {
        sum += value;
    }
    return sum;
}

double sum_of_squares(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) {
        sum += value * value;
    }
    return sum;
}

struct Moments {
    double mean = 0;
    double deviation = 0; // exactly 0 where all are equal
};

// Of all values but one, summed anew: a difference of sums would leave rounding where the others
// are equal.
Moments moments_without(const std::vector<double>& values, std::size_t left_out) {
    const double others = static_cast<double>(values.size()) - 1;
    Moments moments;
    bool equal = true;
    const double first = values[left_out == 0 && values.size() > 1 ? 1 : 0];
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i != left_out) {
            moments.mean += values[i] / others;
            equal = equal && values[i] == first;
        }
    }
    if (equal) {
        return {first, 0};
    }
    double squares = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double deviation = i == left_out ? 0 : values[i] - moments.mean;
        squares += deviation * deviation;
    }
    moments.deviation = std::sqrt(squares / others);
    return moments;
}

} // namespace

double getis_ord_z(double excess, double weight, double count, double deviation) {
    const double spread = count * weight - weight * weight; // 0: none, or all, are neighbours
    if (!(count > 1) || !(spread > 0) || !(deviation > 0)) {
        return 0;
    }
    return excess / (deviation * std::sqrt(spread / (count - 1)));
}

double upper_tail_p(double z) {
    return std::erfc(z / std::sqrt(2.0)) / 2;
}

std::vector<double> gi_star(std::span<const BngPoint> places, std::span<const double> values,
                            double threshold_m) {
    check_values(places, values, threshold_m);
    const auto u = standardised(values);
    const auto sums = sum_neighbours(places, u, threshold_m);
    const double count = static_cast<double>(u.size());
    const double mean = u.empty() ? 0 : sum_of(u) / count; // what rounding left of it
    const double deviation = std::sqrt(sum_of_squares(u) / std::max(count, 1.0) - mean * mean);
    std::vector<double> z(u.size());
    for (std::size_t i = 0; i < z.size(); ++i) {
        const double weight = sums.weight[i] + 1;
        z[i] = getis_ord_z(sums.value[i] + u[i] - weight * mean, weight, count, deviation);
    }
    return z;
}

std::vector<double> gi(std::span<const BngPoint> places, std::span<const double> values,
                       double threshold_m) {
    check_values(places, values, threshold_m);
    const auto u = standardised(values);
    const auto sums = sum_neighbours(places, u, threshold_m);
    std::vector<double> z(u.size());
    for (std::size_t i = 0; i < z.size(); ++i) {
        const auto others = moments_without(u, i);
        z[i] = getis_ord_z(sums.value[i] - sums.weight[i] * others.mean, sums.weight[i],
                           static_cast<double>(u.size()) - 1, others.deviation);
    }
    return z;
}

double general_g(std::span<const BngPoint> places, std::span<const double> values,
                 double threshold_m) {
    check_values(places, values, threshold_m);
    double largest = 0;
    for (const double value : values) {
        largest = std::max(largest, std::abs(value));
    }
    std::vector<double> scaled(values.begin(), values.end());
    for (double& value : scaled) {
        value /= largest > 0 ? largest : 1;
    }
    double near = 0;
    for_each_neighbour(places, threshold_m,
                       [&](std::size_t i, std::size_t j) { near += scaled[i] * scaled[j]; });
    // All pairs, each as the product with what came before it: exact 0 where one value alone is
    // not.
    double all = 0;
    double before = 0;
    for (const double value : scaled) {
        all += 2 * value * before;
        before += value;
    }
    return all == 0 ? 0 : near / all;
}

} // namespace hotspots::geo
