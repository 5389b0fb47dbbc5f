// Oracle for touches(): shapely 1.8 `Polygon.intersects(box(...))` on the same figures.
#include "service/bounding_box.hpp"
#include "service/problem.hpp"
#include "tests/catch.hpp"

#include <string>

using namespace hotspots;
using service::parse_bbox;

namespace {

// A square ring of 0..10 with a hole of 4..6.
const geo::MultiPolygon<geo::LonLat> holed{
    {{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}, {{{4, 4}, {6, 4}, {6, 6}, {4, 6}, {4, 4}}}}};
const geo::MultiPolygon<geo::LonLat> triangle{{{{0, 0}, {10, 0}, {0, 10}, {0, 0}}, {}}};

bool touches(const geo::MultiPolygon<geo::LonLat>& polygons, const service::QueryBox& box) {
    return box.touches(polygons);
}

} // namespace

TEST_CASE("A box touches polygons where it shares any point with them", "[bbox]") {
    CHECK(touches(holed, parse_bbox("1,1,2,2")));           // inside
    CHECK(touches(holed, parse_bbox("-1,-1,11,11")));       // around
    CHECK(touches(holed, parse_bbox("-5,3,15,3.5")));       // across, no vertex inside
    CHECK(touches(holed, parse_bbox("10,10,12,12")));       // at a corner
    CHECK(touches(holed, parse_bbox("5,5,8,8")));           // half in the hole
    CHECK_FALSE(touches(holed, parse_bbox("4.5,4.5,5,5"))); // in the hole
    CHECK_FALSE(touches(holed, parse_bbox("11,0,12,1")));
    CHECK(touches(triangle, parse_bbox("4,4,8,8")));
    CHECK_FALSE(touches(triangle, parse_bbox("6,6,8,8"))); // in its bounds, beyond its edge
    CHECK_FALSE(touches({}, parse_bbox("0,0,1,1")));
}

TEST_CASE("A bbox that is none is refused with what would be right", "[bbox]") {
    const auto [text, why] = GENERATE(table<std::string, std::string>({
        {"", "four numbers"},
        {"1,2,3", "four numbers"},
        {"1,2,3,4,5", "four numbers"},
        {"1,2,0,3,4", "four numbers"},
        {"1,2,1,3,4,0", "heights"},
        {"1,2,a,3,4,0", "four numbers"},
        {"1,2,0,3,4,1,5", "four numbers"},
        {"a,2,3,4", "four numbers"},
        {"1,2,3,4,", "four numbers"},
        {"nan,2,3,4", "four numbers"},
        {"1e1,2,30,4", "four numbers"},
        {"1,4,3,2", "south must not be beyond north"},
        {"1,2,181,4", "-180 to 180"},
        {"-181,2,3,4", "-180 to 180"},
        {"1,2,3,91", "-90 to 90"},
    }));
    CAPTURE(text);
    try {
        parse_bbox(text);
        FAIL("accepted");
    } catch (const service::Problem& problem) {
        CHECK(problem.status() == 400);
        CHECK(problem.parameter() == "bbox");
        CHECK_THAT(problem.what(), Catch::Contains(why));
    }
}

// OGC API - Features, 7.15.3: a west beyond the east is a box across the antimeridian.
TEST_CASE("A bbox across the antimeridian holds what lies on either side of it", "[bbox]") {
    const auto fiji = parse_bbox("177,-21,-178,-12");
    CHECK(fiji.holds({178.4, -18.1}));
    CHECK(fiji.holds({-179.9, -16.8}));
    CHECK(fiji.holds({180, -16}));
    CHECK_FALSE(fiji.holds({0, -16}));
    CHECK_FALSE(fiji.holds({178.4, 0}));
    CHECK(touches(holed, parse_bbox("170,1,1,2")));
    CHECK(touches(holed, parse_bbox("9,1,-170,2")));
    CHECK_FALSE(touches(holed, parse_bbox("11,1,-1,2"))); // all but the polygon
    const geo::Box<geo::LonLat> bounds{{0, 0}, {10, 10}};
    CHECK(parse_bbox("9,1,-170,2").may_touch(bounds));
    CHECK_FALSE(parse_bbox("11,1,-1,2").may_touch(bounds));
    CHECK(fiji.text() == "177,-21,-178,-12");
}

TEST_CASE("A box holds the points within it and on its edge", "[bbox]") {
    const auto box = parse_bbox("1,2,3,4");
    CHECK(box.holds({1, 4}));
    CHECK(box.holds({2, 3}));
    CHECK_FALSE(box.holds({0.9, 3}));
    CHECK_FALSE(box.holds({3.1, 3}));
    CHECK_FALSE(box.holds({2, 4.1}));
    CHECK_FALSE(box.holds({2, 1.9}));
}

TEST_CASE("The heights of a bbox are left out", "[bbox]") {
    CHECK(parse_bbox("1,2,-50,3,4,1000").text() == "1,2,3,4");
}

TEST_CASE("A bbox is written as it reads", "[bbox]") {
    CHECK(parse_bbox("-1.5,52.1,-0.4,53").text() == "-1.5,52.1,-0.4,53");
    CHECK(parse_bbox("1,2,1,2").holds({1, 2}));
    const auto turned = parse_bbox("52.1,-1.5,53,-0.4", service::filter::Crs::epsg_4326);
    CHECK(turned.text() == "52.1,-1.5,53,-0.4");
    CHECK(turned.holds({-1, 52.5}));
    // An exponent's + would be a space in a link to the next page.
    const auto metres =
        parse_bbox("400000,300000,500000,1000000", service::filter::Crs::epsg_27700);
    CHECK(metres.text() == "400000,300000,500000,1000000");
}
