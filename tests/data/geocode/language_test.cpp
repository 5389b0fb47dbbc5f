// The language of location texts on a small gazetteer that is read as OpenStreetMap and lists give
// it: roads by number, motorway junctions, sites, ranges, flats, stretches, coordinates, sectors.
#include "data/geocode/gazetteer.hpp"
#include "data/geocode/geocode.hpp"
#include "geo/crs.hpp"
#include "tests/catch.hpp"

#include <cmath>
#include <string>

namespace hotspots::tests {
namespace {

using data::GeocodeStatus;
using data::PlaceKind;

data::NamedPlace place(std::string name, PlaceKind kind, std::string category,
                       std::vector<geo::BngPoint> line, std::optional<double> radius_m = {}) {
    data::NamedPlace made;
    made.name = std::move(name);
    made.kind = kind;
    made.category = std::move(category);
    made.point = *geo::to_lon_lat(line.front());
    made.radius_m = radius_m;
    if (line.size() > 1) {
        made.lines.emplace_back();
        for (const auto& point : line) {
            made.lines.back().push_back(*geo::to_lon_lat(point));
        }
    }
    return made;
}

data::Ward ward(std::string name, double east_m, double north_m) {
    const geo::MultiPolygon<geo::BngPoint> square = {{{{east_m, north_m},
                                                       {east_m + 10000, north_m},
                                                       {east_m + 10000, north_m + 10000},
                                                       {east_m, north_m + 10000},
                                                       {east_m, north_m}},
                                                      {}}};
    return {name, name, "", "Harborough", geo::to_lon_lat(square), false};
}

// Billesdon in the east, Lubbesthorpe with the motorway in the west; the A47 runs through both.
const data::Gazetteer& gazetteer() {
    static const auto made = [] {
        data::ReferenceData reference;
        reference.wards = {ward("Lubbesthorpe", 450000, 300000), ward("Billesdon", 460000, 300000)};
        reference.places = {
            place("A47", PlaceKind::street, "", {{449000, 303000}, {478000, 303000}}),
            place("High Street", PlaceKind::street, "", {{462000, 302000}, {462400, 302000}}),
            place("Church Street", PlaceKind::street, "", {{462100, 301800}, {462100, 302300}}),
            place("Brook Lane", PlaceKind::street, "", {{462350, 301800}, {462350, 302300}}),
            place("Long Street", PlaceKind::street, "", {{471000, 302000}, {471400, 302000}}),
            place("Billesdon", PlaceKind::place, "village", {{462000, 302500}}, 600),
            place("M1 Junction 21", PlaceKind::poi, "motorway_junction", {{454000, 302000}}),
            place("M1 Junction 21", PlaceKind::poi, "motorway_junction", {{454200, 302100}}),
            place("M1 Junction 21A", PlaceKind::poi, "motorway_junction", {{454500, 304000}}),
            place("Billesdon Railway Station", PlaceKind::poi, "station", {{462800, 302800}}),
            place("Billesdon Primary School", PlaceKind::poi, "school", {{462700, 302100}}),
            place("The Queens Head Inn", PlaceKind::poi, "pub", {{462120, 302030}}),
            place("New Greyhound", PlaceKind::poi, "pub", {{462300, 302020}}),
            place("West Lane Car Park", PlaceKind::poi, "parking", {{462500, 302500}}),
            place("Coplow Turn", PlaceKind::poi, "bus_stop", {{463000, 303010}}),
            place("High Street", PlaceKind::poi, "bus_stop", {{462390, 302005}}),
        };
        reference.postcodes = {{"LE7 9AA", *geo::to_lon_lat({462200, 302000}), ""}};
        return data::Gazetteer(reference);
    }();
    return made;
}

struct Row {
    const char* text;
    GeocodeStatus status;
    const char* rule;
    geo::BngPoint point; // where matched
};

void check(const Row& row) {
    const auto location = data::geocode_text(gazetteer(), row.text);
    INFO("'" << row.text << "' as '" << location.matched_text << "'");
    CHECK(location.rule == row.rule);
    CHECK(location.status == row.status);
    REQUIRE(location.point.has_value() == (row.status == GeocodeStatus::matched));
    if (location.point) {
        CHECK(std::hypot(location.point->easting_m - row.point.easting_m,
                         location.point->northing_m - row.point.northing_m) <= 30);
    }
}

constexpr auto matched = GeocodeStatus::matched;
constexpr auto ambiguous = GeocodeStatus::ambiguous;
constexpr auto outside = GeocodeStatus::outside;
constexpr auto area_only = GeocodeStatus::area_only;
constexpr geo::BngPoint none{};

TEST_CASE("Motorway junctions are read in any order, and no junction is made up") {
    // One point of the two that the slip roads have.
    const geo::BngPoint j21{454000, 302000};
    const geo::BngPoint j21a{454500, 304000};
    check(GENERATE_COPY(values<Row>({
        {"M1 J21", matched, "poi_only_one", j21},
        {"J21 M1", matched, "poi_only_one", j21},
        {"junction 21 of the M1", matched, "poi_only_one", j21},
        {"m1 jct 21", matched, "poi_only_one", j21},
        {"jct 21, M1", matched, "poi_only_one", j21},
        {"M1 northbound (J21)", matched, "poi_only_one", j21},
        {"M1 motorway junction 21, Lubbesthorpe", matched, "poi_in_area", j21},
        {"M1 J21A southbound", matched, "poi_only_one", j21a},
        {"Junction 21a on the M1", matched, "poi_only_one", j21a},
        {"M1 J22", GeocodeStatus::unmatched, "name_not_known", none},
        {"M69 J21", GeocodeStatus::unmatched, "name_not_known", none},
        {"M1 between J21 and J21A", GeocodeStatus::unmatched, "name_not_known", none},
        {"M1", GeocodeStatus::unmatched, "no_name", none},
    })));
}

TEST_CASE("A road by its number is a place only as a stretch within a named area") {
    check(GENERATE(values<Row>({
        {"A47 near Billesdon village", matched, "street_in_area_narrowest", {462250, 303000}},
        {"A47 Billesdon", matched, "street_in_area_narrowest", {462250, 303000}},
        {"A47", ambiguous, "no_area_named", none},
        {"A47, Lubbesthorpe", ambiguous, "road_too_long", none},
        {"A47, Harborough", ambiguous, "road_too_long", none},
        {"Trafalgar Lane j/w High Street, Billesdon", ambiguous, "other_street_unknown", none},
        {"High Street (A47), Billesdon", matched, "street_in_area", {462000, 302000}},
    })));
}

TEST_CASE("Stations, schools, pubs, car parks and bus stops are named in their several ways") {
    check(GENERATE(values<Row>({
        {"Billesdon railway station", matched, "poi_only_one", {462800, 302800}},
        {"Billesdon train stn", matched, "poi_only_one", {462800, 302800}},
        {"railway station, Billesdon", matched, "poi_only_one", {462800, 302800}},
        {"o/s Billesdon Station", matched, "poi_only_one", {462800, 302800}},
        {"opp Billesdon Primary School", matched, "poi_only_one", {462700, 302100}},
        {"Queens Head, Billesdon", matched, "poi_in_area", {462120, 302030}},
        {"Queens Head PH, Church Street, Billesdon",
         matched,
         "site_on_street_in_area",
         {462120, 302030}},
        {"New Greyhound, High St, Billesdon", matched, "site_on_street_in_area", {462300, 302020}},
        {"Queens Head, Long Street", ambiguous, "several_names", none},
        {"West Lane car park, Billesdon", matched, "poi_in_area", {462500, 302500}},
        {"bus stop Coplow Turn, Billesdon", matched, "poi_in_area", {463000, 303010}},
        {"bus stop, High Street, Billesdon", matched, "street_in_area", {462000, 302000}},
        {"the pub, Billesdon", area_only, "area_only", none},
        {"bus stop, Billesdon", area_only, "area_only", none},
    })));
}

TEST_CASE("Ranges, flats and house numbers leave the street, and what lies between is between") {
    check(GENERATE(values<Row>({
        {"14-18 High Street, Billesdon", matched, "street_in_area", {462000, 302000}},
        {"14 - 18 High Street, Billesdon", matched, "street_in_area", {462000, 302000}},
        {"14 to 18 High St Billesdon", matched, "street_in_area", {462000, 302000}},
        {"14, 16 and 18 High St Billesdon", matched, "street_in_area", {462000, 302000}},
        {"Flat 2, 14a High Street, Billesdon", matched, "street_in_area", {462000, 302000}},
        {"2/14 High Street, Billesdon", matched, "street_in_area", {462000, 302000}},
        {"High St between Church St and Brook Lane, Billesdon",
         matched,
         "between",
         {462225, 302000}},
        {"Church St x High St, Billesdon", matched, "junction_of_lines", {462100, 302000}},
        {"High Street at its junction with Brook Lane",
         matched,
         "junction_of_lines",
         {462350, 302000}},
    })));
}

TEST_CASE("Coordinates swapped, cut short or in either order, and sectors") {
    check(GENERATE(values<Row>({
        {"462200 302000", matched, "easting_northing", {462200, 302000}},
        {"302000 462200", matched, "easting_northing_swapped", {462200, 302000}},
        {"46220 30200", ambiguous, "easting_northing_truncated", none},
        {"46220 30200 Billesdon", matched, "easting_northing_truncated", {462205, 302005}},
        {"62200 02000", ambiguous, "easting_northing_truncated", none},
        {"SK 622 020", matched, "grid_reference", {462250, 302050}},
        {"SK 62200 02000", matched, "grid_reference", {462200, 302000}},
        {"52.61222, -1.08283", matched, "longitude_latitude", {462200, 302000}},
        {"-1.08283 52.61222", matched, "longitude_latitude", {462200, 302000}},
        {"1.08283W 52.61222N", matched, "longitude_latitude", {462200, 302000}},
        {"LE7 9AA", matched, "postcode", {462200, 302000}},
        {"LE7 9", area_only, "postcode_sector", none},
        {"nr LE7", area_only, "postcode_sector", none},
        {"NG7 2", outside, "postcode_outside", none},
        {"Long Street", outside, "street_only_one_outside", none},
    })));
}

} // namespace
} // namespace hotspots::tests
