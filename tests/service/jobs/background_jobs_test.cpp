// Computations in the background: one at a time, shared by all who ask, with progress, cancellable.
#include "geo/stop.hpp"
#include "service/jobs/background_jobs.hpp"
#include "tests/catch.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

using namespace hotspots;
using namespace hotspots::service;
using namespace std::chrono_literals;

namespace {

// The job once it is in the state; fails the test if that takes ten seconds.
BackgroundJob wait_for(const BackgroundJobs& jobs, const std::string& id, JobState state) {
    for (int i = 0; i < 1000; ++i) {
        const auto job = jobs.find(id);
        REQUIRE(job);
        if (job->state == state) {
            return *job;
        }
        std::this_thread::sleep_for(10ms);
    }
    FAIL("the job " << id << " is not " << to_text(state));
    return {};
}

// Runs until it is let go or ended.
struct Gate {
    std::atomic<bool> open = false;

    BackgroundJobs::Compute compute(std::string result) {
        return [this, result](const BackgroundJobs::Progress& progress) {
            while (!open) {
                progress(0.5);
                std::this_thread::sleep_for(1ms);
            }
            return result;
        };
    }
};

} // namespace

TEST_CASE("A computation's result and progress are there for all who know its key",
          "[concurrency]") {
    Gate gate;
    BackgroundJobs jobs;
    const auto job = jobs.start("a", "Title", "/a?b=c", gate.compute("42"));
    REQUIRE(job);
    CHECK(job->id == BackgroundJobs::id_of("a"));
    CHECK(job->title == "Title");
    CHECK(job->url == "/a?b=c");
    CHECK(wait_for(jobs, job->id, JobState::running).result == nullptr);
    const auto same = jobs.start("a", "Title", "/a?b=c", [](const auto&) -> std::string {
        throw std::logic_error("must not run");
    });
    REQUIRE(same);
    CHECK(same->id == job->id);
    gate.open = true;
    const auto done = wait_for(jobs, job->id, JobState::done);
    CHECK(*done.result == "42");
    CHECK(done.progress == 1);
    CHECK(*jobs.start("a", "", "", nullptr)->result == "42");
    CHECK(jobs.list().size() == 1);
}

TEST_CASE("Progress never steps back and stays within 0 and 1", "[concurrency]") {
    BackgroundJobs jobs;
    std::atomic<int> step = 0;
    const auto job = jobs.start("a", "", "", [&](const BackgroundJobs::Progress& progress) {
        progress(0.75);
        progress(0.25);
        step = 1;
        while (step == 1) {
            std::this_thread::sleep_for(1ms);
        }
        progress(3);
        return std::string();
    });
    while (step == 0) {
        std::this_thread::sleep_for(1ms);
    }
    CHECK(jobs.find(job->id)->progress == 0.75);
    step = 2;
    CHECK(wait_for(jobs, job->id, JobState::done).progress == 1);
}

TEST_CASE("What runs and what waits can be cancelled, and asked for again", "[concurrency]") {
    Gate gate;
    BackgroundJobs jobs;
    const auto runs = jobs.start("runs", "", "", gate.compute("1"));
    const auto waits = jobs.start("waits", "", "", gate.compute("2"));
    wait_for(jobs, runs->id, JobState::running);
    CHECK(jobs.find(waits->id)->state == JobState::queued);
    CHECK(jobs.cancel(waits->id)->state == JobState::cancelled);
    CHECK(jobs.cancel(runs->id)->state == JobState::cancelled);
    CHECK_FALSE(jobs.cancel("no such job"));
    gate.open = true;
    CHECK(jobs.start("runs", "", "", gate.compute("3"))->state == JobState::queued);
    CHECK(*wait_for(jobs, runs->id, JobState::done).result == "3");
    CHECK(jobs.cancel(runs->id)->state == JobState::done);
    CHECK(jobs.find(waits->id)->state == JobState::cancelled);
}

TEST_CASE("A computation that fails says why, and is done anew when asked again", "[concurrency]") {
    BackgroundJobs jobs;
    const auto job = jobs.start(
        "a", "", "", [](const auto&) -> std::string { throw std::runtime_error("no room"); });
    CHECK(wait_for(jobs, job->id, JobState::failed).error == "no room");
    jobs.start("a", "", "", [](const auto&) { return std::string("fine"); });
    CHECK(*wait_for(jobs, job->id, JobState::done).result == "fine");
}

