// Named streets, and which of them records are on: made-up streets in metres on the National Grid.
#include "data/geocode/named_streets.hpp"
#include "data/snapshot_columns.hpp"
#include "data/street_counts.hpp"
#include "geo/crs.hpp"
#include "tests/catch.hpp"
#include "tests/data/geocode/reference_fixture.hpp"

#include <numeric>
#include <string>
#include <vector>

using namespace hotspots;
using namespace hotspots::data;

namespace {

geo::LonLat degrees(double easting_m, double northing_m) {
    return geo::to_lon_lat(geo::BngPoint{easting_m, northing_m}).value();
}

NamedPlace street(const std::string& name, double easting_m, double northing_m) {
    NamedPlace place;
    place.name = name;
    place.point = degrees(easting_m, northing_m);
    return place;
}

// Granby Street is known by a line, 400 m to the north; Halford Street and The Green by points;
// there are two Church Streets 5 km apart, the first in two pieces.
std::vector<NamedPlace> town() {
    auto granby = street("Granby Street", 459000, 304200);
    granby.lines = {{degrees(459000, 304000), degrees(459000, 304400)}};
    auto numbered = street("A6", 459100, 304000);
    numbered.lines = {{degrees(459100, 303000), degrees(459100, 306000)}};
    auto pub = street("Granby Arms", 459010, 304100);
    pub.kind = PlaceKind::poi;
    pub.category = "pub";
    return {granby,
            street("Halford Street", 459200, 304300),
            street("The Green", 459300, 304100),
            street("Church Street", 458000, 304000),
            street("Church Street", 458700, 304000),
            street("Church Street", 464000, 304000),
            numbered,
            pub};
}

NamedStreets streets_of(std::vector<NamedPlace> places) {
    return NamedStreets(
        std::make_shared<const Gazetteer>(ReferenceData{{}, std::move(places), {}}));
}

struct Record {
    std::string text;
    geo::BngPoint at;
    double uncertainty_m = 10;
    std::string matched_text = {};
};

StreetCounts count(const NamedStreets& streets, const std::vector<Record>& records) {
    Snapshot snapshot;
    for (const auto& record : records) {
        Incident incident;
        incident.record.occurred_from = parse_moment("2025-03-14").value();
        incident.record.location_text = record.text;
        incident.location.status = GeocodeStatus::matched;
        incident.location.point = record.at;
        incident.location.uncertainty_m = record.uncertainty_m;
        incident.location.matched_text = record.matched_text;
        snapshot.incidents.push_back(incident);
    }
    snapshot.columns = make_columns(snapshot.incidents, {});
    std::vector<std::uint32_t> all(records.size());
    std::iota(all.begin(), all.end(), 0U);
    return count_on_streets(streets, snapshot, all);
}

// The name of the one street that the record is on; empty where it is on none.
std::string street_of(const NamedStreets& streets, const Record& record) {
    const auto counts = count(streets, {record});
    return counts.streets.empty() ? "" : streets.street(counts.streets.front().street).name;
}

} // namespace

TEST_CASE("A named street is all that lies together under one name, roads by number are none",
          "[streets]") {
    const auto streets = streets_of(town());
    CHECK(streets.size() == 5); // Granby, Halford, The Green and two Church Streets
    CHECK(streets.with_lines() == 1);
}

TEST_CASE("A record is on the street that its text names, within 500 m", "[streets]") {
    const auto streets = streets_of(town());
    const geo::BngPoint far_from_all{459150, 304150};
    CHECK(street_of(streets, {"On or near Granby Street", far_from_all}) == "Granby Street");
    CHECK(street_of(streets, {"o/s 14 halford st", far_from_all}) == "Halford Street");
    CHECK(street_of(streets, {"McDonalds Halford Street", far_from_all}) == "Halford Street");
    CHECK(street_of(streets, {"On or near Halford Street", {459200, 304799}}) == "Halford Street");
    CHECK(street_of(streets, {"On or near Halford Street", {459200, 304801}}).empty());
    CHECK(street_of(streets, {"On or near Parking Area", far_from_all}).empty());
}

TEST_CASE("What the geocoder matched is asked before the text", "[streets]") {
    const auto streets = streets_of(town());
    CHECK(street_of(streets, {"Halford Street", {459150, 304150}, 10, "Granby Street"}) ==
          "Granby Street");
    // A point of interest is no street: the text is asked.
    CHECK(street_of(streets, {"Halford Street", {459150, 304150}, 10, "Granby Arms"}) ==
          "Halford Street");
}

TEST_CASE("The street of a name is the one that is there", "[streets]") {
    const auto streets = streets_of(town());
    const auto counts = count(streets, {{"Church Street", {458100, 304000}},
                                        {"Church Street", {458600, 304000}},
                                        {"Church Street", {464100, 304000}},
                                        {"Church Street", {461000, 304000}}});
    REQUIRE(counts.streets.size() == 2);
    CHECK(counts.streets[0].incidents == 2);
    CHECK(counts.streets[1].incidents == 1);
    CHECK(counts.on_no_street == 1);
}

