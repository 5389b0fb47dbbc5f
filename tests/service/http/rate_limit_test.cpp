#include "service/http/rate_limit.hpp"
#include "tests/catch.hpp"

using namespace hotspots::service;
using namespace std::chrono_literals;

TEST_CASE("A bucket gives its burst at once, then one token as often as the rate says") {
    TokenBucket bucket;
    const RateLimit limit{10, 3};
    const auto start = TokenBucket::Clock::now();
    for (int i = 0; i < 3; ++i) {
        CHECK(bucket.take(limit, start) == 0ns);
    }
    CHECK(bucket.take(limit, start) == 100ms);
    CHECK(bucket.take(limit, start + 60ms) == 40ms);
    CHECK(bucket.take(limit, start + 100ms) == 0ns);
    CHECK(bucket.take(limit, start + 100ms) == 100ms);
    CHECK_FALSE(bucket.is_full(start + 399ms));
    CHECK(bucket.is_full(start + 400ms));
}

TEST_CASE("However they are spaced, no more requests pass than rate and burst allow") {
    TokenBucket bucket;
    const RateLimit limit{100, 20};
    const auto start = TokenBucket::Clock::now();
    std::uint64_t random = 7;
    int passed = 0;
    auto now = start;
    while (now < start + 5s) {
        random = random * 6364136223846793005U + 1442695040888963407U;
        now += std::chrono::microseconds(random >> 52U); // 2 ms on average
        passed += bucket.take(limit, now) == 0ns ? 1 : 0;
    }
    CHECK(passed <= 5 * 100 + 20 + 1);
    CHECK(passed >= 5 * 100 - 5);
}

TEST_CASE("Each client has a bucket of its own, the same one each time") {
    TokenBuckets buckets;
    const auto first = buckets.of("a");
    CHECK(buckets.of("a") == first);
    CHECK(buckets.of("b") != first);
}

TEST_CASE("An address that holds its connections gets no further one until one is closed") {
    AddressCounts counts;
    CHECK(counts.enter("192.0.2.1", 2));
    CHECK(counts.enter("192.0.2.1", 2));
    CHECK_FALSE(counts.enter("192.0.2.1", 2));
    CHECK(counts.enter("192.0.2.2", 2));
    counts.leave("192.0.2.1");
    CHECK(counts.enter("192.0.2.1", 2));
}
