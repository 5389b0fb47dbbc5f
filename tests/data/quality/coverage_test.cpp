#include "data/quality/coverage.hpp"
#include "data/snapshot_columns.hpp"
#include "tests/catch.hpp"

#include <algorithm>
#include <string>
#include <vector>

using namespace hotspots::data;
using namespace std::chrono_literals;
using std::chrono::year_month;

namespace {

class Records {
public:
    Records& add(const std::string& when, int times, Source source = Source::police) {
        for (int i = 0; i < times; ++i) {
            Incident incident;
            incident.record.source = source;
            incident.record.occurred_from = parse_moment(when).value();
            m_snapshot.incidents.push_back(incident);
        }
        return *this;
    }

    std::vector<Coverage> over(const std::string& period) {
        m_snapshot.columns = make_columns(m_snapshot.incidents, {});
        const auto span = parse_period(period);
        return coverage_of(m_snapshot, *span.begin, *span.end);
    }

private:
    Snapshot m_snapshot;
};

} // namespace

TEST_CASE("A month without a record is missing where others hold ten or more", "[coverage]") {
    const auto found =
        Records().add("2025-01", 10).add("2025-02", 12).add("2025-04", 10).over("2025-01/2025-04");
    REQUIRE(found.size() == 1);
    CHECK(found[0].months == 4);
    CHECK(found[0].missing == std::vector<year_month>{2025y / 3});
    CHECK_FALSE(found[0].begins_late);
    CHECK_FALSE(found[0].complete());
}

TEST_CASE("A quiet month is no gap where months hold few anyway", "[coverage]") {
    const auto found =
        Records().add("2025-01", 9).add("2025-02", 10).add("2025-04", 10).over("2025-01/2025-04");
    CHECK(found[0].missing.empty());
    CHECK(found[0].complete());
}

TEST_CASE("A record that begins after the span does is late where many should have come before",
          "[coverage]") {
    Records many;
    many.add("2025-01-20", 50).add("2025-02", 50);
    const auto late = many.over("2025-01/2025-02");
    CHECK(late[0].missing.empty());
    CHECK(late[0].begins_late);
    // 4.6 days at one a day.
    CHECK(Records()
              .add("2025-01-05T12:00", 30)
              .add("2025-02", 30)
              .over("2025-01/2025-02")[0]
              .complete());
}

TEST_CASE("Each source is judged by its own records; one that has none is not listed",
          "[coverage]") {
    Records records;
    records.add("2025-01", 20).add("2025-02", 20).add("2025-02", 20, Source::ambulance);
    const auto found = records.over("2025-01/2025-02");
    REQUIRE(found.size() == 2);
    CHECK(found[0].source == Source::police);
    CHECK(found[0].complete());
    CHECK(found[1].source == Source::ambulance);
    CHECK(found[1].missing == std::vector<year_month>{2025y / 1});
    CHECK(found[1].begins_late);
    CHECK(format_utc(*found[1].first_record) == "2025-02-01T00:00:00Z");
}

TEST_CASE("A span in which a source has nothing is not covered", "[coverage]") {
    const auto found = Records().add("2020-01", 3).over("2025-01/2025-02");
    REQUIRE(found.size() == 1);
    CHECK(found[0].missing.size() == 2);
    CHECK_FALSE(found[0].complete());
}

TEST_CASE("Months are London's, and those that the span only touches are looked at whole",
          "[coverage]") {
    // 2025-06-30T23:30Z is in July.
    const auto found = Records()
                           .add("2025-06-30T23:30:00Z", 10)
                           .add("2025-06-03", 10)
                           .over("2025-06-20/2025-07-02");
    CHECK(found[0].months == 2);
    CHECK(found[0].complete());
}

TEST_CASE("No records and no time have no coverage", "[coverage]") {
    CHECK(Records().over("2025-01").empty());
    const Instant now{};
    CHECK(coverage_of(Snapshot(), now, now).empty());
}
