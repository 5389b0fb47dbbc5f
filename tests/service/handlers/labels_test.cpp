#include "service/hotspot_labels.hpp"
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

using namespace hotspots;
using data::PlaceKind;
using tests::SnapshotBuilder;

namespace {

const std::vector<std::string> north{"North"};

} // namespace

TEST_CASE("A label is the nearest street and the ward", "[labels]") {
    SnapshotBuilder builder;
    builder.add_place("Far Street", PlaceKind::street, {457300, 305000});
    builder.add_place("Granby Street", PlaceKind::street, {457100, 305000});
    builder.add_place("Museum", PlaceKind::poi, {457010, 305000});
    const auto snapshot = builder.build();
    service::HotspotLabels labels(*snapshot);
    CHECK(labels.next({457000, 305000}, north) == "Granby Street, North");
}

TEST_CASE("Where no street is near, the nearest name of another kind stands", "[labels]") {
    SnapshotBuilder builder;
    builder.add_place("Long Lane", PlaceKind::street, {457800, 305000});
    builder.add_place("Market Overton", PlaceKind::place, {457500, 305000});
    const auto snapshot = builder.build();
    service::HotspotLabels labels(*snapshot);
    CHECK(labels.next({457000, 305000}, north) == "Market Overton, North");
    CHECK(labels.next({461900, 304100}, std::vector<std::string>{"Fosse", "Castle"}) == "Fosse");
    CHECK(labels.next({461900, 304200}, {}).empty());
}

TEST_CASE("Hotspots that share a street are told apart by a second one, then by number",
          "[labels]") {
    SnapshotBuilder builder;
    builder.add_place("Granby Street", PlaceKind::street, {457000, 305000});
    builder.add_place("Granby Street", PlaceKind::street, {457001, 305000});
    builder.add_place("Halford Street", PlaceKind::street, {457100, 305000});
    const auto snapshot = builder.build();
    service::HotspotLabels labels(*snapshot);
    const geo::BngPoint peak{457000, 305000};
    CHECK(labels.next(peak, north) == "Granby Street, North");
    CHECK(labels.next(peak, north) == "Granby Street / Halford Street, North");
    CHECK(labels.next(peak, north) == "Granby Street, North (2)");
    CHECK(labels.next(peak, north) == "Granby Street, North (3)");
    CHECK(labels.next(peak, std::vector<std::string>{"Castle"}) == "Granby Street, Castle");
}

TEST_CASE("Wards touched are those of the outline, most incidents first", "[labels]") {
    SnapshotBuilder builder;
    builder.add({{458100, 305000}}, 3).add({{457900, 305000}}, 1);
    const auto snapshot = builder.build();
    const service::HotspotLabels labels(*snapshot);
    const geo::MultiPolygon<geo::BngPoint> across{
        {{{457800, 304900}, {458200, 304900}, {458200, 305100}, {457800, 305100}, {457800, 304900}},
         {}}};
    CHECK(labels.wards_touched(across, std::vector<std::uint32_t>{0, 1, 2, 3}) ==
          std::vector<std::string>{"Castle", "North"});
    CHECK(labels.wards_touched(across, {}) == std::vector<std::string>{"Castle", "North"});
    // Along the shared boundary, without area in common.
    const geo::MultiPolygon<geo::BngPoint> beside{
        {{{458000, 304900}, {458200, 304900}, {458200, 305100}, {458000, 305100}, {458000, 304900}},
         {}}};
    CHECK(labels.wards_touched(beside, {}) == std::vector<std::string>{"Castle"});
}
