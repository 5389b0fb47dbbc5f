#include "service/answer_cache.hpp"
#include "tests/catch.hpp"

#include <atomic>
#include <future>
#include <random>
#include <stdexcept>
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
