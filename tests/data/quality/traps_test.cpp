// Faults planted in clean cities: each is found with its reason, and nothing else is flagged.
#include "data/quality/institutions.hpp"
#include "data/quality/point_grid.hpp"
#include "geo/crs.hpp"
#include "tests/catch.hpp"
#include "tests/data/quality/city.hpp"

#include <algorithm>
#include <cmath>
#include <random>

using namespace hotspots;
using namespace hotspots::data;
using namespace hotspots::tests;
using Catch::Contains;

namespace {

// "kind records at easting, northing" of every trap, most records first.
std::vector<std::string> flagged(const TrapSet& set) {
    std::vector<std::string> all;
    for (const auto& trap : set.traps) {
        auto text = std::string(to_text(trap.kind)) + ' ' + std::to_string(trap.records);
        if (trap.point) {
            text += " at " + std::to_string(std::llround(trap.point->easting_m)) + ", " +
                    std::to_string(std::llround(trap.point->northing_m));
        }
        all.push_back(std::move(text));
    }
    return all;
}

using Texts = std::vector<std::string>;

TrapSet traps_in(const City& city) {
    return find_traps(*city.build());
}

Incident given_as(std::optional<geo::BngPoint> bng, std::optional<geo::LonLat> lon_lat) {
    Incident incident;
    incident.record.occurred_from = parse_moment("2025-03-01").value();
    incident.record.given_bng = bng;
    incident.record.given_lon_lat = lon_lat;
    return incident;
}

NamedPlace named(const std::string& name, PlaceKind kind, const std::string& category = "") {
    NamedPlace place;
    place.name = name;
    place.kind = kind;
    place.category = category;
    return place;
}

} // namespace

TEST_CASE("Nothing is flagged in twenty clean cities, each with a busy nightclub street",
          "[quality]") {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        auto city = clean_city(seed);
        add_nightclub_street(city, {457431, 305333});
        CHECK(flagged(traps_in(city)) == Texts{});
    }
}

TEST_CASE("A point of far more records than its neighbours explain is flagged, with its figures",
          "[quality]") {
    for (const auto level : {GeocodeLevel::given, GeocodeLevel::snapped}) {
        auto city = clean_city(3);
        // Beyond the cities' edge, where it is quiet.
        const geo::BngPoint at{456007, 303807};
        for (int i = 0; i < 6; ++i) {
            city.add({456107 + 110.0 * i, 303857}, 3, level);
        }
        city.add_place("Custody Road", PlaceKind::street, {456037, 303807});
        city.add(at, 60, level);
        const auto set = traps_in(city);
        REQUIRE(flagged(set) == Texts{"stacked 60 at 456007, 303807"});
        CHECK(set.traps[0].level == level);
        CHECK(set.traps[0].name == "Custody Road");
        CHECK_THAT(set.traps[0].reason, Contains("60 records") && Contains("within 300 m"));
        const auto lon_lat = geo::to_lon_lat(at).value();
        CHECK(set.traps[0].lon_lat->lon_deg == Approx(lon_lat.lon_deg));
        CHECK(set.traps[0].lon_lat->lat_deg == Approx(lon_lat.lat_deg));
    }
}

TEST_CASE("All of a street's records are at the street's point, which is no trap", "[quality]") {
    City city;
    city.add({456507, 304507}, 200, GeocodeLevel::street);
    for (int i = 0; i < 12; ++i) {
        city.add({456607 + 100.0 * i, 304507}, 1, GeocodeLevel::street);
    }
    CHECK(flagged(traps_in(city)) == Texts{});
}

TEST_CASE("A lone point is not judged: too few neighbours tell nothing", "[quality]") {
    City city;
    city.add({456507, 304507}, 200, GeocodeLevel::given);
    city.add({456707, 304507}, 1, GeocodeLevel::given);
    CHECK(flagged(traps_in(city)) == Texts{});
}

