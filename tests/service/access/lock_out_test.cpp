#include "service/access/lock_out.hpp"
#include "tests/catch.hpp"

#include <random>

using namespace hotspots::service;
using std::chrono::seconds;

namespace {

const LockOut::Clock::time_point start{std::chrono::hours(1000)};

LockOutRules five_free() {
    return {5, seconds(1), seconds(60), seconds(100), 1000};
}

} // namespace

TEST_CASE("Beyond the free tries the wait doubles up to its most") {
    LockOut lock_out(five_free());
    auto now = start;
    std::vector<std::int64_t> waits;
    for (int i = 0; i < 13; ++i) {
        CHECK(lock_out.until("a") <= now);
        lock_out.count("a", now);
        const auto wait =
            std::max(seconds(0), std::chrono::ceil<seconds>(lock_out.until("a") - now));
        waits.push_back(lock_out.until("a") < now ? 0 : wait.count());
        now = std::max(now, lock_out.until("a"));
    }
    // Tries are forgotten one in 100 s: after 1 + 2 + … + 32 s none yet, then one a minute and
    // more.
    CHECK(std::vector<std::int64_t>(waits.begin(), waits.begin() + 11) ==
          std::vector<std::int64_t>{0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60});
    CHECK(lock_out.until("b") < start);
}

TEST_CASE("Tries are forgotten with time, and all at once when one is right") {
    LockOut lock_out(five_free());
    for (int i = 0; i < 5; ++i) {
        lock_out.count("a", start);
    }
    CHECK(lock_out.until("a") > start);
    const auto later = start + seconds(300);
    CHECK(lock_out.until("a") < later);
    for (int i = 0; i < 2; ++i) { // two of the five are left
        lock_out.count("a", later);
        CHECK(lock_out.until("a") < later);
    }
    lock_out.count("a", later);
    CHECK(lock_out.until("a") == later + seconds(1));
    lock_out.forget("a");
    lock_out.count("a", later);
    CHECK(lock_out.until("a") < later);
    CHECK(lock_out.size() == 1);
}

TEST_CASE("A try that is taken back is as if it had not been") {
    LockOut lock_out(five_free());
    for (int i = 0; i < 5; ++i) {
        lock_out.count("a", start);
    }
    lock_out.take_back("a");
    CHECK(lock_out.until("a") < start);
    lock_out.count("a", start);
    CHECK(lock_out.until("a") == start + seconds(1));
    lock_out.take_back("nobody");
    CHECK(lock_out.size() == 1);
}

TEST_CASE("Any number of names takes bounded memory and pushes out none that is locked") {
    LockOut lock_out(five_free());
    for (int i = 0; i < 10; ++i) {
        lock_out.count("locked", start);
    }
    for (int i = 0; i < 20'000; ++i) {
        lock_out.count("name " + std::to_string(i), start);
        REQUIRE(lock_out.size() <= 1000);
    }
    CHECK(lock_out.until("locked") > start);
}

TEST_CASE("Of IPv6 a network counts as one address, of IPv4 each for itself") {
    CHECK(lock_out_network("192.0.2.7") == "192.0.2.7");
    CHECK(lock_out_network("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64");
    CHECK(lock_out_network("2001:db8:1:2::9") == lock_out_network("2001:db8:1:2:ffff::"));
    CHECK(lock_out_network("2001:db8:1:3::9") != lock_out_network("2001:db8:1:2::9"));
    CHECK(lock_out_network("") == "");
}
