// Change against the period before, as the card of a hotspot tells it. Intervals from R 4.2.2's
// poisson.test through why_oracle.R beside this file.
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <cmath>
#include <string>

using namespace hotspots;
using nlohmann::json;
using tests::Event;
using tests::Service;
using tests::SnapshotBuilder;

namespace {

// 365 days, and 366 days before them.
const std::string year = "datetime=2024-10/2025-09";

json change_of(const SnapshotBuilder& builder, const std::string& query = year) {
    const Service service(builder.build());
    const auto page = service.json("/collections/hotspots/items?" + query);
    const auto id = page.at("features").at(0).at("id").get<std::string>();
    return service.json("/hotspots/" + id + "/why?" + query).at("change");
}

// `count` records at the place, one a month and then again, from October of `first`.
void add_monthly(SnapshotBuilder& builder, geo::BngPoint at, int first, int count) {
    for (int i = 0; i < count; ++i) {
        const int month = (9 + i % 12) % 12 + 1;
        const int in_year = month >= 10 ? first : first + 1;
        Event event;
        event.at = at;
        event.when = std::to_string(in_year) + (month < 10 ? "-0" : "-") + std::to_string(month) +
                     "-02T12:00";
        builder.add(event);
    }
}

// North has 20 now and `before` before; all have 30 now and 32 before.
SnapshotBuilder two_years(int before) {
    SnapshotBuilder builder;
    add_monthly(builder, tests::north_centre, 2024, 20);
    add_monthly(builder, tests::castle_centre, 2024, 10);
    add_monthly(builder, tests::north_centre, 2023, before);
    add_monthly(builder, tests::castle_centre, 2023, 32 - before);
    return builder;
}

} // namespace

TEST_CASE("Change is told with its exact interval, here and over the whole area", "[change]") {
    const auto change = change_of(two_years(12));
    CHECK(change.at("period") == "2024-10-01/2025-09-30");
    CHECK(change.at("period_before") == "2023-10-01/2024-09-30");
    CHECK(change.at("days") == 365.0);
    CHECK(change.at("days_before") == 366.0);
    CHECK(change.at("reason").is_null());
    const auto& here = change.at("here");
    CHECK(here.at("now") == 20);
    CHECK(here.at("before") == 12);
    CHECK(here.at("in_either") == 0);
    CHECK(here.at("difference") == 8);
    CHECK(here.at("rate_ratio") == 1.671233);
    CHECK(here.at("rate_ratio_low") == 0.77808);
    CHECK(here.at("rate_ratio_high") == 3.749574);
    const double z = 2 * (std::sqrt(20.0) - std::sqrt(12 * 365.0 / 366));
    CHECK(here.at("z").get<double>() == Approx(z).margin(5e-4));
    const auto& area = change.at("area");
    CHECK(area.at("now") == 30);
    CHECK(area.at("before") == 32);
    CHECK(area.at("rate_ratio") == 0.940068);
    CHECK(area.at("rate_ratio_low") == 0.55183);
    CHECK(area.at("rate_ratio_high") == 1.597463);
}

TEST_CASE("Where nothing was here before there is no ratio, but its lower end", "[change]") {
    const auto here = change_of(two_years(0)).at("here");
    CHECK(here.at("now") == 20);
    CHECK(here.at("before") == 0);
    CHECK(here.at("rate_ratio").is_null());
    CHECK(here.at("rate_ratio_low") == 4.950588);
    CHECK(here.at("rate_ratio_high").is_null());
    CHECK(here.at("z").get<double>() == Approx(2 * std::sqrt(20.0)).margin(5e-4));
}

TEST_CASE("A record that may lie in either period is in neither count", "[change]") {
    auto builder = two_years(12);
    Event event;
    event.when = "2024-09-30T23:00";
    event.until = "2024-10-01T01:00";
    const auto change = change_of(builder.add(event, 3));
    CHECK(change.at("here").at("now") == 20);
    CHECK(change.at("here").at("before") == 12);
    CHECK(change.at("here").at("in_either") == 3);
    CHECK(change.at("area").at("in_either") == 3);
}

TEST_CASE("Points less certain than the bandwidth are in no count of either period", "[change]") {
    auto builder = two_years(12);
    Event event;
    event.uncertainty_m = 500;
    event.when = "2024-05-05T12:00";
    CHECK(change_of(builder.add(event, 3)).at("here").at("before") == 12);
}

TEST_CASE("A record that begins after the period before does carries no comparison", "[change]") {
    SnapshotBuilder builder;
    add_monthly(builder, tests::north_centre, 2024, 24);
    const auto change = change_of(builder);
    CHECK(change.at("here").is_null());
    CHECK(change.at("area").is_null());
    CHECK(change.at("period_before") == "2023-10-01/2024-09-30");
    CHECK(change.at("reason") ==
          "the period before, 2023-10-01/2024-09-30, begins before the first record of police "
          "(2024-10-02): choose a later or shorter datetime, or a source that covers both");
}

TEST_CASE("A source that was not yet recorded is no rise", "[change]") {
    auto builder = two_years(12);
    Event ambulance;
    ambulance.source = data::Source::ambulance;
    ambulance.when = "2025-01-10T12:00";
    builder.add(ambulance, 15);
    const auto reason = change_of(builder).at("reason").get<std::string>();
    CHECK(reason.find("the first record of ambulance (2025-01-10)") != std::string::npos);
    CHECK(change_of(builder, year + "&source=police").at("here").at("now") == 20);
}

TEST_CASE("Months without a single record are named as the reason", "[change]") {
    SnapshotBuilder builder;
    for (const auto* when : {"2023-10-02T12:00", "2024-01-02T12:00", "2024-10-02T12:00"}) {
        Event event;
        event.when = when;
        builder.add(event, 20);
    }
    CHECK(change_of(builder).at("reason").get<std::string>().starts_with(
        "there is no record of police in 21 of the 24 months of both periods, first in 2023-11"));
}

TEST_CASE("An open period has none before it", "[change]") {
    const auto change = change_of(two_years(12), "datetime=2024-10/..");
    CHECK(change.at("here").is_null());
    CHECK(change.at("period_before").is_null());
    CHECK(change.at("reason").get<std::string>().find("give both its ends") != std::string::npos);
}
