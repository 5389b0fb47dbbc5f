#include "service/audit/audit_log.hpp"
#include "tests/catch.hpp"
#include "tests/service/audit/trail.hpp"

#include <atomic>
#include <thread>

namespace hotspots::tests {

using namespace service;

TEST_CASE("What is written is on disk at once, what is noted within its time", "[concurrency]") {
    const Trail trail;
    AuditLog log(trail.folder, {{}, std::chrono::milliseconds(50)});
    log.write(audit_entry("export"));
    CHECK(verify_audit(trail.folder).entries == 1);
    log.note(audit_entry("read"));
    for (int i = 0; i < 100 && verify_audit(trail.folder).entries < 2; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    CHECK(verify_audit(trail.folder).entries == 2);
    CHECK(trail.faults().empty());
}

TEST_CASE("Entries of many threads share one chain, and each that waits finds its own in it",
          "[concurrency]") {
    const Trail trail;
    {
        AuditLog log(trail.folder);
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 8; ++thread) {
            threads.emplace_back([&log, thread] {
                for (int i = 0; i < 10; ++i) {
                    log.note(audit_entry("read"));
                    log.write(audit_entry("export " + std::to_string(thread)));
                }
            });
        }
        for (auto& thread : threads) {
            thread.join();
        }
    }
    CHECK(trail.faults().empty());
    CHECK(verify_audit(trail.folder).entries == 160);
}

TEST_CASE("While the trail cannot be written, writing throws and noting keeps", "[concurrency]") {
    const Trail trail;
    trail.write("nothing", ""); // the folder is not there yet
    { std::ofstream(trail.folder) << "a file in the folder's place"; }
    {
        AuditLog log(trail.folder,
                     {{}, std::chrono::milliseconds(5), std::chrono::milliseconds(5)});
        CHECK(log.is_writable());
        CHECK_THROWS_AS(log.write(audit_entry("export")), AuditError);
        CHECK_FALSE(log.is_writable());
        CHECK(log.trouble().find("cannot be opened") != std::string::npos);
        log.note(audit_entry("read"));
        log.write_outcome(audit_entry("import"));
        std::filesystem::remove(trail.folder);
        log.write(audit_entry("export again"));
        CHECK(log.is_writable());
    }
    const auto lines = trail.lines("audit-000001.jsonl");
    REQUIRE(lines.size() == 3);
    CHECK(lines[0].find("\"read\"") != std::string::npos);
    CHECK(lines[1].find("\"import\"") != std::string::npos);
    CHECK(lines[2].find("\"export again\"") != std::string::npos);
    CHECK(trail.faults().empty());
}

} // namespace hotspots::tests