TEST_CASE("Too many computations that wait are refused, and old results forgotten",
          "[concurrency]") {
    Gate gate;
    BackgroundJobs jobs(2, 3);
    const auto first = jobs.start("0", "", "", gate.compute("0"));
    wait_for(jobs, first->id, JobState::running);
    REQUIRE(jobs.start("1", "", "", gate.compute("1")));
    REQUIRE(jobs.start("2", "", "", gate.compute("2")));
    CHECK_FALSE(jobs.start("3", "", "", gate.compute("3")));
    CHECK(jobs.start("2", "", "", nullptr)); // there already
    gate.open = true;
    wait_for(jobs, BackgroundJobs::id_of("2"), JobState::done);
    for (const auto* key : {"3", "4"}) {
        const auto job = jobs.start(key, "", "", gate.compute(key));
        wait_for(jobs, job->id, JobState::done);
    }
    for (int i = 0; i < 1000 && jobs.list().size() > 3; ++i) {
        std::this_thread::sleep_for(10ms);
    }
    CHECK(jobs.list().size() == 3);
    CHECK_FALSE(jobs.find(first->id));
}

TEST_CASE("Background work gives way to the threads that answer requests", "[concurrency]") {
    const int usual = getpriority(PRIO_PROCESS, static_cast<id_t>(gettid()));
    BackgroundJobs jobs;
    const auto job = jobs.start("a", "", "", [](const auto&) {
        return std::to_string(getpriority(PRIO_PROCESS, static_cast<id_t>(gettid())));
    });
    CHECK(*wait_for(jobs, job->id, JobState::done).result ==
          std::to_string(std::max(usual, std::min(10, 19))));
    CHECK(getpriority(PRIO_PROCESS, static_cast<id_t>(gettid())) == usual);
}

TEST_CASE("A service that stops does not wait for work to be done", "[concurrency]") {
    Gate never;
    const auto begun = std::chrono::steady_clock::now();
    {
        BackgroundJobs jobs;
        const auto job = jobs.start("a", "", "", never.compute(""));
        wait_for(jobs, job->id, JobState::running);
        jobs.start("b", "", "", never.compute(""));
    }
    CHECK(std::chrono::steady_clock::now() - begun < 10s);
}

TEST_CASE("What nobody waits for any more ends, also amid what tells no progress",
          "[concurrency]") {
    BackgroundJobs jobs;
    const auto endless = [](const BackgroundJobs::Progress&) -> std::string {
        while (true) {
            geo::stop_if_asked();
            std::this_thread::sleep_for(1ms);
        }
    };
    auto first = jobs.await("a", "", "", endless);
    auto second = jobs.await("a", "", "", endless);
    auto queued = jobs.await("b", "", "", endless);
    REQUIRE((first && second && queued));
    wait_for(jobs, first->job.id, JobState::running);
    first.reset();
    queued.reset();
    CHECK(wait_for(jobs, BackgroundJobs::id_of("b"), JobState::cancelled).result == nullptr);
    std::this_thread::sleep_for(50ms);
    CHECK(jobs.find(BackgroundJobs::id_of("a"))->state == JobState::running);
    second.reset();
    wait_for(jobs, BackgroundJobs::id_of("a"), JobState::cancelled);
}

TEST_CASE("A job that somebody was told of goes on though nobody waits", "[concurrency]") {
    Gate gate;
    BackgroundJobs jobs;
    auto waits = jobs.await("a", "", "", gate.compute("1"));
    REQUIRE(waits);
    jobs.keep(waits->job.id);
    waits.reset();
    auto started = jobs.await("b", "", "", gate.compute("2"));
    jobs.start("b", "", "", gate.compute("2"));
    started.reset();
    gate.open = true;
    CHECK(*wait_for(jobs, BackgroundJobs::id_of("a"), JobState::done).result == "1");
    CHECK(*wait_for(jobs, BackgroundJobs::id_of("b"), JobState::done).result == "2");
    CHECK_FALSE(jobs.await("a", "", "", gate.compute("3"))->wanted);
}

TEST_CASE("Who asks while a job ends has it begun afresh", "[concurrency]") {
    BackgroundJobs jobs;
    std::atomic<bool> asked_to_end = false;
    std::atomic<bool> go_on = false;
    auto leaves = jobs.await("a", "", "", [&](const BackgroundJobs::Progress&) -> std::string {
        while (!geo::thread_stop().stop_requested()) {
            std::this_thread::sleep_for(1ms);
        }
        asked_to_end = true;
        while (!go_on) {
            std::this_thread::sleep_for(1ms);
        }
        throw geo::Stopped();
    });
    wait_for(jobs, leaves->job.id, JobState::running);
    leaves.reset();
    while (!asked_to_end) {
        std::this_thread::sleep_for(1ms);
    }
    const auto stays = jobs.await("a", "", "", [](const auto&) { return std::string("afresh"); });
    CHECK(stays->job.state == JobState::running);
    go_on = true;
    CHECK(*wait_for(jobs, stays->job.id, JobState::done).result == "afresh");
}
