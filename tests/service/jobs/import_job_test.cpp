// Jobs as folders: what is written is read again, what is half made goes, and a client's name for
// its file stays a name.
#include "data/ingest/utf8.hpp"
#include "service/jobs/import_job.hpp"
#include "tests/catch.hpp"
#include "tests/data/store/temporary_folder.hpp"

#include <filesystem>
#include <random>

using namespace hotspots;
using namespace hotspots::service;
using tests::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

ImportJob job_named(const std::string& id, std::int64_t number = 0) {
    ImportJob job;
    job.id = id;
    job.number = number;
    job.upload = {"rows.csv", "vrn", "ed", "{}", "an analyst"};
    job.received = data::Instant(std::chrono::seconds(1'700'000'000)); // all in a second
    return job;
}

std::size_t entries_of(const fs::path& folder) {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

} // namespace

TEST_CASE("A job that is written is read again, in the order they came") {
    const TemporaryFolder folder;
    const fs::path jobs = folder.path() / "uploads";
    write_job(jobs, job_named("u-later", 2), folder.write("b", "two"));
    write_job(jobs, job_named("u-first", 1), folder.write("a", "one"));
    const auto read = read_jobs(jobs);
    REQUIRE(read.size() == 2);
    CHECK(read[0].id == "u-first");
    CHECK(read[1].id == "u-later");
    CHECK(read[0].received == job_named("").received);
    CHECK(read[0].upload.format == "vrn");
    CHECK(read[0].upload.source == "ed");
    CHECK(read[0].upload.mapping == "{}");
    CHECK(read[0].upload.caller == "an analyst");
    CHECK(read[0].state == JobState::queued);
    CHECK(fs::file_size(job_file(jobs, read[0])) == 3);
    CHECK_FALSE(fs::exists(folder.path() / "a"));
    const auto others = fs::perms::group_all | fs::perms::others_all;
    CHECK((fs::status(jobs / "u-first").permissions() & others) == fs::perms::none);
}

TEST_CASE("A job that ran when the process ended is queued again; one that is over has no file") {
    const TemporaryFolder folder;
    auto job = job_named("u1");
    write_job(folder.path(), job, folder.write("a", "one"));
    job.state = JobState::running;
    write_job_state(folder.path(), job);
    CHECK(read_jobs(folder.path()).at(0).state == JobState::queued);
    CHECK(fs::exists(job_file(folder.path(), job)));
    for (const auto state : {JobState::failed, JobState::cancelled}) {
        job.state = state;
        job.error = "why";
        write_job_state(folder.path(), job);
        CHECK(read_jobs(folder.path()).at(0).state == state);
        CHECK(read_jobs(folder.path()).at(0).error == "why");
        CHECK_FALSE(fs::exists(job_file(folder.path(), job)));
    }
}

TEST_CASE("What was left half made goes, what is no job stays") {
    const TemporaryFolder folder;
    fs::create_directories(folder.path() / "u1.new");
    fs::create_directories(folder.path() / "somebody's");
    fs::create_directories(folder.path() / "damaged");
    folder.write("damaged/job.json", R"({"id": "damaged", "state": "asleep"})");
    folder.write("upload-0", "of a request");
    CHECK(read_jobs(folder.path()).empty());
    CHECK_FALSE(fs::exists(folder.path() / "u1.new"));
    CHECK(entries_of(folder.path()) == 3);
    CHECK(read_jobs(folder.path() / "not there").empty());
}

TEST_CASE("A job that cannot be kept leaves nothing behind") {
    const TemporaryFolder folder;
    CHECK_THROWS_AS(write_job(folder.path(), job_named("u1"), folder.path() / "no such file"),
                    std::system_error);
    CHECK(entries_of(folder.path()) == 0);
}

TEST_CASE("Whatever a client calls its file, the name is one of a file in its folder") {
    const std::string long_name = std::string(300, 'x') + ".csv";
    const std::vector<std::pair<std::string, std::string>> names{
        {"rows.csv", "rows.csv"},
        {"../../etc/passwd", "passwd"},
        {"C:\\Users\\me\\May rows.csv", "May rows.csv"},
        {"/", "upload"},
        {"..", "upload"},
        {"", "upload"},
        {"...hidden.csv", "hidden.csv"},
        {"a\nb\x7F\x01.csv", "ab.csv"},
        {std::string("a\0b", 3), "ab"},
        {"job.json", "upload"},
        {"job.json.new", "upload"},
        {"caf\xC3\xA9.csv", "caf\xC3\xA9.csv"},
        {"caf\xE9.csv", "caf_.csv"}, // Latin 1
        {long_name, long_name.substr(long_name.size() - 100)},
        {std::string(200, '.') + "csv", "csv"},
    };
    for (const auto& [name, safe] : names) {
        INFO(name);
        CHECK(safe_file_name(name) == safe);
    }
    // Cut where a character of two bytes begins and where it does not.
    for (const std::string end : {".csv", "s.csv"}) {
        std::string name;
        for (int i = 0; i < 100; ++i) {
            name += "\xC3\xA9";
        }
        const auto safe = safe_file_name(name + end);
        CHECK(safe.ends_with("\xC3\xA9" + end));
        CHECK(safe.starts_with("\xC3\xA9"));
        CHECK(safe.size() > 98);
    }
}

TEST_CASE("Any bytes as a name give a file that is found again") {
    std::mt19937 random(5);
    for (int round = 0; round < 20000; ++round) {
        std::string name(random() % 130, ' ');
        for (char& c : name) {
            c = random() % 3 == 0 ? "./\\a"[random() % 4] : static_cast<char>(random() % 256);
        }
        const auto safe = safe_file_name(name);
        REQUIRE_FALSE(safe.empty());
        REQUIRE(safe.size() <= 100);
        REQUIRE_FALSE(safe.starts_with('.'));
        REQUIRE(fs::path(safe).filename() == safe);
        REQUIRE_FALSE(data::first_invalid_utf8(safe));
        REQUIRE(safe_file_name(safe) == safe);
    }
}
