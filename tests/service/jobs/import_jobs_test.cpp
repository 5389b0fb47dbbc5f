// Imports as jobs: what is accepted is done once and only once, cancelled or not, stopped or not.
#include "service/jobs/import_jobs.hpp"
#include "tests/catch.hpp"
#include "tests/data/store/temporary_folder.hpp"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <thread>

using namespace hotspots;
using namespace hotspots::service;
using Catch::Contains;
namespace fs = std::filesystem;

namespace {

constexpr const char* header = "incident_id,occurred_from,location_text\n";
constexpr int many_rows = 40'000; // several batches: an import that is caught at work

std::string rows(int count) {
    std::string text = header;
    for (int i = 0; i < count; ++i) {
        text += std::to_string(i) + ",2025-03-01,the old barn\n";
    }
    return text;
}

// A store and the folder of its uploads.
class Service {
public:
    Service() { data::IncidentStore::open(store(), data::Access::write); }

    std::string store() const { return m_folder.store(); }
    fs::path uploads() const { return m_folder.path() / "uploads"; }

    std::unique_ptr<ImportJobs> start(std::function<void(const data::Revision&)> published =
                                          [](const data::Revision&) {}) const {
        return std::make_unique<ImportJobs>(uploads(), store(), std::move(published));
    }
    std::string add(ImportJobs& jobs, const std::string& text,
                    const std::string& name = "rows.csv") const {
        return jobs.add(m_folder.write("upload", text), {name, "", "", "", "an analyst"});
    }
    std::size_t records() const {
        return data::IncidentStore::open(store(), data::Access::read)->incident_ids().size();
    }
    std::size_t imports() const {
        return data::IncidentStore::open(store(), data::Access::read)->imports().size();
    }
    const tests::TemporaryFolder& folder() const { return m_folder; }

private:
    tests::TemporaryFolder m_folder;
};

// The job, once `is_so` says yes of it; fails the test after a minute.
ImportJob job_when(const ImportJobs& jobs, const std::string& id,
                   const std::function<bool(const ImportJob&)>& is_so) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (std::chrono::steady_clock::now() < deadline) {
        const auto job = jobs.find(id);
        REQUIRE(job);
        if (is_so(*job)) {
            return *job;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    FAIL("a job did not come to where it should");
    return {};
}

ImportJob job_at_its_end(const ImportJobs& jobs, const std::string& id) {
    return job_when(jobs, id, [](const ImportJob& job) {
        return job.state != JobState::queued && job.state != JobState::running;
    });
}

void wait_until_at_work(const ImportJobs& jobs, const std::string& id) {
    job_when(jobs, id, [](const ImportJob& job) { return job.rows > 0; });
}

std::size_t folders_of(const fs::path& folder) {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

} // namespace

TEST_CASE("A job stores its rows, publishes them and only then says that it is done") {
    const Service service;
    std::atomic<std::int64_t> published = 0;
    std::atomic<bool> seen_running = false;
    std::atomic<ImportJobs*> running = nullptr;
    const auto jobs = service.start([&](const data::Revision& revision) {
        while (!running) {
            std::this_thread::yield();
        }
        seen_running = running.load()->list().at(0).state == JobState::running;
        published = revision.number;
    });
    running = jobs.get();
    const auto id = service.add(*jobs, rows(3) + "3,no date,here\n", "../../my rows.csv");
    const auto job = job_at_its_end(*jobs, id);
    CHECK(job.state == JobState::done);
    CHECK(job.error.empty());
    REQUIRE(job.counts);
    CHECK(job.counts->stored == 3);
    CHECK(job.counts->rejected == 1);
    CHECK(job.rows == 4);
    CHECK(job.bytes_done == job.bytes_in_all);
    CHECK(published == 1);
    CHECK(seen_running);
    const auto store = data::IncidentStore::open(service.store(), data::Access::read);
    REQUIRE(store->imports().size() == 1);
    CHECK(store->imports()[0].upload == id);
    CHECK(store->imports()[0].id == job.import_id);
    CHECK(store->imports()[0].files == "my rows.csv");
    CHECK(folders_of(service.uploads()) == 0);
}

TEST_CASE("A file that cannot be read fails its job alone, and nobody learns where it lay") {
    const Service service;
    const auto jobs = service.start();
    const auto bad = service.add(*jobs, "name,age\nA,7\n", "people.csv");
    const auto good = service.add(*jobs, rows(2));
    const auto job = job_at_its_end(*jobs, bad);
    CHECK(job.state == JobState::failed);
    CHECK_THAT(job.error, Contains("people.csv") && Contains("expected"));
    CHECK_THAT(job.error, !Contains(service.folder().path().string()));
    CHECK_THAT(job.error, !Contains(bad));
    CHECK_FALSE(job.counts);
    CHECK(job_at_its_end(*jobs, good).state == JobState::done);
    CHECK(service.records() == 2);
    CHECK(jobs->list().size() == 2);
}

TEST_CASE("A store that cannot be opened fails the job without naming its folder") {
    const Service service;
    fs::remove(service.store());
    service.folder().write("store.gpkg", "no store at all");
    const auto jobs = service.start();
    const auto job = job_at_its_end(*jobs, service.add(*jobs, rows(2)));
    CHECK(job.state == JobState::failed);
    CHECK_FALSE(job.error.empty());
    CHECK_THAT(job.error, !Contains(service.folder().path().string()));
}

TEST_CASE("A job that waits for its turn is cancelled at once and never begun") {
    const Service service;
    const auto jobs = service.start();
    std::string waiting;
    {
        const auto writer = data::IncidentStore::open(service.store(), data::Access::write);
        const auto first = service.add(*jobs, rows(2));
        job_when(*jobs, first, [](const auto& job) { return job.state == JobState::running; });
        waiting = service.add(*jobs, rows(4));
        CHECK(jobs->find(waiting)->state == JobState::queued);
        const auto cancelled = jobs->cancel(waiting, "an analyst");
        REQUIRE(cancelled);
        CHECK(cancelled->state == JobState::cancelled);
        CHECK(cancelled->error == "cancelled by an analyst");
        CHECK(jobs->cancel(waiting, "another")->error == "cancelled by an analyst");
        // One that waits for the store is at work, and stops as well.
        CHECK(jobs->cancel(first, "")->error == "cancelled by somebody");
    }
    const auto last = service.add(*jobs, rows(1));
    CHECK(job_at_its_end(*jobs, last).state == JobState::done);
    CHECK(service.records() == 1);
    CHECK(service.imports() == 1);
    CHECK(read_jobs(service.uploads()).size() == 2); // known as cancelled also after a start
    CHECK_FALSE(jobs->cancel("u-nobody", "an analyst"));
}

TEST_CASE("A job that is cancelled at work leaves no trace in the store, one that is done stays") {
    const Service service;
    const auto jobs = service.start();
    const auto id = service.add(*jobs, rows(many_rows));
    wait_until_at_work(*jobs, id);
    const auto cancelled = jobs->cancel(id, "an analyst");
    REQUIRE(cancelled);
    CHECK(cancelled->state == JobState::cancelled);
    CHECK_FALSE(cancelled->counts);
    CHECK(service.records() == 0);
    CHECK(service.imports() == 0);
    CHECK_FALSE(fs::exists(job_file(service.uploads(), *cancelled)));

    const auto done = service.add(*jobs, rows(2));
    CHECK(job_at_its_end(*jobs, done).state == JobState::done);
    CHECK(jobs->cancel(done, "an analyst")->state == JobState::done);
    CHECK(service.records() == 2);
}

TEST_CASE("Jobs that a stop interrupts or keeps waiting are done at the next start, once") {
    const Service service;
    std::string id;
    std::string waiting;
    {
        const auto jobs = service.start();
        id = service.add(*jobs, rows(many_rows));
        waiting = service.add(*jobs, rows(many_rows + 1));
        wait_until_at_work(*jobs, id);
    }
    CHECK(service.imports() == 0);
    CHECK(service.records() == 0);
    const auto jobs = service.start();
    CHECK(job_at_its_end(*jobs, id).counts->stored == many_rows);
    CHECK(job_at_its_end(*jobs, waiting).counts->stored == 1);
    CHECK(service.imports() == 2);
    CHECK(service.records() == many_rows + 1);
}

TEST_CASE("A job that was killed between its commit and its end is not done twice") {
    const Service service;
    ImportJob job;
    job.id = "u-killed";
    job.upload.file_name = "rows.csv";
    write_job(service.uploads(), job, service.folder().write("upload", rows(3)));
    {
        const auto store = data::IncidentStore::open(service.store(), data::Access::write);
        data::ImportRequest request;
        request.files = {job_file(service.uploads(), job).string()};
        request.upload = job.id;
        data::import_files(*store, request);
    }
    const auto jobs = service.start();
    const auto found = job_at_its_end(*jobs, job.id);
    CHECK(found.state == JobState::done);
    REQUIRE(found.counts);
    CHECK(found.counts->stored == 3);
    CHECK(service.imports() == 1);
    CHECK(folders_of(service.uploads()) == 0);
}

TEST_CASE("Of many jobs that are over the oldest are forgotten, with their folders") {
    constexpr int before = 205;
    constexpr std::size_t remembered = 200;
    const Service service;
    for (int i = 0; i < before; ++i) {
        ImportJob job;
        job.id = "u" + std::to_string(1000 + i);
        job.upload.file_name = "rows.csv";
        job.number = i;
        job.state = JobState::failed;
        write_job(service.uploads(), job, service.folder().write("upload", ""));
    }
    const auto jobs = service.start();
    CHECK(jobs->list().size() == before);
    const auto id = service.add(*jobs, rows(1));
    CHECK(jobs->list().size() <= remembered + 1);
    CHECK_FALSE(jobs->find("u1000"));
    CHECK(jobs->find("u" + std::to_string(1000 + before - 1)));
    CHECK(job_at_its_end(*jobs, id).state == JobState::done);
    CHECK(folders_of(service.uploads()) <= remembered);
    CHECK_FALSE(fs::exists(service.uploads() / "u1000"));
}
