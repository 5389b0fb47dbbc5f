// Weights worked out by hand from the windows; clocks' changes as the European directive has them.
#include "data/hour_table.hpp"
#include "tests/catch.hpp"

#include <numeric>
#include <random>
#include <string>
#include <vector>

using namespace hotspots::data;

namespace {

enum Weekday : std::size_t { mon, tue, wed, thu, fri, sat, sun };

Incident between(const std::string& from, const std::string& to = {}) {
    Incident incident;
    incident.record.occurred_from = parse_moment(from).value();
    if (!to.empty()) {
        incident.record.occurred_to = parse_moment(to).value();
    }
    return incident;
}

HourTable table_of(const std::vector<Incident>& incidents) {
    std::vector<std::uint32_t> all(incidents.size());
    std::iota(all.begin(), all.end(), 0U);
    return make_hour_table(incidents, all);
}

double sum(const HourTable& table) {
    double all = static_cast<double>(table.time_unknown);
    for (const auto& day : table.cells) {
        all += std::accumulate(day.begin(), day.end(), 0.0);
    }
    return std::accumulate(table.hour_unknown.begin(), table.hour_unknown.end(), all);
}

} // namespace

TEST_CASE("A record of one time is in one cell", "[hour_table]") {
    const auto table = table_of({between("2025-03-14T22:30"), between("2025-03-14T22:59:59"),
                                 between("2025-03-14T23:00", "2025-03-14T23:40")});
    CHECK(table.cells[fri][22] == 2);
    CHECK(table.cells[fri][23] == 1);
    CHECK(table.spread == 0);
    CHECK(sum(table) == 3);
}

TEST_CASE("Only the chosen records count", "[hour_table]") {
    const std::vector<Incident> incidents{between("2025-03-14T22:30"), between("2025-03-15T01:30")};
    const std::vector<std::uint32_t> chosen{1};
    const auto table = make_hour_table(incidents, chosen);
    CHECK(table.cells[sat][1] == 1);
    CHECK(sum(table) == 1);
}

TEST_CASE("A window is spread by the time that it has in each hour, across midnight too",
          "[hour_table]") {
    // Friday 23:45 to Saturday 01:15: 15, 60 and 15 minutes of 90.
    const auto table = table_of({between("2025-03-14T23:45", "2025-03-15T01:15")});
    CHECK(table.cells[fri][23] == Approx(1.0 / 6));
    CHECK(table.cells[sat][0] == Approx(2.0 / 3));
    CHECK(table.cells[sat][1] == Approx(1.0 / 6));
    CHECK(table.spread == 1);
    CHECK(sum(table) == Approx(1));
}

TEST_CASE("A window that ends on the hour has nothing of the next one", "[hour_table]") {
    const auto table = table_of({between("2025-03-16T23:00", "2025-03-17T00:00")}); // a Sunday
    CHECK(table.cells[sun][23] == Approx(1));
    CHECK(table.cells[mon][0] == 0);
    CHECK(table.spread == 0);
}

TEST_CASE("Hours are those of London's clocks in summer", "[hour_table]") {
    CHECK(table_of({between("2025-07-11T21:30:00Z")}).cells[fri][22] == 1);
    CHECK(table_of({between("2025-07-11T23:30:00Z")}).cells[sat][0] == 1);
}

TEST_CASE("The hour that comes twice gets both, the one that is skipped none", "[hour_table]") {
    // Sunday 2025-10-26: 01:00 to 02:00 comes twice; midnight to 03:00 is four hours.
    const auto autumn = table_of({between("2025-10-26T00:00", "2025-10-26T03:00")});
    CHECK(autumn.cells[sun][0] == Approx(0.25));
    CHECK(autumn.cells[sun][1] == Approx(0.5));
    CHECK(autumn.cells[sun][2] == Approx(0.25));
    // Sunday 2025-03-30: 01:00 to 02:00 does not come; midnight to 03:00 is two hours.
    const auto spring = table_of({between("2025-03-30T00:00", "2025-03-30T03:00")});
    CHECK(spring.cells[sun][0] == Approx(0.5));
    CHECK(spring.cells[sun][1] == 0);
    CHECK(spring.cells[sun][2] == Approx(0.5));
}

TEST_CASE("A day without an hour is counted by its weekday, apart", "[hour_table]") {
    const auto table = table_of({between("2025-03-14"), between("2025-03-14T20:00", "2025-03-14")});
    CHECK(table.hour_unknown[fri] == Approx(2));
    CHECK(table.spread == 0);
    CHECK(sum(table) == Approx(2));
}

TEST_CASE("Days without hours are spread over their weekdays", "[hour_table]") {
    const auto table = table_of({between("2025-03-14", "2025-03-15")});
    CHECK(table.hour_unknown[fri] == Approx(0.5));
    CHECK(table.hour_unknown[sat] == Approx(0.5));
    CHECK(table.spread == 1);
    // The Sunday on which clocks go forward has 23 of 47 hours.
    CHECK(table_of({between("2025-03-29", "2025-03-30")}).hour_unknown[sun] == Approx(23.0 / 47));
}

TEST_CASE("A month, and a window of a week or more, tell neither day nor hour", "[hour_table]") {
    const auto table = table_of({between("2025-03"), between("2025-03", "2025-03-14T20:00"),
                                 between("2025-03-14T20:00", "2025-03-21T20:00"),
                                 between("2025-03-10", "2025-03-16"),
                                 between("2025-03-24", "2025-03-30")}); // the week with 167 hours
    CHECK(table.time_unknown == 5);
    CHECK(sum(table) == 5);
    CHECK(table_of({between("2025-03-14T20:00", "2025-03-20T20:00")}).time_unknown == 0);
}

TEST_CASE("No records make an empty table", "[hour_table]") {
    CHECK(sum(table_of({})) == 0);
}

TEST_CASE("Every record weighs one, whatever its window", "[hour_table]") {
    std::mt19937 random(2000);
    std::uniform_int_distribution<std::int64_t> start(1'700'000'000, 1'760'000'000);
    std::uniform_int_distribution<std::int64_t> length(0, 8 * 86'400);
    std::vector<Incident> incidents;
    for (int i = 0; i < 500; ++i) {
        const Instant from{std::chrono::seconds(start(random))};
        const Instant to = from + std::chrono::seconds(length(random));
        incidents.push_back(between(format_utc(from), format_utc(to)));
    }
    const auto table = table_of(incidents);
    CHECK(sum(table) == Approx(500).epsilon(1e-12));
    CHECK(table.time_unknown > 0);
    CHECK(table.spread > 400);
}
