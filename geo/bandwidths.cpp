#include "geo/bandwidths.hpp"

#include "geo/kernel_profile.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

namespace hotspots::geo {

namespace {

struct Spread {
    double deviation_m = 0; // standard, of n - 1
    double quartiles_m = 0; // between the first and the third
};

// The quantile of sorted values, between two of them in proportion (R's type 7).
double quantile(std::span<const double> sorted, double share) {
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const auto above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - std::floor(place)) * (sorted[above] - sorted[below]);
}

// Precondition: at least two values.
Spread spread_of(std::vector<double> values) {
    std::ranges::sort(values); // one order for the sums too
    const double origin = values[values.size() / 2];
    double sum = 0;
    for (const double value : values) {
        sum += value - origin;
    }
    const auto n = static_cast<double>(values.size());
    const double mean = sum / n;
    double squares = 0;
    for (const double value : values) {
        squares += (value - origin - mean) * (value - origin - mean);
    }
    return {std::sqrt(squares / (n - 1)), quantile(values, 0.75) - quantile(values, 0.25)};
}

struct Spreads {
    Spread easting;
    Spread northing;
    double per_deviation = 0; // h for a standard deviation of 1
};

std::optional<Spreads> spreads_of(std::span<const BngPoint> points, Kernel kernel) {
    if (points.size() < 2) {
        return std::nullopt;
    }
    std::vector<double> eastings;
    std::vector<double> northings;
    for (const auto& point : points) {
        eastings.push_back(point.easting_m);
        northings.push_back(point.northing_m);
    }
    const double shrink = std::pow(static_cast<double>(points.size()), -1.0 / 6);
    return Spreads{spread_of(std::move(eastings)), spread_of(std::move(northings)),
                   shrink / kernel_deviation(kernel)};
}

std::optional<double> positive(double value) {
    return value > 0 && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

double robust_m(const Spread& spread) {
    constexpr double quartiles_per_deviation = 1.34;
    return spread.quartiles_m > 0
               ? std::min(spread.deviation_m, spread.quartiles_m / quartiles_per_deviation)
               : spread.deviation_m;
}

// The likelihood of a bandwidth; where it is 0, below all others.
class Search {
public:
    Search(std::span<const Place> places, Kernel kernel, double area_km2, int threads)
        : m_places(places), m_kernel(kernel), m_area_km2(area_km2), m_threads(threads) {
        for (const auto& place : places) {
            m_points += place.count;
        }
    }

    LikelihoodBandwidth at(double bandwidth_m) const {
        const PlaceSums sums(m_places, kernel_reach_m(m_kernel, bandwidth_m));
        const auto found = leave_one_out_log_likelihood(m_places, sums, m_kernel, bandwidth_m,
                                                        1 / m_points, m_area_km2, m_threads);
        return {bandwidth_m, found.value_or(-HUGE_VAL), false};
    }

    // The best between two bandwidths, to 1 %.
    LikelihoodBandwidth golden(double low_m, double high_m, LikelihoodBandwidth best) const {
        constexpr double ratio = std::numbers::phi - 1;
        double low = std::log(low_m);
        double high = std::log(high_m);
        auto left = at(std::exp(high - ratio * (high - low)));
        auto right = at(std::exp(low + ratio * (high - low)));
        while (high - low > 0.01) {
            const bool go_left = left.log_likelihood >= right.log_likelihood;
            const auto& higher = go_left ? left : right;
            best = higher.log_likelihood > best.log_likelihood ? higher : best;
            if (go_left) {
                high = std::log(right.bandwidth_m);
                right = left;
                left = at(std::exp(high - ratio * (high - low)));
            } else {
                low = std::log(left.bandwidth_m);
                left = right;
                right = at(std::exp(low + ratio * (high - low)));
            }
        }
        return best;
    }

private:
    std::span<const Place> m_places;
    Kernel m_kernel;
    double m_area_km2;
    int m_threads;
    double m_points = 0;
};

} // namespace

AxisRule scott_bandwidth(std::span<const BngPoint> points, Kernel kernel) {
    const auto spreads = spreads_of(points, kernel);
    if (!spreads) {
        return {};
    }
    const double east_m = spreads->easting.deviation_m * spreads->per_deviation;
    const double north_m = spreads->northing.deviation_m * spreads->per_deviation;
    return {positive(east_m), positive(north_m), positive(std::sqrt(east_m * north_m))};
}

AxisRule silverman_bandwidth(std::span<const BngPoint> points, Kernel kernel) {
    const auto spreads = spreads_of(points, kernel);
    if (!spreads) {
        return {};
    }
    const double east_m = robust_m(spreads->easting) * spreads->per_deviation;
    const double north_m = robust_m(spreads->northing) * spreads->per_deviation;
    return {positive(east_m), positive(north_m),
            positive(std::hypot(east_m, north_m) / std::numbers::sqrt2)};
}

std::optional<double> leave_one_out_log_likelihood(std::span<const Place> places,
                                                   const PlaceSums& sums, Kernel kernel,
                                                   double bandwidth_m, double share_even,
                                                   double area_km2, int threads) {
    if (places.size() < 2) {
        return std::nullopt;
    }
    double points = 0;
    for (const auto& place : places) {
        points += place.count;
    }
    const auto others = sums.at_places(kernel, bandwidth_m, false, threads);
    const double even = share_even / area_km2;
    double logs = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const double density = (1 - share_even) * others[i] / (points - places[i].count) + even;
        if (!(density > 0)) {
            return std::nullopt;
        }
        logs += places[i].count * std::log(density);
    }
    return logs / points;
}

std::optional<LikelihoodBandwidth> likelihood_bandwidth(std::span<const Place> places,
                                                        Kernel kernel, double least_m,
                                                        double most_m, double area_km2,
                                                        int threads) {
    if (!(least_m > 0) || !(most_m > least_m) || !std::isfinite(most_m) || !(area_km2 > 0)) {
        throw std::invalid_argument("bandwidths: the search must go from above 0 up, and the area "
                                    "must be above 0");
    }
    if (places.size() < 2) {
        return std::nullopt;
    }
    constexpr int per_decade = 12;
    constexpr int patience = 6;
    const Search search(places, kernel, area_km2, threads);
    const int steps = static_cast<int>(std::ceil(per_decade * std::log10(most_m / least_m)));
    const auto step_m = [&](int step) {
        return least_m * std::pow(most_m / least_m, static_cast<double>(step) / steps);
    };
    auto best = search.at(least_m);
    int best_step = 0;
    int lower = 0; // steps in a row
    for (int step = 1; step <= steps && lower < patience; ++step) {
        const auto next = search.at(step_m(step));
        if (next.log_likelihood > best.log_likelihood) {
            best = next;
            best_step = step;
        }
        lower = next.log_likelihood < best.log_likelihood ? lower + 1 : 0;
    }
    best = search.golden(step_m(std::max(best_step - 1, 0)), step_m(std::min(best_step + 1, steps)),
                         best);
    best.at_limit = best.bandwidth_m <= least_m * 1.02 || best.bandwidth_m >= most_m / 1.02;
    return best;
}

} // namespace hotspots::geo
