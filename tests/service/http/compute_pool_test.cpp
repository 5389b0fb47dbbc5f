#include "service/http/compute_pool.hpp"
#include "tests/catch.hpp"

#include <atomic>
#include <future>
#include <memory>
#include <thread>
#include <vector>

using hotspots::service::ComputePool;

TEST_CASE("Every accepted task runs exactly once, from however many threads they come") {
    constexpr int tasks_a_thread = 500;
    std::vector<std::atomic<int>> runs(4 * tasks_a_thread);
    std::atomic<int> accepted = 0;
    {
        std::atomic<int> done = 0;
        ComputePool pool(3, 100);
        std::vector<std::thread> submitters;
        for (int thread = 0; thread < 4; ++thread) {
            submitters.emplace_back([&, thread] {
                for (int i = 0; i < tasks_a_thread; ++i) {
                    auto& run = runs[static_cast<std::size_t>(thread * tasks_a_thread + i)];
                    if (pool.try_submit([&run, &done] {
                            ++run;
                            ++done;
                        })) {
                        ++accepted;
                    }
                }
            });
        }
        for (auto& submitter : submitters) {
            submitter.join();
        }
        while (done < accepted) {
            std::this_thread::yield();
        }
    }
    int total = 0;
    for (const auto& run : runs) {
        CHECK(run <= 1);
        total += run;
    }
    CHECK(total == accepted);
    CHECK(accepted >= 100);
}

TEST_CASE("A pool takes as many tasks as it has threads and places to wait, then refuses") {
    std::promise<void> gate;
    const auto opened = gate.get_future().share();
    std::atomic<int> done = 0;
    {
        ComputePool pool(2, 3);
        for (int i = 0; i < 5; ++i) {
            CHECK(pool.try_submit([&, opened] {
                opened.wait();
                ++done;
            }));
        }
        CHECK_FALSE(pool.try_submit([&] { ++done; }));
        gate.set_value();
        while (done < 5) {
            std::this_thread::yield();
        }
    }
    CHECK(done == 5);
}

TEST_CASE("Destroyed, a pool waits for what runs and frees what waits without running it") {
    std::promise<void> started;
    std::atomic<bool> finished = false;
    std::atomic<bool> ran = false;
    auto held = std::make_shared<int>(1);
    {
        ComputePool pool(1, 1);
        REQUIRE(pool.try_submit([&] {
            started.set_value();
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            finished = true;
        }));
        started.get_future().wait();
        REQUIRE(pool.try_submit([&ran, held] { ran = true; }));
    }
    CHECK(finished);
    CHECK_FALSE(ran);
    CHECK(held.use_count() == 1);
}

TEST_CASE("What is taken back is never run and makes room; what has begun is not taken back") {
    std::promise<void> gate;
    std::promise<void> started;
    std::atomic<bool> ran = false;
    auto held = std::make_shared<int>(1);
    ComputePool pool(1, 1);
    const auto runs = pool.try_submit([&started, opened = gate.get_future().share()] {
        started.set_value();
        opened.wait();
    });
    REQUIRE(runs);
    started.get_future().wait();
    const auto waits = pool.try_submit([&ran, held] { ran = true; });
    REQUIRE(waits);
    CHECK_FALSE(pool.try_submit([] {}));
    CHECK_FALSE(pool.withdraw(*runs));
    CHECK(pool.withdraw(*waits));
    CHECK(held.use_count() == 1);
    CHECK_FALSE(pool.withdraw(*waits));
    std::promise<void> done;
    REQUIRE(pool.try_submit([&done] { done.set_value(); }));
    gate.set_value();
    done.get_future().wait();
    CHECK_FALSE(ran);
}