TEST_CASE("An ordinary word is a street's name only where it stands alone", "[streets]") {
    const auto streets = streets_of(town());
    const geo::BngPoint there{459320, 304200}; // no street within 60 m
    CHECK(street_of(streets, {"On or near The Green", there}) == "The Green");
    CHECK(street_of(streets, {"The Green, Leicester", there}) == "The Green");
    CHECK(street_of(streets, {"outside the green dragon", there}).empty());
}

TEST_CASE("Of several streets named the first counts, and that there were several is told",
          "[streets]") {
    const auto streets = streets_of(town());
    const auto counts = count(streets, {{"jct Halford Street / Granby Street", {459100, 304300}}});
    REQUIRE(counts.streets.size() == 1);
    CHECK(streets.street(counts.streets[0].street).name == "Halford Street");
    CHECK(counts.several_named == 1);
    CHECK(counts.by_name == 1);
    // Church Street is far away: it is not meant.
    CHECK(count(streets, {{"Church Street and Granby Street", {459250, 304100}}}).several_named ==
          0);
}

TEST_CASE("Without a name it is the nearest street within 60 m of its line", "[streets]") {
    const auto streets = streets_of(town());
    CHECK(street_of(streets, {"", {459059, 304010}}) == "Granby Street");
    CHECK(street_of(streets, {"", {458941, 304390}}) == "Granby Street");
    CHECK(street_of(streets, {"", {459000, 304459}}) == "Granby Street"); // beyond its end
    CHECK(street_of(streets, {"", {459061, 304200}}).empty());
    CHECK(street_of(streets, {"", {459000, 304461}}).empty());
    CHECK(street_of(streets, {"", {459200, 304359}}) == "Halford Street");
}

TEST_CASE("A point that is less certain than 60 m is on no street unless it names one",
          "[streets]") {
    const auto streets = streets_of(town());
    const auto counts = count(streets, {{"", {459010, 304200}, 100},
                                        {"On or near Granby Street", {459010, 304200}, 100},
                                        {"", {459200, 304200}, 10}});
    CHECK(counts.on_no_street == 2);
    CHECK(counts.too_uncertain == 1);
    CHECK(counts.on_streets == 1);
    CHECK(counts.by_name == 1);
}

TEST_CASE("Streets come with most incidents first, and the counts add up", "[streets]") {
    const auto streets = streets_of(town());
    const auto counts = count(streets, {{"Halford Street", {459200, 304300}},
                                        {"", {459000, 304200}},
                                        {"Granby Street", {459000, 304200}},
                                        {"", {450000, 300000}}});
    REQUIRE(counts.streets.size() == 2);
    CHECK(streets.street(counts.streets[0].street).name == "Granby Street");
    CHECK(counts.streets[0].incidents == 2);
    CHECK(counts.streets[0].by_name == 1);
    CHECK(counts.on_streets == 3);
    CHECK(counts.on_no_street == 1);
}

TEST_CASE("A gazetteer without streets has none, whatever is asked", "[streets]") {
    const auto streets = streets_of({});
    CHECK(streets.size() == 0);
    CHECK(streets.names_in("On or near Granby Street").empty());
    CHECK_FALSE(streets.nearest({459000, 304000}));
    CHECK(count(streets, {{"Granby Street", {459000, 304000}}}).on_no_street == 1);
}

TEST_CASE("The nearest street is that of a search through all of them", "[streets]") {
    std::vector<NamedPlace> places;
    for (int i = 0; i < 40; ++i) {
        const double east = 459000 + 35 * (i * 7 % 23);
        const double north = 304000 + 45 * (i * 5 % 17);
        auto place = street("Street " + std::string(1, static_cast<char>('A' + i % 26)) + " Road" +
                                (i < 26 ? "" : " North"),
                            east, north);
        if (i % 2 == 0) {
            place.lines = {{degrees(east, north), degrees(east + 150, north + 20 * (i % 5))}};
        }
        places.push_back(place);
    }
    const auto streets = streets_of(places);
    std::vector<std::uint32_t> all(streets.size());
    std::iota(all.begin(), all.end(), 0U);
    int found = 0;
    for (int i = 0; i < 300; ++i) {
        const geo::BngPoint at{458950 + 3.0 * i, 303950 + 2.5 * (i * 37 % 300)};
        const auto nearest = streets.nearest(at);
        CHECK(nearest == streets.nearest_of(all, at, nearest_street_reach_m));
        found += nearest ? 1 : 0;
    }
    CHECK(found > 100);
}

TEST_CASE("police.uk's streets are found by name in the real gazetteer", "[streets][real]") {
    const auto* reference = tests::real_reference();
    if (!reference) {
        return;
    }
    const NamedStreets streets(std::make_shared<const Gazetteer>(*reference));
    CHECK(streets.size() > 8'000);
    CHECK(streets.size() < 11'726); // the file's rows: many streets have several
    std::vector<Record> records;
    for (std::size_t i = 0; i < reference->places.size(); i += 50) {
        const auto& place = reference->places[i];
        if (place.kind == PlaceKind::street) {
            records.push_back(
                {"On or near " + place.name, geo::to_bng(place.point).value(), 100, ""});
        }
    }
    const auto counts = count(streets, records);
    // Left are roads known by a number and streets whose name is a place's, too.
    CHECK(static_cast<double>(counts.by_name) > 0.98 * static_cast<double>(records.size()));
}
