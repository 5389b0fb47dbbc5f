#include "geo/stop.hpp"
#include "service/answer_cache.hpp"
#include "tests/catch.hpp"

#include <atomic>
#include <future>
#include <random>
#include <stdexcept>
#include <stop_token>
#include <thread>

using namespace hotspots::service;

namespace {

AnswerCache::Pointer answer_of(std::size_t bytes) {
    Response response;
    response.content_type = "image/png"; // is not packed
    response.body.assign(bytes, 'x');
    return prepare(response, "/a");
}

std::string cache_key(int number) {
    return "key " + std::to_string(number);
}

} // namespace

TEST_CASE("An answer is made once, and found by its key and its other names") {
    AnswerCache cache(1 << 20);
    int made = 0;
    const auto make = [&] {
        ++made;
        return answer_of(100);
    };
    const auto first = cache.get("a", make);
    CHECK(cache.get("a", make) == first);
    CHECK(made == 1);
    CHECK(cache.find("b") == nullptr);
    cache.also_name("a", "b");
    CHECK(cache.find("b") == first);
    cache.also_name("unknown", "c");
    CHECK(cache.find("c") == nullptr);
    CHECK(cache.figures().answers == 1);
    CHECK(cache.figures().misses == 1);
    CHECK(cache.figures().hits == 2);
}

TEST_CASE("The bytes held never exceed the limit, whatever is asked in whichever order") {
    constexpr std::size_t limit = 200'000;
    AnswerCache cache(limit);
    std::mt19937 random(1);
    for (int round = 0; round < 5000; ++round) {
        const auto key = cache_key(static_cast<int>(random() % 400));
        const auto bytes = random() % 4000;
        const auto answer = cache.get(key, [&] { return answer_of(bytes); });
        REQUIRE(answer);
        cache.also_name(key, "other " + key);
        const auto named = cache.find("other " + key);
        CHECK((named == nullptr || named == answer));
        REQUIRE(cache.figures().bytes <= limit);
    }
    CHECK(cache.figures().evictions > 100);
}

TEST_CASE("What is asked for again and again stays, also if only by its other name") {
    AnswerCache cache(std::size_t{16} * 20'000);
    cache.get("wanted", [] { return answer_of(5000); });
    cache.also_name("wanted", "by another name");
    for (int i = 0; i < 2000; ++i) {
        cache.get(cache_key(i), [] { return answer_of(1000); });
        REQUIRE(cache.find("by another name"));
    }
    CHECK(cache.figures().evictions > 0);
}

TEST_CASE("An answer too large to be kept is given all the same") {
    AnswerCache cache(16 * 1000);
    CHECK(cache.get("large", [] { return answer_of(5000); })->body.size() == 5000);
    CHECK(cache.find("large") == nullptr);
    CHECK(cache.figures().bytes == 0);
}

TEST_CASE("A failure goes to the one who asked and is not kept") {
    AnswerCache cache(1 << 20);
    const auto fail = []() -> AnswerCache::Pointer { throw std::runtime_error("no"); };
    CHECK_THROWS_AS(cache.get("a", fail), std::runtime_error);
    CHECK(cache.get("a", [] { return answer_of(1); }));
}

TEST_CASE("However many ask at once, one computes and all get what it found") {
    AnswerCache cache(1 << 20);
    std::atomic<int> made = 0;
    std::promise<void> gate;
    const auto opened = gate.get_future().share();
    std::vector<std::future<AnswerCache::Pointer>> asked;
    for (int i = 0; i < 8; ++i) {
        asked.push_back(std::async(std::launch::async, [&] {
            return cache.get("a", [&] {
                ++made;
                opened.wait();
                return answer_of(10);
            });
        }));
    }
    while (made == 0) {
        std::this_thread::yield();
    }
    CHECK(cache.find("a") == nullptr); // waits for nobody
    gate.set_value();
    const auto first = asked[0].get();
    for (std::size_t i = 1; i < asked.size(); ++i) {
        CHECK(asked[i].get() == first);
    }
    CHECK(made == 1);
}

TEST_CASE("Who may not wait is told that somebody else is at it") {
    AnswerCache cache(1 << 20);
    const auto make = [] { return answer_of(10); };
    const AnswerCache::Pointer outer = cache.get("a", [&] {
        CHECK(cache.get_at_once("a", make) == nullptr);
        CHECK(cache.get_at_once("b", make));
        return make();
    });
    CHECK(cache.get_at_once("a", make) == outer);
    CHECK(cache.find("b") == cache.get("b", make));
    const auto fail = []() -> AnswerCache::Pointer { throw std::runtime_error("no"); };
    CHECK_THROWS_AS(cache.get_at_once("c", fail), std::runtime_error);
    CHECK(cache.get_at_once("c", make));
}

TEST_CASE("An answer that nobody waits for any more is not made to its end, nor kept") {
    AnswerCache cache(1 << 20);
    std::atomic<int> begun = 0;
    std::atomic<bool> let_go = false;
    const auto make = [&]() -> AnswerCache::Pointer {
        ++begun;
        while (!let_go) {
            hotspots::geo::stop_if_asked();
            std::this_thread::yield();
        }
        return answer_of(10);
    };
    const auto ask = [&](const std::stop_source& stop) {
        return std::async(std::launch::async, [&cache, &make, token = stop.get_token()] {
            const hotspots::geo::StopScope scope(token);
            return cache.get("a", make);
        });
    };
    std::stop_source first_stop;
    auto first = ask(first_stop);
    while (begun == 0) {
        std::this_thread::yield();
    }
    std::stop_source second_stop;
    auto second = ask(second_stop);
    std::this_thread::sleep_for(std::chrono::milliseconds(50)); // until it waits
    first_stop.request_stop();
    CHECK(second.wait_for(std::chrono::milliseconds(50)) == std::future_status::timeout);
    second_stop.request_stop();
    CHECK_THROWS_AS(first.get(), hotspots::geo::Stopped);
    CHECK_THROWS_AS(second.get(), hotspots::geo::Stopped);
    CHECK(cache.find("a") == nullptr);
    CHECK(begun == 1);
    auto third = ask(std::stop_source());
    while (begun == 1) {
        std::this_thread::yield();
    }
    let_go = true;
    const auto made = third.get();
    CHECK(cache.find("a") == made);
}

TEST_CASE("Who leaves does not stop what somebody makes who cannot leave") {
    AnswerCache cache(1 << 20);
    std::atomic<bool> begun = false;
    std::atomic<bool> let_go = false;
    auto maker = std::async(std::launch::async, [&] {
        return cache.get("a", [&] {
            begun = true;
            while (!let_go) {
                hotspots::geo::stop_if_asked();
                std::this_thread::yield();
            }
            return answer_of(10);
        });
    });
    while (!begun) {
        std::this_thread::yield();
    }
    std::stop_source stop;
    auto waiting = std::async(std::launch::async, [&] {
        const hotspots::geo::StopScope scope(stop.get_token());
        return cache.get("a", [] { return answer_of(1); });
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(50)); // until it waits
    stop.request_stop();
    CHECK_THROWS_AS(waiting.get(), hotspots::geo::Stopped);
    let_go = true;
    const auto made = maker.get();
    CHECK(cache.find("a") == made);
}
