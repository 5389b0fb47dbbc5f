// Everything in the store besides incidents, written and read back.
#include "tests/catch.hpp"
#include "tests/data/store/temporary_folder.hpp"

using namespace hotspots;
using namespace hotspots::data;
using namespace hotspots::tests;

namespace {

std::vector<geo::LonLat> ring(double lon, double lat, double size) {
    return {{lon, lat}, {lon + size, lat}, {lon + size, lat + size}, {lon, lat + size}, {lon, lat}};
}

} // namespace

TEST_CASE("Reference data comes back as it went in, lines and holes included") {
    const TemporaryFolder folder;
    const auto store = writer(folder);
    Ward ward{"E05000002", "Bède's", "E06000016", "Leicester", {}, true};
    ward.outline = {{ring(-1.2, 52.6, 0.1), {ring(-1.18, 52.62, 0.01), ring(-1.15, 52.62, 0.02)}},
                    {ring(-1.0, 52.6, 0.01), {}}};
    NamedPlace street{"Zouch Rd",
                      PlaceKind::street,
                      "",
                      {-1.1, 52.6},
                      {{{-1.1, 52.6}, {-1.11, 52.61}}, {{-1.2, 52.6}, {-1.21, 52.6}, {-1.2, 52.7}}},
                      "E05000002",
                      "Bède's",
                      "Leicester",
                      12.5};
    const NamedPlace pub{"The Swan", PlaceKind::poi, "pub", {-1.3, 52.7}, {}, "", "", "", {}};
    const auto transaction = store->begin();
    transaction->replace_wards(
        {ward, {"E05000001", "A", "", "", {{ring(-1, 52, 0.1), {}}}, false}});
    transaction->replace_places("streets", {street, pub});
    transaction->replace_postcodes(
        {{"LE1 5YA", {-1.13, 52.63}, "E05000002"}, {"LE1 1AA", {-1, 52}, ""}});
    transaction->replace_population({{"E05000002", 22038}});
    transaction->commit(true);

    const auto read = reader(folder)->reference();
    REQUIRE(read.wards.size() == 2);
    REQUIRE(read.wards[0].code == "E05000001"); // by code
    REQUIRE(read.wards[1].name == ward.name);
    REQUIRE(read.wards[1].authority_code == ward.authority_code);
    REQUIRE(read.wards[1].authority == ward.authority);
    REQUIRE(read.wards[1].indicative);
    REQUIRE(read.wards[1].outline == ward.outline);
    REQUIRE(read.places.size() == 2);
    REQUIRE(read.places[0].name == street.name);
    REQUIRE(read.places[0].point == street.point);
    REQUIRE(read.places[0].lines == street.lines);
    REQUIRE(read.places[0].ward_code == street.ward_code);
    REQUIRE(read.places[0].ward == street.ward);
    REQUIRE(read.places[0].authority == street.authority);
    REQUIRE(read.places[0].radius_m == street.radius_m);
    REQUIRE(read.places[1].kind == PlaceKind::poi);
    REQUIRE(read.places[1].category == "pub");
    REQUIRE(read.places[1].lines.empty());
    REQUIRE_FALSE(read.places[1].radius_m);
    REQUIRE(read.postcodes.size() == 2);
    REQUIRE(read.postcodes[1].code == "LE1 5YA");
    REQUIRE(read.postcodes[1].point == geo::LonLat{-1.13, 52.63});
    REQUIRE(read.postcodes[1].ward_code == "E05000002");
    REQUIRE(read.population.size() == 1);
    REQUIRE(read.population[0].residents == 22038);
}

TEST_CASE("Loading a dataset of places again replaces that dataset alone, with its lines") {
    const TemporaryFolder folder;
    const auto store = writer(folder);
    const NamedPlace lined{"A", PlaceKind::street, "", {-1, 52}, {{{-1, 52}, {-1, 53}}}, "", "", "",
                           {}};
    const NamedPlace bare{"B", PlaceKind::place, "", {-1, 52}, {}, "", "", "", {}};
    const auto transaction = store->begin();
    transaction->replace_places("osm", {lined, lined});
    transaction->replace_places("o'names", {bare});
    transaction->replace_places("osm", {lined});
    transaction->replace_places("o'names", {bare, bare});
    transaction->commit(true);
    const auto places = store->reference().places;
    REQUIRE(places.size() == 3);
    REQUIRE(places[0].lines == lined.lines);
}

TEST_CASE("Imports, their rejects and properties come back as they went in") {
    const TemporaryFolder folder;
    const auto store = writer(folder);
    ImportEntry entry;
    entry.started = moment("2025-03-01T22:15:59Z").begin;
    entry.files = "a.csv\nb.csv";
    auto transaction = store->begin();
    entry.id = transaction->add_import(entry);
    entry.format = "vrn";
    entry.counts = {10, 4, 3, 2, 1};
    entry.crs_operation = "OSTN15";
    entry.report = R"({"status":{}})";
    transaction->finish_import(entry);
    const Reject reject{"a.csv", 3, "occurred_from", "31/02/2025", "no such day"};
    transaction->add_reject(entry.id, reject);
    transaction->add_reject(entry.id + 1, {"b.csv", 1, "", "", "too short"});
    transaction->set_property("demo", "yes");
    transaction->set_property("demo", "it's");
    transaction->commit(true);

    const auto read = store->imports();
    REQUIRE(read.size() == 1);
    REQUIRE(read[0].id == entry.id);
    REQUIRE(read[0].started == entry.started);
    REQUIRE(read[0].files == entry.files);
    REQUIRE(read[0].format == entry.format);
    REQUIRE(read[0].counts == entry.counts);
    REQUIRE(read[0].crs_operation == entry.crs_operation);
    REQUIRE(read[0].report == entry.report);
    REQUIRE(store->rejects(entry.id) == std::vector<Reject>{reject});
    REQUIRE(store->rejects(77).empty());
    REQUIRE(store->property("demo") == "it's");
    REQUIRE_FALSE(store->property("absent"));
}