TEST_CASE("Records within 50 m of a hospital's point are flagged, and named after it",
          "[quality]") {
    auto city = clean_city(5);
    city.add_place("Royal Infirmary", PlaceKind::poi, {456037, 303537});
    city.add({456037, 303580}, 5, GeocodeLevel::given);   // 43 m
    city.add({456088, 303537}, 9, GeocodeLevel::given);   // 51 m
    city.add({456030, 303537}, 4, GeocodeLevel::snapped); // too few
    city.add({456040, 303530}, 30, GeocodeLevel::street); // the text names a street
    const auto set = traps_in(city);
    REQUIRE(flagged(set) == Texts{"institution 5 at 456037, 303580"});
    CHECK(set.traps[0].name == "Royal Infirmary");
    CHECK_THAT(set.traps[0].reason, Contains("43 m from Royal Infirmary (hospital)"));
}

TEST_CASE("A name that stands right at the point explains it better than a police station near by",
          "[quality]") {
    auto city = clean_city(6);
    city.add_place("Police Station", PlaceKind::poi, {456037, 303537});
    city.add_place("Nightclub", PlaceKind::poi, {456037, 303577});
    city.add({456037, 303575}, 9, GeocodeLevel::snapped);
    city.add({456037, 303540}, 8, GeocodeLevel::snapped);
    CHECK(flagged(traps_in(city)) == Texts{"institution 8 at 456037, 303540"});
}

TEST_CASE("Institutions are known by category and by words, streets and look-alikes are none",
          "[quality]") {
    const auto kind = [](const char* name, const char* category = "") {
        return std::string(institution_kind(named(name, PlaceKind::poi, category)).value_or("-"));
    };
    CHECK(kind("Glenfield Hospital") == "hospital");
    CHECK(kind("Mansfield House", "police_station") == "police");
    CHECK(kind("HMP Gartree") == "prison");
    CHECK(kind("Leicester Magistrates' Court") == "court");
    CHECK(kind("Royal Courts of Justice") == "court");
    CHECK(kind("Force Headquarters") == "police");
    CHECK(kind("Goodwood Ambulance Station") == "ambulance station");
    CHECK(kind("Sandown Court") == "-");
    CHECK(kind("Hospital Lane Playground") == "-");
    CHECK(kind("Oak Animal Hospital") == "-");
    CHECK(kind("The Old Courthouse", "pub") == "-");
    CHECK(kind("The Globe", "pub") == "-");
    CHECK_FALSE(institution_kind(named("Hospital Close", PlaceKind::street)));
}

TEST_CASE("Records at the middle of a ward or a postcode sector are flagged as such", "[quality]") {
    auto city = clean_city(7);
    city.add_postcode("LE9 1AA", {456037, 303037}).add_postcode("LE9 1AB", {456337, 303637});
    city.add_postcode("LE9 1AD", {456637, 303037});
    city.add(castle_centroid, 8, GeocodeLevel::given);
    city.add({456337, 303237}, 6, GeocodeLevel::given);
    city.add({457133, 305010}, 9, GeocodeLevel::given); // 3 m beside North's
    const auto set = traps_in(city);
    REQUIRE(flagged(set) ==
            Texts{"area_centroid 8 at 459130, 305010", "area_centroid 6 at 456337, 303237"});
    CHECK(set.traps[0].name == "Castle");
    CHECK_THAT(set.traps[0].reason, Contains("the centroid of the ward Castle"));
    CHECK_THAT(set.traps[1].reason, Contains("postcodes of LE9"));
}

TEST_CASE("Records at a point that more than five postcodes share are flagged", "[quality]") {
    auto city = clean_city(8);
    for (const char* last : {"AA", "AB", "AD", "AE", "AF", "AG"}) {
        city.add_postcode(std::string("LE8 1") + last, {456037, 303037});
        city.add_postcode(std::string("LE8 2") + last, {456537, 303037});
    }
    city.add_postcode("LE8 2AH", {457537, 303537}); // the mean of a sector is elsewhere
    city.add_postcode("LE8 1AH", {455537, 303537});
    city.add({456037, 303037}, 7, GeocodeLevel::given);
    const auto set = traps_in(city);
    REQUIRE(flagged(set) == Texts{"shared_postcode 7 at 456037, 303037"});
    CHECK(set.traps[0].name == "LE8 1AA");
    CHECK_THAT(set.traps[0].reason, Contains("6 postcodes"));
}

