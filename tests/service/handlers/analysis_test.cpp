#include "service/analysis.hpp"
#include "service/problem.hpp"
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

using namespace hotspots;
using service::AnalysisParameters;
using tests::SnapshotBuilder;

namespace {

AnalysisParameters read(const std::string& query) {
    static const auto snapshot = SnapshotBuilder().build();
    return service::read_analysis(service::parse_target("/?" + query)->second, *snapshot, {});
}

} // namespace

TEST_CASE("Without parameters an analysis takes the defaults of design and snapshot",
          "[analysis]") {
    const auto parameters = read("");
    CHECK(parameters.scope == "vrn-2021");
    CHECK(parameters.period == data::parse_period("2023-10-01/2025-09-30"));
    CHECK(parameters.bandwidth_m == 300);
    CHECK(parameters.top_percent == 0.25);
    CHECK(parameters.kernel == geo::Kernel::quartic);
    CHECK_FALSE(parameters.cell_m);
    CHECK(parameters.canonical_query() == "scope=vrn-2021&datetime=2023-10-01/2025-09-30");
}

TEST_CASE("Every parameter is read as its words say", "[analysis]") {
    const auto p = read("scope=police-uk-open&datetime=2025-01/2025-03&group=robbery&weapon=knife"
                        "&age=under-25&source=ambulance&hours=22-4&days=sun,fri&bandwidth=450"
                        "&cell=75&kernel=gaussian&top=0.5");
    CHECK(p.scope == "police-uk-open");
    CHECK(p.period == data::parse_period("2025-01-01/2025-03-31"));
    CHECK(p.group == data::OffenceGroup::robbery);
    CHECK(p.weapon == data::Weapon::knife);
    CHECK(p.under_25);
    CHECK(p.source == data::Source::ambulance);
    CHECK(p.hours == std::pair(22, 4));
    CHECK(p.days == 0b1010000);
    CHECK(p.bandwidth_m == 450);
    CHECK(p.cell_m == 75.0);
    CHECK(p.kernel == geo::Kernel::gaussian);
    CHECK(p.top_percent == 0.5);
    CHECK(p.canonical_query() ==
          "scope=police-uk-open&datetime=2025-01-01/2025-03-31&group=robbery&weapon=knife"
          "&age=under-25&source=ambulance&hours=22-04&days=fri,sun&bandwidth=450&cell=75"
          "&kernel=gaussian&top=0.5");
}

TEST_CASE("Queries that mean the same have one canonical form, which reads back", "[analysis]") {
    const auto [a, b] = GENERATE(table<std::string, std::string>({
        {"days=sat,fri,sat", "days=fri,sat"},
        {"hours=22-00", "hours=22-24"},
        {"bandwidth=300.0&top=.25", ""},
        {"datetime=2025-03", "datetime=2025-03-01/2025-03-31"},
        {"kernel=quartic&scope=vrn-2021", ""},
        {"top=0.5&days=mon", "days=mon&top=0.50"},
        {"datetime=../..", "datetime=%2E./.."},
        {"datetime=2025-01/..&datetime=../2025-03", "datetime=2025-01/2025-03"},
        {"datetime=../2025-05&datetime=2025-01/2025-06&datetime=../2025-03&datetime=2025-02/..",
         "datetime=2025-02/2025-03"},
    }));
    CAPTURE(a, b);
    CHECK(read(a).canonical_query() == read(b).canonical_query());
    CHECK(read(read(a).canonical_query()) == read(a));
}

TEST_CASE("A value that is wrong is refused, naming the parameter and what would be right",
          "[analysis]") {
    const auto [query, parameter, right] = GENERATE(table<std::string, std::string, std::string>({
        {"scope=vrn-1999", "scope", "vrn-2021"},
        {"scope=", "scope", "police-uk-open"},
        {"datetime=yesterday", "datetime", "2025"},
        {"datetime=2025-03-01/2025-01-01", "datetime", "ends before"},
        {"datetime=2025-03&datetime=yesterday", "datetime", "yesterday"},
        {"datetime=2025-03/..&datetime=../2025-02", "datetime", "share no time"},
        {"group=arson", "group", "homicide, violence_with_injury or robbery"},
        {"group=", "group", "robbery"},
        {"weapon=unknown", "weapon", "knife, firearm, blunt, other or none"},
        {"age=25", "age", "under-25"},
        {"source=fire", "source", "police, ed or ambulance"},
        {"hours=22", "hours", "22-04"},
        {"hours=4-4", "hours", "two different hours"},
        {"hours=24-4", "hours", "22-04"},
        {"hours=-1-4", "hours", "22-04"},
        {"hours=1-25", "hours", "22-04"},
        {"hours=022-04", "hours", "22-04"},
        {"days=friday", "days", "mon, tue, wed, thu, fri, sat or sun"},
        {"days=fri,", "days", "fri,sat"},
        {"days=", "days", "fri,sat"},
        {"bandwidth=49.9", "bandwidth", "50 to 5000"},
        {"bandwidth=5001", "bandwidth", "50 to 5000"},
        {"bandwidth=nan", "bandwidth", "number"},
        {"bandwidth=inf", "bandwidth", "number"},
        {"bandwidth=3e2", "bandwidth", "number"},
        {"bandwidth=0x12c", "bandwidth", "number"},
        {"bandwidth=", "bandwidth", "number"},
        {"cell=151", "cell", "8.4 to 150"},
        {"cell=8.3", "cell", "8.4 to 150"},
        {"cell=0", "cell", "8.4 to 150"},
        {"cell=-50", "cell", "8.4 to 150"},
        {"kernel=box", "kernel", "quartic"},
        {"top=0", "top", "0.01 to 5"},
        {"top=5.1", "top", "0.01 to 5"},
        {"colour=red", "colour", "scope, datetime"},
        {"top=1&top=2", "top", "once"},
    }));
    CAPTURE(query);
    try {
        read(query);
        FAIL("accepted");
    } catch (const service::Problem& problem) {
        CHECK(problem.status() == 400);
        CHECK(problem.parameter() == parameter);
        CHECK_THAT(problem.what(), Catch::Contains(right));
    }
}

TEST_CASE("Filters alone know no parameters of the density", "[analysis]") {
    const auto snapshot = SnapshotBuilder().build();
    CHECK_THROWS_AS(service::read_filters({{"bandwidth", "300"}}, *snapshot, {"bbox"}),
                    service::Problem);
    CHECK(service::read_filters({{"bbox", "x"}}, *snapshot, {"bbox"}).scope == "vrn-2021");
    const auto all = service::read_filters({}, *snapshot, {}, service::DefaultPeriod::all);
    CHECK(all.period == data::Period{});
    CHECK(all.canonical_query() == "scope=vrn-2021&datetime=../..");
}

TEST_CASE("Periods of records that share no time stay two, whatever their order", "[analysis]") {
    const auto snapshot = SnapshotBuilder().build();
    const auto of_records = [&](const std::string& query) {
        return service::read_filters(service::parse_target("/?" + query)->second, *snapshot, {},
                                     service::DefaultPeriod::all);
    };
    const auto apart = of_records("datetime=2025-03&datetime=2025-01/2025-02");
    CHECK(apart.canonical_query() ==
          "scope=vrn-2021&datetime=2025-03-01/..&datetime=../2025-02-28");
    CHECK(of_records(apart.canonical_query()) == apart);
    CHECK(of_records("datetime=2025-01/2025-02&datetime=2025-03") == apart);
    CHECK_THROWS_AS(of_records("source=ed&source=police"), service::Problem);
}
