// Periods cut into whole slices, over clock changes, leap years and what is left at the ends.
#include "service/time_slices.hpp"
#include "tests/catch.hpp"

using namespace hotspots;
using namespace hotspots::service;

namespace {

std::vector<TimeSlice> cut(std::string_view period, SliceLength length, std::size_t most = 1000) {
    const auto read = data::parse_period(period);
    return make_slices(read.begin.value(), read.end.value(), length, most);
}

data::Instant at(std::string_view text) {
    return data::parse_moment(text).value().begin;
}

} // namespace

TEST_CASE("Months are whole calendar months within the period", "[slices]") {
    const auto months = cut("2023-12-02/2024-04-29", SliceLength::month);
    REQUIRE(months.size() == 3);
    CHECK(months[0].label == "2024-01");
    CHECK(months[1].label == "2024-02");
    CHECK(months[1].end - months[1].begin == std::chrono::hours(29 * 24));
    CHECK(months[2].label == "2024-03");
    CHECK(months[2].end - months[2].begin == std::chrono::hours(31 * 24 - 1)); // clocks go forward
    CHECK(cut("2023-12/2024-04", SliceLength::month).size() == 5);
    CHECK(cut("2024-04-01/2024-04-29", SliceLength::month).empty());
}

TEST_CASE("Quarters begin in January, April, July and October", "[slices]") {
    const auto quarters = cut("2023-11/2025-01", SliceLength::quarter);
    REQUIRE(quarters.size() == 4);
    CHECK(quarters.front().label == "2024-Q1");
    CHECK(quarters.back().label == "2024-Q4");
    CHECK(quarters.back().end == at("2025-01-01"));
}

TEST_CASE("Weeks are counted back from the end of the period", "[slices]") {
    const auto weeks = cut("2025-03-01/2025-04-03", SliceLength::week);
    REQUIRE(weeks.size() == 4);
    CHECK(weeks.back().label == "2025-03-28/2025-04-03");
    CHECK(weeks.back().end == at("2025-04-04"));
    CHECK(weeks.front().begin == at("2025-03-07"));
    CHECK(weeks[2].end == weeks[3].begin);
}

TEST_CASE("The day in which a period ends is no part of a slice", "[slices]") {
    const auto weeks =
        make_slices(at("2025-03-01"), at("2025-03-20T12:00"), SliceLength::week, 100);
    REQUIRE(weeks.size() == 2);
    CHECK(weeks.back().label == "2025-03-13/2025-03-19");
}

TEST_CASE("Of too many slices the newest are made, of an empty period none", "[slices]") {
    const auto months = cut("1900-01/2025-09", SliceLength::month, 12);
    REQUIRE(months.size() == 12);
    CHECK(months.front().label == "2024-10");
    CHECK(make_slices(at("2025-03-01"), at("2025-03-01"), SliceLength::week, 5).empty());
    CHECK(make_slices(at("2025-03-02"), at("2025-03-01"), SliceLength::week, 5).empty());
}

TEST_CASE("What lies in one slice is told from what may lie in several or in none", "[slices]") {
    const auto months = cut("2025-01/2025-03", SliceLength::month);
    const auto place = [&](std::string_view text) {
        const auto moment = data::parse_moment(text).value();
        return place_in(months, moment.begin,
                        moment.end + std::chrono::seconds(moment.begin == moment.end));
    };
    CHECK(place("2025-01").slice == 0U);
    CHECK(place("2025-03-31T23:59:59").slice == 2U);
    CHECK(place("2025-02-01").slice == 1U);
    CHECK_FALSE(place("2025-04").touches);
    CHECK_FALSE(place("2024-12-31").touches);
    const auto both = place_in(months, at("2025-01-31"), at("2025-02-02"));
    CHECK_FALSE(both.slice);
    CHECK(both.touches);
    const auto out = place_in(months, at("2025-03-31"), at("2025-04-02"));
    CHECK_FALSE(out.slice);
    CHECK(out.touches);
    auto gap = months;
    gap.erase(gap.begin() + 1);
    CHECK_FALSE(place_in(gap, at("2025-02-03"), at("2025-02-04")).touches);
    CHECK_FALSE(place_in(gap, at("2025-02-03"), at("2025-02-04")).slice);
    CHECK(place_in(gap, at("2025-02-03"), at("2025-03-04")).touches);
    CHECK(place_in(gap, at("2025-03-03"), at("2025-03-04")).slice == 1U);
    CHECK_FALSE(place_in({}, at("2025-01-31"), at("2025-02-02")).touches);
}