TEST_CASE("Given values that stand for not known are told apart, and need not be mapped",
          "[quality]") {
    auto city = clean_city(9);
    city.add(given_as(geo::BngPoint{0, 0}, {})).add(given_as(geo::BngPoint{0, 0}, {}));
    city.add(given_as({}, geo::LonLat{0, 0}));
    city.add(given_as(geo::BngPoint{450000, 450000}, {}));
    city.add(given_as(geo::BngPoint{999999, 9999999}, {}));
    city.add(given_as({}, geo::LonLat{-1.13, 52.63}));
    city.add({457000, 305000}, 5, GeocodeLevel::given);
    city.add({458000, 305000}, 5, GeocodeLevel::snapped); // the publisher's own
    const auto snapshot = city.build();
    const auto set = find_traps(*snapshot);
    auto texts = flagged(set);
    std::sort(texts.begin(), texts.end());
    CHECK(texts == Texts{"null_coordinates 1", "null_coordinates 1 at 450000, 450000",
                         "null_coordinates 1 at 999999, 9999999", "null_coordinates 2 at 0, 0",
                         "null_coordinates 5 at 457000, 305000"});
    std::size_t given = 0;
    for (std::size_t i = 0; i < snapshot->incidents.size(); ++i) {
        given += set.given[i] >= 0 ? 1U : 0U;
    }
    CHECK(given == 5);
    const auto lon_lat = std::find_if(set.traps.begin(), set.traps.end(), [](const Trap& trap) {
        return trap.lon_lat == geo::LonLat{0, 0};
    });
    REQUIRE(lon_lat != set.traps.end());
    CHECK_FALSE(lon_lat->point); // not on the National Grid
    CHECK_THAT(lon_lat->reason, Contains("longitude 0, latitude 0"));
}

TEST_CASE("A point is flagged once, and its records know which trap they lie on", "[quality]") {
    City city;
    city.add_place("County Hospital", PlaceKind::poi, castle_centroid);
    city.add({459330, 305010}, 40, GeocodeLevel::given);
    city.add(castle_centroid, 70, GeocodeLevel::given);
    const auto snapshot = city.build();
    const auto set = find_traps(*snapshot);
    REQUIRE(flagged(set) == Texts{"institution 70 at 459130, 305010"});
    std::vector<std::uint32_t> all;
    for (std::uint32_t i = 0; i < snapshot->incidents.size(); ++i) {
        all.push_back(i);
        CHECK(set.on_default_point(i) == (snapshot->columns.point[i] == castle_centroid));
    }
    CHECK(count_on_default_points(set, all) == 70);
}

TEST_CASE("The grid finds what a search through all points finds", "[quality]") {
    std::mt19937 random(42);
    std::uniform_real_distribution<double> anywhere(-2000, 5000);
    std::vector<geo::BngPoint> points(600);
    for (auto& point : points) {
        point = {std::round(anywhere(random) / 10) * 10, std::round(anywhere(random) / 10) * 10};
    }
    const PointGrid grid(points, 300);
    for (int i = 0; i < 200; ++i) {
        const geo::BngPoint from{std::round(anywhere(random)), std::round(anywhere(random))};
        std::vector<std::pair<double, std::uint32_t>> expected;
        for (std::uint32_t p = 0; p < points.size(); ++p) {
            const double distance_m = std::hypot(points[p].easting_m - from.easting_m,
                                                 points[p].northing_m - from.northing_m);
            expected.emplace_back(distance_m, p);
        }
        std::sort(expected.begin(), expected.end());
        const auto near = grid.nearest(from, 12, 900);
        const auto within = std::count_if(expected.begin(), expected.end(),
                                          [](const auto& e) { return e.first <= 900; });
        REQUIRE(grid.within(from, 900).size() == static_cast<std::size_t>(within));
        REQUIRE(near.size() == static_cast<std::size_t>(std::min<std::ptrdiff_t>(12, within)));
        for (std::size_t n = 0; n < near.size(); ++n) {
            CHECK(near[n].index == expected[n].second);
        }
    }
}
