#include "tests/catch.hpp"
#include "tests/service/audit/trail.hpp"

#include <algorithm>

namespace hotspots::tests {

using namespace service;

namespace {

const std::string first_file = "audit-000001.jsonl";

// An entry made by somebody who knows how hashes are made.
std::string well_made(const std::string& line, const std::string& from, const std::string& to) {
    auto content = line.substr(0, line.rfind(",\"hash\""));
    content.replace(content.find(from), from.size(), to);
    return content + ",\"hash\":\"" + to_hex(sha256(content)) + "\"}";
}

} // namespace

TEST_CASE("A trail that nobody touched has no faults, and neither has none") {
    const Trail trail;
    CHECK(verify_audit(trail.folder).ok());
    trail.append(1, 7);
    const auto report = verify_audit(trail.folder);
    CHECK(report.ok());
    CHECK(report.entries == 7);
    CHECK(to_json(report) ==
          "{\"ok\":true,\"files\":1,\"entries\":7,\"last_sequence\":7,\"last_hash\":\"" +
              to_hex(report.last.hash) + "\",\"fault_count\":0,\"faults\":[]}");
}

TEST_CASE("An edit, cut, reordering, repetition or insertion is found and named") {
    const Trail trail;
    trail.append(1, 7);
    auto lines = trail.lines(first_file);
    SECTION("a character changed") {
        lines[2].replace(lines[2].find("read 3"), 6, "read 9");
        trail.write_lines(first_file, lines);
        CHECK(trail.faults() == "edited audit-000001.jsonl:3 #3");
    }
    SECTION("an entry changed, with a hash that fits it") {
        lines[2] = well_made(lines[2], "read 3", "read 9");
        trail.write_lines(first_file, lines);
        CHECK(trail.faults() == "forged audit-000001.jsonl:4 #4");
    }
    SECTION("two entries taken out") {
        lines.erase(lines.begin() + 2, lines.begin() + 4);
        trail.write_lines(first_file, lines);
        CHECK(trail.faults() == "gap audit-000001.jsonl:3 #5");
    }
    SECTION("two entries exchanged") {
        std::swap(lines[2], lines[3]);
        trail.write_lines(first_file, lines);
        CHECK(trail.faults() == "gap audit-000001.jsonl:3 #4; reordered audit-000001.jsonl:4 #3; "
                                "gap audit-000001.jsonl:5 #5");
    }
    SECTION("an entry said twice") {
        lines.insert(lines.begin() + 3, lines[2]);
        trail.write_lines(first_file, lines);
        CHECK(trail.faults() == "reordered audit-000001.jsonl:4 #3");
    }
    SECTION("text between entries") {
        lines.insert(lines.begin() + 3, "hello");
        trail.write_lines(first_file, lines);
        CHECK(trail.faults() == "not_an_entry audit-000001.jsonl:4 #0");
    }
    SECTION("the end cut off") {
        lines.pop_back();
        trail.write_lines(first_file, lines);
        CHECK(trail.faults() == "cut_off audit-000001.jsonl:0 #7");
    }
    SECTION("a well-made entry added at the end") {
        AuditLink link = verify_audit(trail.folder).last;
        auto text = trail.read(first_file);
        append_audit_line(text, audit_entry("forged"), link);
        trail.write(first_file, text);
        CHECK(trail.faults() == "unacknowledged audit-000001.jsonl:8 #8");
    }
    SECTION("the last entry replaced by a well-made one") {
        lines[6] = well_made(lines[6], "read 7", "read 9");
        trail.write_lines(first_file, lines);
        CHECK(trail.faults() == "forged audit-000001.jsonl:7 #7");
    }
    SECTION("the anchor taken away") {
        std::filesystem::remove(trail.folder / "anchor");
        CHECK(trail.faults() == "no_anchor audit-000001.jsonl:0 #0");
    }
}

TEST_CASE("A file that is missing is found, wherever it was") {
    const Trail trail;
    trail.append(1, 12, {500});
    const auto report = verify_audit(trail.folder);
    REQUIRE(report.files == 6);
    const auto missing = GENERATE(1, 3, 6);
    const auto name = "audit-00000" + std::to_string(missing) + ".jsonl";
    std::filesystem::remove(trail.folder / name);
    const auto faults = verify_audit(trail.folder).faults;
    REQUIRE(faults.size() == 2); // and the gap that it leaves
    CHECK(faults[0].kind == "missing_file");
    CHECK(faults[0].file == name);
    CHECK(faults[1].kind == (missing == 6 ? "cut_off" : "gap"));
}

TEST_CASE("Whoever makes the rest of the chain and the anchor anew meets the end kept elsewhere") {
    const Trail trail;
    trail.append(1, 7);
    const auto kept = verify_audit(trail.folder).last;
    CHECK(verify_audit(trail.folder, kept).ok());
    trail.append(8, 9);
    CHECK(verify_audit(trail.folder, kept).ok());
    std::filesystem::remove_all(trail.folder);
    CHECK_FALSE(verify_audit(trail.folder, kept).ok());
    trail.append(1, 9); // other times: other hashes
    CHECK(verify_audit(trail.folder).ok());
    const auto report = verify_audit(trail.folder, kept);
    REQUIRE(report.faults.size() == 1);
    CHECK(report.faults[0].kind == "other_end");
    CHECK(report.faults[0].sequence == 7);
}

TEST_CASE("Any single byte of a trail that changes is found") {
    const Trail trail;
    trail.append(1, 3);
    const auto text = trail.read(first_file);
    for (std::size_t at = 0; at < text.size(); at += 13) {
        auto changed = text;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        trail.write(first_file, changed);
        INFO("byte " << at);
        CHECK_FALSE(verify_audit(trail.folder).ok());
    }
}

} // namespace hotspots::tests
