#include "geo/random.hpp"
#include "tests/catch.hpp"

#include <array>
#include <cstdint>
#include <vector>

using namespace hotspots::geo;

TEST_CASE("SplitMix64 gives the numbers of its authors' program") {
    // Vigna's splitmix64.c, state 1234567.
    std::uint64_t state = 1234567;
    for (const std::uint64_t number :
         {6457827717110365317U, 3203168211198807973U, 9817491932198370423U, 4593380528125082431U,
          16408922859458223821U}) {
        CHECK(split_mix(state) == number);
    }
}

TEST_CASE("The generator gives the numbers of its authors' program") {
    // Blackman & Vigna's xoshiro256starstar.c, state 1, 2, 3, 4.
    Random random(std::array<std::uint64_t, 4>{1, 2, 3, 4});
    for (const std::uint64_t number :
         {std::uint64_t{11520}, std::uint64_t{0}, std::uint64_t{1509978240},
          std::uint64_t{1215971899390074240}, std::uint64_t{1216172134540287360},
          std::uint64_t{607988272756665600}, std::uint64_t{16172922978634559625U},
          std::uint64_t{8476171486693032832U}, std::uint64_t{10595114339597558777U},
          std::uint64_t{2904607092377533576U}}) {
        CHECK(random() == number);
    }
}

TEST_CASE("Numbers below a bound are all there, equally often") {
    Random random(7);
    constexpr std::uint32_t bound = 10;
    std::array<int, bound> seen{};
    for (int i = 0; i < 100'000; ++i) {
        ++seen.at(random.below(bound));
    }
    for (const int count : seen) { // the standard deviation is 95
        CHECK(count > 9'500);
        CHECK(count < 10'500);
    }
    CHECK(random.below(1) == 0);
}

TEST_CASE("Streams of a seed differ, and the same stream is the same again") {
    Random a(3, 0);
    Random b(3, 1);
    Random c(4, 0);
    Random again(3, 0);
    const auto number = a();
    CHECK(number != b());
    CHECK(number != c());
    CHECK(number == again());
}
