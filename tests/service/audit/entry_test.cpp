#include "service/audit/entry.hpp"
#include "tests/catch.hpp"

namespace hotspots::tests {

using namespace service;

namespace {

std::string line_of(const AuditEntry& entry) {
    AuditLink link;
    std::string line;
    append_audit_line(line, entry, link);
    return line;
}

} // namespace

// The hash is what `printf '%s' '{"seq":1,…,"what":"GET /review"' | sha256sum` (GNU coreutils 9.1)
// gives.
TEST_CASE("An audit line is chained by SHA-256 of what stands before its hash") {
    AuditEntry entry;
    entry.time = AuditTime(std::chrono::milliseconds(1'700'000'000'123));
    entry.who = "eve";
    entry.role = "analyst";
    entry.action = "consultation";
    entry.what = "GET /review";
    const auto line = line_of(entry);
    const std::string content =
        R"({"seq":1,"prev":")" + std::string(64, '0') +
        R"(","time":"2023-11-14T22:13:20.123Z","who":"eve","role":"analyst","action":"consultation","what":"GET /review")";
    CHECK(line ==
          content + R"(,"hash":"b0eaca0d8b97e15669a7fbb6676b8beb288e75c0bf4c87f1a73780c8105aa661"})"
                    "\n");
}

TEST_CASE("A line read back says its place in the chain, and whether it is as it was written") {
    AuditLink link;
    std::string text;
    append_audit_line(text, AuditEntry{}, link);
    const auto first = link;
    const auto second_begin = text.size();
    append_audit_line(text, AuditEntry{}, link);
    const auto line = read_audit_line(
        std::string_view(text).substr(second_begin, text.size() - second_begin - 1));
    REQUIRE(line);
    CHECK(line->intact);
    CHECK(line->previous == first.hash);
    CHECK(line->link == link);

    auto edited = text.substr(second_begin, text.size() - second_begin - 1);
    edited.replace(edited.find("20"), 2, "19");
    REQUIRE(read_audit_line(edited));
    CHECK_FALSE(read_audit_line(edited)->intact);
}

TEST_CASE("What anybody sends stays within its text of one line") {
    AuditEntry entry;
    entry.who = "a\"b\\c\nd\xff"
                "e";
    entry.parameters = {{"q", std::string(5000, 'x')}, {"api_key", "do-not-keep"}};
    const auto line = line_of(entry);
    CHECK(line.find('\n') == line.size() - 1);
    CHECK(line.find(R"("who":"a\"b\\c\u000ad\\xffe")") != line.npos);
    CHECK(line.find("do-not-keep") == line.npos);
    CHECK(line.size() < 3000);
}

TEST_CASE("Text that is no audit entry is told from one") {
    for (const auto* text : {"", "{}", "{\"seq\":1}", "{\"seq\":x,\"prev\":\"\",\"hash\":\"\"}"}) {
        CHECK_FALSE(read_audit_line(text));
    }
    const auto line = line_of(AuditEntry{});
    for (std::size_t cut = 1; cut < line.size(); ++cut) {
        CHECK_FALSE(read_audit_line(std::string_view(line).substr(0, line.size() - 1 - cut)));
    }
}

} // namespace hotspots::tests
