#include "geo/concentration.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace hotspots::geo {

namespace {

// Mean numbers of places with 0, 1, 2, ... events, up to where the rest is no thousandth of one.
std::vector<double> poisson_numbers(double mean, double members) {
    const auto most = static_cast<std::size_t>(mean + 40 * std::sqrt(mean) + 40);
    std::vector<double> numbers;
    double log_share = -mean; // by steps: std::lgamma is not for several threads
    for (std::size_t k = 0; k <= most; ++k) {
        numbers.push_back(members * std::exp(log_share));
        log_share += std::log(mean / static_cast<double>(k + 1));
    }
    return numbers;
}

} // namespace

Holding fewest_holding(std::span<const std::uint64_t> descending, double share) {
    const auto all = std::accumulate(descending.begin(), descending.end(), std::uint64_t{0});
    const double wanted = share * static_cast<double>(all);
    Holding holding;
    while (holding.members < descending.size() && static_cast<double>(holding.events) < wanted) {
        holding.events += descending[holding.members++];
    }
    return holding;
}

double members_holding_by_chance(std::uint64_t events, std::uint64_t members, double share) {
    if (events == 0 || members == 0) {
        return 0;
    }
    const auto places = static_cast<double>(members);
    double wanted = share * static_cast<double>(events);
    double holding = 0;
    const auto numbers = poisson_numbers(static_cast<double>(events) / places, places);
    // From the fullest places down.
    for (std::size_t k = numbers.size(); k-- > 1;) {
        const double held = static_cast<double>(k) * numbers[k];
        if (held >= wanted) {
            return holding + wanted / static_cast<double>(k);
        }
        holding += numbers[k];
        wanted -= held;
    }
    return std::min(holding, places);
}

} // namespace hotspots::geo
