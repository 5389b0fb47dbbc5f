#include "geo/shuffle.hpp"
#include "tests/catch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <vector>

using namespace hotspots::geo;

TEST_CASE("All orders of a shuffle are equally likely", "[shuffle]") {
    Random random(12);
    std::map<std::array<int, 4>, int> orders;
    std::array<int, 4> firsts{};
    constexpr int trials = 24'000;
    for (int i = 0; i < trials; ++i) {
        std::array<int, 4> values{0, 1, 2, 3};
        shuffle_first(std::span(values), values.size(), random);
        ++orders[values];
        std::array<int, 4> part{0, 1, 2, 3};
        shuffle_first(std::span(part), 1, random);
        ++firsts[static_cast<std::size_t>(part[0])];
    }
    CHECK(orders.size() == 24);
    for (const auto& [order, times] : orders) {
        CHECK(times == Approx(trials / 24).margin(5 * std::sqrt(trials / 24.0)));
    }
    for (const int times : firsts) {
        CHECK(times == Approx(trials / 4).margin(5 * std::sqrt(trials / 4.0)));
    }
}

TEST_CASE("A shuffle keeps every value, and of none or one nothing changes", "[shuffle]") {
    Random random(13);
    std::vector<int> values(1000);
    std::iota(values.begin(), values.end(), 0);
    shuffle_first(std::span(values), 400, random);
    auto sorted = values;
    std::ranges::sort(sorted);
    std::vector<int> all(1000);
    std::iota(all.begin(), all.end(), 0);
    CHECK(sorted == all);
    CHECK(values != all);
    std::vector<int> none;
    shuffle_first(std::span(none), 5, random);
    CHECK(none.empty());
    std::vector<int> one{7};
    shuffle_first(std::span(one), 5, random);
    CHECK(one == std::vector<int>{7});
}
