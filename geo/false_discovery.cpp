#include "geo/false_discovery.hpp"

#include "geo/require.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace hotspots::geo {

namespace {

void check_p_values(std::span<const double> p) {
    for (const double value : p) {
        if (!(value >= 0 && value <= 1)) {
            refuse("false discovery", "a p-value", value, "from 0 to 1");
        }
    }
}

// p of the k-th smallest of n, before it is made monotonous.
double scaled_p(double p, std::size_t k, std::size_t n) {
    return p * static_cast<double>(n) / static_cast<double>(k);
}

} // namespace

std::vector<double> benjamini_hochberg(std::span<const double> p) {
    check_p_values(p);
    std::vector<std::size_t> order(p.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    std::ranges::sort(order, {}, [&](std::size_t i) { return p[i]; });
    std::vector<double> adjusted(p.size());
    double least = 1;
    for (std::size_t k = order.size(); k > 0; --k) {
        least = std::min(least, scaled_p(p[order[k - 1]], k, p.size()));
        adjusted[order[k - 1]] = least;
    }
    return adjusted;
}

std::vector<std::uint8_t> discoveries(std::span<const double> p, double rate) {
    check_p_values(p);
    if (!(rate > 0 && rate < 1)) {
        refuse("false discovery", "the rate", rate, "above 0 and below 1");
    }
    std::vector<double> possible; // a p above the rate passes at no rank
    std::ranges::copy_if(p, std::back_inserter(possible), [&](double v) { return v <= rate; });
    std::ranges::sort(possible);
    auto passed = possible.size();
    while (passed > 0 && scaled_p(possible[passed - 1], passed, p.size()) > rate) {
        --passed;
    }
    std::vector<std::uint8_t> found(p.size());
    if (passed > 0) {
        const double largest = possible[passed - 1];
        std::ranges::transform(p, found.begin(),
                               [&](double v) { return static_cast<std::uint8_t>(v <= largest); });
    }
    return found;
}

} // namespace hotspots::geo
