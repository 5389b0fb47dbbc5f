#include "service/audit/log_files.hpp"
#include "tests/catch.hpp"
#include "tests/service/audit/trail.hpp"

#include <sys/resource.h>
#include <sys/wait.h>

#include <csignal>

namespace hotspots::tests {

using namespace service;

TEST_CASE("Several processes append to one chain") {
    const Trail trail;
    std::vector<pid_t> children;
    for (int child = 0; child < 4; ++child) {
        const auto pid = ::fork();
        if (pid == 0) {
            trail.append(1, 10);
            ::_exit(0); // without the trail's destructor
        }
        children.push_back(pid);
    }
    for (const auto pid : children) {
        int status = 0;
        REQUIRE(::waitpid(pid, &status, 0) == pid);
        CHECK(status == 0);
    }
    const auto report = verify_audit(trail.folder);
    CHECK(trail.faults().empty());
    CHECK(report.entries == 40);
    CHECK(report.last.sequence == 40);
}

TEST_CASE("A file that is large enough is followed by one that names its last hash") {
    const Trail trail;
    trail.append(1, 12, {900});
    const auto files = audit_files(trail.folder);
    REQUIRE(files.size() > 2);
    CHECK(trail.faults().empty());
    CHECK(verify_audit(trail.folder).entries == 12);
    const auto last = read_audit_line(trail.lines("audit-000001.jsonl").back());
    const auto first = read_audit_line(trail.lines("audit-000002.jsonl").front());
    REQUIRE((last && first));
    CHECK(first->previous == last->link.hash);
}

TEST_CASE("What a killed writer left without acknowledging it is set aside, and said so") {
    const Trail trail;
    trail.append(1, 3);
    const auto whole = trail.read("audit-000001.jsonl");
    const std::string torn = R"({"seq":4,"prev":"12)";
    trail.write("audit-000001.jsonl", whole + torn);
    CHECK(trail.faults() == "torn audit-000001.jsonl:4 #4");
    trail.append(4, 4);
    CHECK(trail.faults().empty());
    CHECK(verify_audit(trail.folder).last.sequence == 5); // the recovery's own and the new one
    CHECK(trail.read("set-aside-3-1") == torn);
    CHECK(trail.lines("audit-000001.jsonl")[3].find("19 bytes of audit-000001.jsonl after the last "
                                                    "acknowledged entry, 3, were set aside") !=
          std::string::npos);
}

TEST_CASE("A file begun by a killed writer is set aside as a whole") {
    const Trail trail;
    trail.append(1, 3);
    trail.write("audit-000002.jsonl", "anything");
    trail.append(4, 4);
    CHECK(trail.faults().empty());
    CHECK(trail.read("set-aside-3-1") == "anything");
}

TEST_CASE("A lost end stays lost: the chain goes on with a gap that is found") {
    const Trail trail;
    trail.append(1, 5);
    auto lines = trail.lines("audit-000001.jsonl");
    lines.resize(3);
    trail.write_lines("audit-000001.jsonl", lines);
    CHECK(trail.faults() == "cut_off audit-000001.jsonl:0 #5");
    trail.append(6, 6);
    CHECK(trail.faults() == "gap audit-000001.jsonl:4 #6");
}

TEST_CASE("Nothing is appended where the disk takes nothing, and what was there stays whole") {
    const Trail trail;
    trail.append(1, 3);
    const auto before = trail.read("audit-000001.jsonl");
    const auto pid = ::fork();
    if (pid == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{before.size() + 100, before.size() + 100}; // as if the disk were full
        ::setrlimit(RLIMIT_FSIZE, &limit);
        try {
            trail.append(4, 4);
        } catch (const AuditError& error) {
            const std::string what = error.what();
            ::_exit(what.find("audit-000001.jsonl cannot be written") != what.npos ? 7 : 8);
        }
        ::_exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(pid, &status, 0) == pid);
    CHECK(WEXITSTATUS(status) == 7);
    CHECK(trail.read("audit-000001.jsonl") == before);
    CHECK(trail.faults().empty());
}

} // namespace hotspots::tests
