#include "service/shared_results.hpp"
#include "tests/catch.hpp"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using Results = hotspots::service::SharedResults<int>;

namespace {

Results::Pointer number(int value) {
    return std::make_shared<const int>(value);
}

} // namespace

TEST_CASE("Many threads that ask for a key at once cause one computation", "[concurrency]") {
    Results results(4);
    std::atomic<int> computations = 0;
    std::atomic<int> sum = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 16; ++i) {
        threads.emplace_back([&] {
            const auto result = results.get("key", [&] {
                ++computations;
                std::this_thread::sleep_for(std::chrono::milliseconds(50));
                return number(7);
            });
            sum += *result;
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    CHECK(computations == 1);
    CHECK(sum == 16 * 7);
}

TEST_CASE("Threads that ask for many keys in a small cache get each key's own result",
          "[concurrency]") {
    Results results(3);
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < 500; ++i) {
                const int key = (i * 7 + t) % 10;
                const auto result = results.get(std::to_string(key), [&] { return number(key); });
                wrong += *result != key;
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    CHECK(wrong == 0);
    CHECK(results.size() <= 3);
}

TEST_CASE("A computation that throws fails all who wait for it, and the next asks anew",
          "[concurrency]") {
    Results results(4);
    std::atomic<int> failures = 0;
    std::atomic<int> computations = 0;
    const auto fail = [&]() -> Results::Pointer {
        ++computations;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        throw std::runtime_error("no");
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            try {
                results.get("key", fail);
            } catch (const std::runtime_error&) {
                ++failures;
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    CHECK(failures == 4);
    CHECK(results.size() == 0);
    CHECK(*results.get("key", [] { return number(3); }) == 3);
}

TEST_CASE("The results asked for last are kept", "[concurrency]") {
    Results results(2);
    int computations = 0;
    const auto ask = [&](const std::string& key) {
        results.get(key, [&] {
            ++computations;
            return number(1);
        });
    };
    ask("a");
    ask("b");
    ask("a");
    ask("c"); // drops b
    CHECK(computations == 3);
    ask("a");
    CHECK(computations == 3);
    ask("b");
    CHECK(computations == 4);
    CHECK(results.size() == 2);
}

TEST_CASE("A result may be looked at once it is there, and nothing is computed for it",
          "[concurrency]") {
    Results results(4);
    CHECK_FALSE(results.find("key"));
    std::atomic<bool> begun = false;
    std::atomic<bool> go_on = false;
    std::thread other([&] {
        results.get("key", [&] {
            begun = true;
            while (!go_on) {
                std::this_thread::yield();
            }
            return number(3);
        });
    });
    while (!begun) {
        std::this_thread::yield();
    }
    CHECK_FALSE(results.find("key"));
    go_on = true;
    other.join();
    REQUIRE(results.find("key"));
    CHECK(*results.find("key") == 3);
}
