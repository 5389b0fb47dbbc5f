#include "geo/false_discovery.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace hotspots::geo {

namespace {

[[noreturn]] void fail(const char* what, double value, const char* right) {
    std::ostringstream message;
    message << "false discovery: " << what << " is " << value << ", must be " << right;
    throw std::invalid_argument(message.str());
}

void check(std::span<const double> p) {
    for (const double value : p) {
        if (!(value >= 0 && value <= 1)) {
            fail("a p-value", value, "from 0 to 1");
        }
    }
}

// p of the k-th smallest of n, before it is made monotonous.
double scaled(double p, std::size_t k, std::size_t n) {
    return p * static_cast<double>(n) / static_cast<double>(k);
}

} // namespace

std::vector<double> benjamini_hochberg(std::span<const double> p) {
    check(p);
    std::vector<std::size_t> order(p.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    std::ranges::sort(order, {}, [&](std::size_t i) { return p[i]; });
    std::vector<double> adjusted(p.size());
    double least = 1;
    for (std::size_t k = order.size(); k > 0; --k) {
        least = std::min(least, scaled(p[order[k - 1]], k, p.size()));
        adjusted[order[k - 1]] = least;
    }
    return adjusted;
}

std::vector<std::uint8_t> discoveries(std::span<const double> p, double rate) {
    check(p);
    if (!(rate > 0 && rate < 1)) {
        fail("the rate", rate, "above 0 and below 1");
    }
    std::vector<double> possible; // a p above the rate passes at no rank
    std::ranges::copy_if(p, std::back_inserter(possible), [&](double v) { return v <= rate; });
    std::ranges::sort(possible);
    auto passed = possible.size();
    while (passed > 0 && scaled(possible[passed - 1], passed, p.size()) > rate) {
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
