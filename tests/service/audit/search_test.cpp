#include "service/audit/search.hpp"
#include "tests/catch.hpp"
#include "tests/service/audit/trail.hpp"

#include <nlohmann/json.hpp>

namespace hotspots::tests {

using namespace service;

namespace {

constexpr std::uint64_t all_bytes = std::numeric_limits<std::uint64_t>::max();

// The sequences that a search gives, and where it stopped.
std::vector<std::uint64_t> found_in(const Trail& trail, const AuditQuery& query,
                                    std::size_t most = 1000, std::uint64_t bytes = all_bytes,
                                    AuditRest* rest = nullptr) {
    std::vector<std::uint64_t> found;
    const auto stopped =
        search_audit(trail.folder, query, bytes, [&](const nlohmann::ordered_json& entry) {
            found.push_back(entry.at("seq").get<std::uint64_t>());
            return found.size() < most;
        });
    if (rest) {
        *rest = stopped;
    }
    return found;
}

} // namespace

TEST_CASE("Entries are found from the newest to the oldest, over all files") {
    const Trail trail;
    CHECK(found_in(trail, {}).empty());
    trail.append(1, 25, {1500});
    std::vector<std::uint64_t> all;
    for (std::uint64_t i = 25; i > 0; --i) {
        all.push_back(i);
    }
    CHECK(found_in(trail, {}) == all);
    AuditQuery query;
    query.before = 4;
    CHECK(found_in(trail, query) == std::vector<std::uint64_t>{3, 2, 1});
    query.action = "erasure";
    CHECK(found_in(trail, query).empty());
}

TEST_CASE("A search that may not read all says where it stopped, and goes on from there") {
    const Trail trail;
    trail.append(1, 25, {1500});
    AuditRest rest;
    std::vector<std::uint64_t> all;
    AuditQuery query;
    do {
        const auto part = found_in(trail, query, 4, all_bytes, &rest);
        all.insert(all.end(), part.begin(), part.end());
        query.before = rest.value_or(0);
    } while (rest && *rest > 1);
    CHECK(all.size() == 25);
    CHECK(found_in(trail, {}, 1000, 800, &rest).size() == 2); // of some 330 bytes each
    REQUIRE(rest);
    CHECK(*rest == 23);
}

TEST_CASE("Entries are found by who and when") {
    const Trail trail;
    AuditWriter writer(trail.folder);
    for (int month = 1; month <= 6; ++month) {
        auto entry = audit_entry("read");
        const auto day = data::london_midnight(std::chrono::year(2024) / month / 1);
        entry.time = day + std::chrono::milliseconds(1500);
        entry.who = month % 2 == 0 ? "ann" : "bob";
        writer.append({&entry, 1});
    }
    AuditQuery query;
    query.period = data::parse_period("2024-02/2024-05");
    CHECK(found_in(trail, query) == std::vector<std::uint64_t>{5, 4, 3, 2});
    query.who = "ann";
    CHECK(found_in(trail, query) == std::vector<std::uint64_t>{4, 2});
}

TEST_CASE("Lines that are no entries do not keep the others from being found") {
    const Trail trail;
    trail.append(1, 3);
    auto lines = trail.lines("audit-000001.jsonl");
    lines.insert(lines.begin() + 1, {"", "nonsense", std::string(200'000, 'x')});
    trail.write_lines("audit-000001.jsonl", lines);
    CHECK(found_in(trail, {}) == std::vector<std::uint64_t>{3, 2, 1});
}

} // namespace hotspots::tests
