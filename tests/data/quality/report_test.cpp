#include "data/quality/report.hpp"
#include "geo/crs.hpp"
#include "tests/catch.hpp"
#include "tests/data/quality/city.hpp"

#include <numeric>

using namespace hotspots;
using namespace hotspots::data;
using namespace hotspots::tests;

namespace {

struct Row {
    std::int64_t import_id = 1;
    Source source = Source::police;
    const char* when = "2025-03-14T22:30";
    const char* text = "";
    GeocodeStatus status = GeocodeStatus::matched;
    geo::BngPoint at{459000.5, 305000.5};
};

void add(City& city, const Row& row, int times) {
    for (int i = 0; i < times; ++i) {
        Incident incident;
        incident.import_id = row.import_id;
        incident.record.source = row.source;
        incident.record.occurred_from = parse_moment(row.when).value();
        incident.record.location_text = row.text;
        incident.location.status = row.status;
        if (row.status == GeocodeStatus::matched) {
            incident.location.level = GeocodeLevel::street;
            incident.location.point = row.at;
            incident.location.uncertainty_m = 100;
        }
        city.add(std::move(incident));
    }
}

QualityReport report_of(const City& city) {
    const auto snapshot = city.build();
    std::vector<std::uint32_t> all(snapshot->incidents.size());
    std::iota(all.begin(), all.end(), 0U);
    return make_quality_report(*snapshot, *traps_of(*snapshot), all);
}

const Grouping& grouping(const QualityReport& report, std::string_view name) {
    for (const auto& one : report.groupings) {
        if (one.name == name) {
            return one;
        }
    }
    throw std::runtime_error("no grouping " + std::string(name));
}

const Association& dependence(const QualityReport& report, std::string_view on) {
    for (const auto& one : report.dependences) {
        if (one.on == on) {
            return one.association;
        }
    }
    throw std::runtime_error("no dependence " + std::string(on));
}

// "key mapped/tried" of each group.
std::string rates(const Grouping& grouping) {
    std::string text;
    for (const auto& group : grouping.groups) {
        text += (text.empty() ? "" : ", ") + group.key + ' ' + std::to_string(group.counts.mapped) +
                '/' + std::to_string(group.counts.tried());
    }
    return text;
}

constexpr auto missed = GeocodeStatus::unmatched;

} // namespace

TEST_CASE("Records are counted by import, source, London month and authority", "[quality]") {
    City city;
    add(city, {.import_id = 9}, 9);
    add(city, {.import_id = 9, .status = missed}, 1);
    add(city, {.import_id = 10, .source = Source::ed, .when = "2025-06-30T23:30:00Z"}, 3);
    add(city, {.import_id = 10, .source = Source::ed, .when = "2025-06", .status = missed}, 2);
    add(city, {.import_id = 10, .source = Source::ed, .status = GeocodeStatus::outside}, 4);
    const auto report = report_of(city);
    CHECK(report.all.records == 19);
    CHECK(rates(grouping(report, "import")) == "9 9/10, 10 3/5");
    CHECK(rates(grouping(report, "source")) == "ed 3/5, police 9/10");
    // 23:30 UTC on 30 June is July in London.
    CHECK(rates(grouping(report, "month")) == "2025-03 9/10, 2025-06 0/2, 2025-07 3/3");
    const auto& month = grouping(report, "month");
    CHECK(month.groups_with_rate == 3);
    CHECK(month.groups_below_gate == 1);
    CHECK(month.records_with_rate == 15);
    CHECK(month.records_below_gate == 2);
}

TEST_CASE("An authority is what the text names, else where a mapped point lies", "[quality]") {
    City city;
    add(city, {.text = "Nowhere Row, Beta", .status = missed}, 2);
    add(city, {.text = "High Street, Beta", .at = {461000, 305000}}, 5);
    add(city, {.text = "High Street", .at = {461000, 305000}}, 3); // in Beta's ward
    add(city, {.text = "High Street, Castle"}, 4);
    add(city, {.text = "nobody knows", .status = missed}, 6);
    const auto report = report_of(city);
    CHECK(rates(grouping(report, "authority")) == "E1 4/4, E2 8/10, not_named 0/6");
    CHECK(rates(grouping(report, "named_authority")) == "E1 4/4, E2 5/7, not_named 3/9");
    CHECK(grouping(report, "authority").groups[1].label == "Beta");
    CHECK(dependence(report, "named_authority").columns == 3);
    CHECK(dependence(report, "named_place").columns == 3); // Beta, Castle, none
}

TEST_CASE("Dependence is that of the table of placed and missed, records outside left out",
          "[quality]") {
    City city;
    add(city, {.source = Source::police}, 30);
    add(city, {.source = Source::police, .status = missed}, 10);
    add(city, {.source = Source::ed, .when = "2025-04-01"}, 5);
    add(city, {.source = Source::ed, .when = "2025-04-01", .status = missed}, 15);
    add(city, {.source = Source::ambulance, .status = GeocodeStatus::outside}, 7);
    const auto report = report_of(city);
    const std::vector<PlacedMissed> table{{30, 10}, {5, 15}};
    const auto expected = associate(table).v.value();
    CHECK(dependence(report, "source").records == 60);
    CHECK(dependence(report, "source").columns == 2);
    CHECK(dependence(report, "source").v.value() == Approx(expected));
    // The hour of the second is not known, which is a kind of its own; the month differs alike.
    CHECK(dependence(report, "hour").v.value() == Approx(expected));
    CHECK(dependence(report, "month").v.value() == Approx(expected));
    CHECK_FALSE(dependence(report, "named_place").v);
}

TEST_CASE("Traps are listed with the report's own records, those without any left out",
          "[quality]") {
    City city;
    city.add(castle_centroid, 6, GeocodeLevel::given);
    city.add({457130, 305010}, 8, GeocodeLevel::given); // North's
    city.add({456507, 304507}, 2, GeocodeLevel::given);
    const auto snapshot = city.build();
    const std::vector<std::uint32_t> some{0, 1, 14, 15};
    const auto report = make_quality_report(*snapshot, find_traps(*snapshot), some);
    CHECK(report.all.records == 4);
    CHECK(report.all.on_default_points == 2);
    CHECK(report.all.default_point_share().value() == 0.5);
    REQUIRE(report.traps.size() == 1);
    CHECK(report.traps[0].chosen == 2);
    CHECK(report.traps[0].trap.records == 6);
    CHECK(report.traps[0].trap.name == "Castle");
}

TEST_CASE("A report of no records has counts of zero and no rates", "[quality]") {
    const auto report = report_of(City());
    CHECK(report.all.records == 0);
    CHECK_FALSE(report.all.hit_rate());
    for (const auto& one : report.groupings) {
        CHECK(one.groups.empty());
    }
    for (const auto& one : report.dependences) {
        CHECK_FALSE(one.association.v);
    }
}
