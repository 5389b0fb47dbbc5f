#include "data/geocode/gazetteer.hpp"
#include "data/geocode/named_area.hpp"
#include "data/geocode/postcode_areas.hpp"
#include "tests/catch.hpp"
#include "tests/data/quality/city.hpp"

#include <string>

using namespace hotspots;
using namespace hotspots::data;
using namespace hotspots::tests;

namespace {

std::shared_ptr<const Snapshot> town() {
    City city;
    city.add_place("Castle Street", PlaceKind::street, {456500, 304500});
    city.add_place("Mill Lane", PlaceKind::street, {461000, 305000});
    city.add_place("Overton", PlaceKind::place, {461500, 304500}, "village");
    return city.build();
}

std::string named(const std::string& text) {
    static const auto snapshot = town();
    const auto area = named_area(*snapshot->gazetteer, text);
    return area.authority_code + '|' + area.label;
}

} // namespace

TEST_CASE("The authority and the narrowest area that a text names are found", "[quality]") {
    CHECK(named("o/s 14 Mill Lane, Castle") == "E1|Castle");
    CHECK(named("Nowhere Known Rd, Fosse") == "E2|Fosse");
    CHECK(named("Castle, Alpha") == "E1|Castle");
    CHECK(named("somewhere in Beta") == "E2|Beta");
    CHECK(named("Overton") == "E2|Overton");
}

TEST_CASE("A street's name is no area, known or not, and a county narrows nothing down",
          "[quality]") {
    CHECK(named("Castle Street") == "|");
    CHECK(named("Fosse Road") == "|");
    CHECK(named("Fosse Park Avenue") == "|");
    CHECK(named("Leicestershire") == "|");
    CHECK(named("") == "|");
    CHECK(named("Castle Street, Fosse") == "E2|Fosse");
}

TEST_CASE("Areas of two authorities name neither", "[quality]") {
    CHECK(named("Castle, Fosse").substr(0, 1) == "|");
    CHECK(named("Castle, Beta").substr(0, 1) == "|");
}

TEST_CASE("Any bytes name an area or none in bounded time", "[quality]") {
    CHECK(named(std::string(1'000'000, 'a')) == "|");
    CHECK(named("\xFF\xFE\x00 Castle\xC3") == named("\xFF\xFE"));
}

TEST_CASE("The mean of a sector's postcodes counts each once, and three at least", "[quality]") {
    City city;
    city.add_postcode("LE1 1AA", {458000, 304000}).add_postcode("LE1 1AB", {458300, 304600});
    city.add_postcode("LE1 1AD", {458600, 304000}).add_postcode("LE2 2AA", {459000, 304000});
    const auto snapshot = city.build();
    const auto areas = postcode_areas(*snapshot->gazetteer);
    REQUIRE(areas.size() == 2); // LE1 and LE1 1; LE2 has one postcode
    CHECK(areas[0].code == "LE1");
    CHECK(areas[1].code == "LE1 1");
    CHECK(areas[1].postcodes == 3);
    CHECK(areas[1].mean.easting_m == Approx(458300).margin(0.01));
    CHECK(areas[1].mean.northing_m == Approx(304200).margin(0.01));
}
