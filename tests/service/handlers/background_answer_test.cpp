// Answers made in the background: at once, within the wait, or 202 with a job to follow.
#include "service/handlers/background_answer.hpp"
#include "service/problem.hpp"
#include "service/router.hpp"
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <atomic>
#include <chrono>
#include <thread>

using namespace hotspots;
using namespace hotspots::tests;
using namespace hotspots::service;
using namespace std::chrono_literals;

namespace {

// A context whose background work runs until it is let go.
struct Fixture {
    Fixture() { service.context.background = std::make_shared<BackgroundJobs>(1); }
    ~Fixture() { open = true; }

    BackgroundWork work(const std::string& etag = "\"1\"") {
        return {"Work", etag, "application/json", [this](const BackgroundJobs::Progress& progress) {
                    while (!open) {
                        progress(0.25);
                        std::this_thread::sleep_for(1ms);
                    }
                    return std::string("{}");
                }};
    }
    Response ask(std::vector<Header> headers = {}, const std::string& etag = "\"1\"") {
        Request request;
        request.path = "/analysis/x";
        request.query = {{"hours", "22-04"}, {"group", "rob bery"}};
        request.headers = std::move(headers);
        return answer_in_background(service.context, request, work(etag));
    }

    std::atomic<bool> open = false;
    Service service{SnapshotBuilder().build()};
};

Response wait_for(const Response& response) {
    for (int i = 0; i < 1000; ++i) {
        if (auto answer = response.later()) {
            return *answer;
        }
        std::this_thread::sleep_for(10ms);
    }
    FAIL("no answer");
    return {};
}

} // namespace

TEST_CASE("A client that does not wait gets 202 and a job with its progress", "[background]") {
    Fixture fixture;
    const auto accepted = fixture.ask({{"prefer", "respond-async"}});
    CHECK(accepted.status == 202);
    const auto location = header_of(accepted, "location");
    const auto job = nlohmann::json::parse(accepted.body);
    CHECK(location == "/jobs/" + job.at("id").get<std::string>());
    CHECK(job.at("title") == "Work");
    CHECK(job.at("links").at(1).at("href") == "/analysis/x?hours=22-04&group=rob%20bery");
    while (fixture.service.json(location).at("progress") != 0.25) {
        std::this_thread::sleep_for(1ms);
    }
    CHECK(fixture.service.json(location).at("state") == "running");
    CHECK(fixture.service.json("/jobs").at("jobs").size() == 1);
    fixture.open = true;
    while (fixture.service.json(location).at("state") != "done") {
        std::this_thread::sleep_for(1ms);
    }
    const auto answer = fixture.ask({{"prefer", "respond-async"}});
    CHECK(answer.status == 200);
    CHECK(answer.body_view() == "{}");
    CHECK(header_of(answer, "etag") == "\"1\"");
    CHECK(fixture.ask({{"if-none-match", "\"1\""}}).status == 304);
}

TEST_CASE("A client that waits gets the answer when it is there", "[background]") {
    Fixture fixture;
    const auto later = fixture.ask();
    REQUIRE(later.later);
    CHECK_FALSE(later.later());
    fixture.open = true;
    CHECK(wait_for(later).body_view() == "{}");
}

TEST_CASE("A client that has waited as long as it wants gets 202", "[background]") {
    Fixture fixture;
    const auto begun = std::chrono::steady_clock::now();
    CHECK(wait_for(fixture.ask({{"prefer", "handling=lenient, wait=1"}})).status == 202);
    CHECK(std::chrono::steady_clock::now() - begun >= 1s);
    CHECK(std::chrono::steady_clock::now() - begun < 4s);
}

TEST_CASE("Cancelled work is told to those who wait, and a job that is not there is 404",
          "[background]") {
    Fixture fixture;
    const auto later = fixture.ask();
    Request request;
    request.method = Method::del;
    request.path = "/jobs/" + BackgroundJobs::id_of("\"1\"");
    request.caller.role = Role::inspector;
    CHECK(nlohmann::json::parse(dispatch(fixture.service.context, request).body).at("state") ==
          "cancelled");
    CHECK(wait_for(later).status == 503);
    fixture.service.problem("/jobs/none", 404);
}

TEST_CASE("More work than may wait is refused for now", "[background]") {
    Fixture fixture;
    const auto first = fixture.ask({}, "\"1\"");
    const auto location = "/jobs/" + BackgroundJobs::id_of("\"1\"");
    while (fixture.service.json(location).at("state") != "running") {
        std::this_thread::sleep_for(1ms);
    }
    const auto second = fixture.ask({}, "\"2\"");
    CHECK_THROWS_AS(fixture.ask({}, "\"3\""), Problem);
    CHECK(fixture.ask({{"prefer", "respond-async"}}, "\"2\"").status == 202);
}

TEST_CASE("Work whose clients have all left without having been told of it is cancelled",
          "[background]") {
    Fixture fixture;
    const auto location = "/jobs/" + BackgroundJobs::id_of("\"1\"");
    const auto state = [&] { return fixture.service.json(location).at("state"); };
    {
        const auto one = fixture.ask();
        const auto two = fixture.ask();
        CHECK_FALSE(one.later());
    }
    while (state() != "cancelled") {
        std::this_thread::sleep_for(1ms);
    }
    { const auto again = fixture.ask({{"prefer", "respond-async"}}); }
    fixture.ask(); // waits as well, and leaves at once
    std::this_thread::sleep_for(50ms);
    CHECK(state() != "cancelled");
    fixture.open = true;
    while (state() != "done") {
        std::this_thread::sleep_for(1ms);
    }
}

TEST_CASE("A change goes on in the background though its client has left", "[background]") {
    Fixture fixture;
    Request request;
    request.path = "/releases";
    auto work = fixture.work();
    work.is_change = true;
    { const auto left = answer_in_background(fixture.service.context, request, std::move(work)); }
    fixture.open = true;
    const auto location = "/jobs/" + BackgroundJobs::id_of("\"1\"");
    while (fixture.service.json(location).at("state") != "done") {
        std::this_thread::sleep_for(1ms);
    }
}
