#include "geo/stop.hpp"
#include "service/shared_results.hpp"
#include "tests/catch.hpp"

#include <atomic>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

using Results = hotspots::service::SharedResults<int>;

namespace {

Results::Pointer number(int value) {
    return std::make_shared<const int>(value);
}

// Computes until it is asked to stop, or let go.
struct Endless {
    std::atomic<int> begun = 0;
    std::atomic<bool> let_go = false;

    Results::Pointer operator()() {
        ++begun;
        while (!let_go) {
            hotspots::geo::stop_if_asked();
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        return number(5);
    }
    void wait_until_begun(int times) const {
        while (begun < times) {
            std::this_thread::yield();
        }
    }
};

// Somebody who asks on a thread of its own, and may leave.
class Asker {
public:
    Asker(Results& results, Endless& endless)
        : m_thread([this, &results, &endless] {
              const hotspots::geo::StopScope scope(m_stop.get_token());
              try {
                  m_got = *results.get("key", [&] { return endless(); });
              } catch (const hotspots::geo::Stopped&) {
                  m_got = stopped;
              }
          }) {}
    void leave() { m_stop.request_stop(); }
    int result() {
        m_thread.join();
        return m_got;
    }
    static constexpr int stopped = -1;

private:
    std::stop_source m_stop;
    std::atomic<int> m_got = 0;
    std::thread m_thread;
};

// Until somebody who has begun to ask has got to wait: nobody can see it do so.
void let_others_wait() {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
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

TEST_CASE("A computation goes on for those who stay, and ends for who leaves at once",
          "[concurrency]") {
    Results results(4);
    Endless endless;
    Asker first(results, endless); // computes
    endless.wait_until_begun(1);
    Asker second(results, endless);
    Asker third(results, endless);
    let_others_wait();
    third.leave();
    CHECK(third.result() == Asker::stopped); // though the computation goes on
    first.leave();
    let_others_wait();
    endless.let_go = true;
    CHECK(second.result() == 5);
    CHECK(first.result() == 5); // its thread had to make it
    CHECK(endless.begun == 1);
    CHECK(*results.find("key") == 5);
}

TEST_CASE("A computation stops once the last who waits has left, is not kept, and begins afresh",
          "[concurrency]") {
    Results results(4);
    Endless endless;
    Asker first(results, endless);
    endless.wait_until_begun(1);
    Asker second(results, endless);
    let_others_wait();
    first.leave();
    let_others_wait();
    CHECK(endless.begun == 1);
    second.leave();
    CHECK(first.result() == Asker::stopped);
    CHECK(second.result() == Asker::stopped);
    CHECK(results.size() == 0);
    Asker next(results, endless);
    endless.wait_until_begun(2);
    endless.let_go = true;
    CHECK(next.result() == 5);
}

TEST_CASE("Who comes while a computation stops does not wait for it", "[concurrency]") {
    Results results(4);
    std::atomic<bool> stops = false;
    std::atomic<bool> go_on = false;
    std::stop_source stop;
    std::atomic<bool> told = false;
    const auto heed_nothing = [&] {
        while (!hotspots::geo::thread_stop().stop_requested()) {
            std::this_thread::yield();
        }
        stops = true;
        while (!go_on) {
            std::this_thread::yield();
        }
        return number(1);
    };
    std::thread leaving([&] {
        const hotspots::geo::StopScope scope(stop.get_token());
        try {
            results.get("key", heed_nothing);
        } catch (const hotspots::geo::Stopped&) {
            told = true;
        }
    });
    stop.request_stop();
    while (!stops) {
        std::this_thread::yield();
    }
    CHECK(*results.get("key", [] { return number(2); }) == 2);
    go_on = true;
    leaving.join();
    CHECK(told);
    CHECK(*results.find("key") == 2);
}

TEST_CASE("What a stopped computation waits for stops with it, unless others want that",
          "[concurrency]") {
    for (const bool others_want_it : {false, true}) {
        Results inner(4);
        Results outer(4);
        Endless endless;
        std::atomic<bool> outer_stopped = false;
        std::stop_source stop;
        std::thread asks([&] {
            const hotspots::geo::StopScope scope(stop.get_token());
            try {
                outer.get("outer", [&] { return inner.get("key", [&] { return endless(); }); });
            } catch (const hotspots::geo::Stopped&) {
                outer_stopped = true;
            }
        });
        endless.wait_until_begun(1);
        std::optional<Asker> other;
        if (others_want_it) {
            other.emplace(inner, endless);
            let_others_wait();
        }
        stop.request_stop();
        if (others_want_it) {
            let_others_wait();
            endless.let_go = true;
            CHECK(other->result() == 5);
        }
        asks.join();
        CHECK(outer_stopped);
        CHECK(endless.begun == 1);
        CHECK(inner.size() == (others_want_it ? 1U : 0U));
        CHECK(outer.size() == 0);
    }
}

TEST_CASE("Whoever asks and leaves, in whatever order, nobody who stays goes without a result",
          "[concurrency]") {
    Results results(2);
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < 200; ++i) {
                const int key = i % 5;
                std::stop_source stop;
                const bool leaves = (i + t) % 3 != 0;
                std::thread client([&] {
                    if (leaves) {
                        stop.request_stop();
                    }
                });
                const hotspots::geo::StopScope scope(stop.get_token());
                try {
                    const auto got = results.get(std::to_string(key), [&] {
                        for (int step = 0; step < 20; ++step) {
                            hotspots::geo::stop_if_asked();
                            std::this_thread::yield();
                        }
                        return number(key);
                    });
                    wrong += *got != key;
                } catch (const hotspots::geo::Stopped&) {
                    wrong += !leaves;
                }
                client.join();
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    CHECK(wrong == 0);
}
