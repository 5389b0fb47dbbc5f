// Oracles: mercantile's documented example tile 10/486/332; pyproj 3.4 (PROJ 9.1), EPSG:4326 ->
// EPSG:3857, six decimals; tile numbers by the OpenStreetMap wiki's formula (Slippy map tilenames),
// computed apart in Python.
#include "tests/catch.hpp"
#include "tests/tiles/shapes.hpp"
#include "tiles/tile.hpp"

#include <random>

using namespace hotspots;
using namespace hotspots::tiles;
using hotspots::tests::between;

namespace {

struct Row {
    geo::LonLat point;
    double x_m, y_m;
    TileId at_14, at_22;
};

const Row rows[] = {
    {{-1.1317, 52.6361}, -125980.267731, 6915967.902536, {14, 8140, 5364}, {22, 2083966, 1373317}},
    {{0, 0}, 0, 0, {14, 8192, 8192}, {22, 2097152, 2097152}},
    {{-1.59, 52.39}, -176997.990361, 6870951.984871, {14, 8119, 5382}, {22, 2078627, 1378029}},
    {{-0.43, 52.98}, -47867.381041, 6979299.318205, {14, 8172, 5338}, {22, 2092142, 1366689}},
    {{12.5, -45.25}, 1391493.634916, -5660965.110252, {14, 8760, 10506}, {22, 2242787, 2689636}},
    {{179.9999, -85.05},
     20037497.210840,
     -20036051.919337,
     {14, 16383, 16383},
     {22, 4194302, 4194151}},
};

} // namespace

TEST_CASE("Web Mercator agrees with PROJ to a micrometre, both ways") {
    for (const auto& row : rows) {
        const auto mercator = to_mercator(row.point);
        CHECK(mercator.x_m == Approx(row.x_m).epsilon(0).margin(1e-6));
        CHECK(mercator.y_m == Approx(row.y_m).epsilon(0).margin(1e-6));
        const auto back = to_lon_lat(mercator);
        CHECK(back.lon_deg == Approx(row.point.lon_deg).epsilon(0).margin(1e-12));
        CHECK(back.lat_deg == Approx(row.point.lat_deg).epsilon(0).margin(1e-12));
    }
}

TEST_CASE("tile numbers agree with the published formula") {
    for (const auto& row : rows) {
        CHECK(tile_at(row.point, 0) == TileId{0, 0, 0});
        CHECK(tile_at(row.point, 14) == row.at_14);
        CHECK(tile_at(row.point, 22) == row.at_22);
    }
}

TEST_CASE("tile 10/486/332 has the bounds that mercantile documents") {
    const auto lon_lat = lon_lat_bounds({10, 486, 332});
    CHECK(lon_lat.min.lon_deg == Approx(-9.140625).epsilon(1e-14));
    CHECK(lon_lat.min.lat_deg == Approx(53.12040528310657).epsilon(1e-14));
    CHECK(lon_lat.max.lon_deg == Approx(-8.7890625).epsilon(1e-14));
    CHECK(lon_lat.max.lat_deg == Approx(53.33087298301705).epsilon(1e-14));
    const auto mercator = mercator_bounds({10, 486, 332});
    CHECK(mercator.min.x_m == Approx(-1017529.7205322663).epsilon(1e-14));
    CHECK(mercator.min.y_m == Approx(7005300.768279833).epsilon(1e-14));
    CHECK(mercator.max.x_m == Approx(-978393.962050256).epsilon(1e-14));
    CHECK(mercator.max.y_m == Approx(7044436.526761846).epsilon(1e-14));
}

TEST_CASE("a buffer widens a tile by its share of the extent on each side") {
    const auto plain = mercator_bounds({3, 5, 2});
    const auto wide = mercator_bounds({3, 5, 2}, tile_extent / 2);
    const double half_m = (plain.max.x_m - plain.min.x_m) / 2;
    CHECK(wide.min.x_m == Approx(plain.min.x_m - half_m));
    CHECK(wide.max.y_m == Approx(plain.max.y_m + half_m));
}

TEST_CASE("a tile outside the pyramid is none") {
    CHECK(make_tile(0, 0, 0) == TileId{0, 0, 0});
    CHECK(make_tile(22, (1 << 22) - 1, 0).has_value());
    CHECK_FALSE(make_tile(23, 0, 0).has_value());
    CHECK_FALSE(make_tile(-1, 0, 0).has_value());
    CHECK_FALSE(make_tile(3, 8, 0).has_value());
    CHECK_FALSE(make_tile(3, 0, 8).has_value());
    CHECK_FALSE(make_tile(3, -1, 0).has_value());
    CHECK_FALSE(make_tile(INT64_MAX, INT64_MAX, INT64_MIN).has_value());
}

TEST_CASE("points beyond the square map go to its edge tiles") {
    CHECK(tile_at({0, 90}, 4) == TileId{4, 8, 0});
    CHECK(tile_at({0, -90}, 4) == TileId{4, 8, 15});
    CHECK(tile_at({180, 0}, 4) == TileId{4, 15, 8});
    CHECK(tile_at({-200, 0}, 4) == TileId{4, 0, 8});
}

TEST_CASE(
    "a point lies in the bounds of its tile at every zoom, and its tile in that of its parent") {
    std::mt19937 random(1);
    for (int i = 0; i < 500; ++i) {
        const geo::LonLat point{between(-180, 180, random), between(-85, 85, random)};
        for (int zoom = 0; zoom <= max_zoom; ++zoom) {
            const auto tile = tile_at(point, zoom);
            REQUIRE(mercator_bounds(tile).contains(to_mercator(point)));
            if (zoom > 0) {
                const auto parent = tile_at(point, zoom - 1);
                REQUIRE(parent == TileId{zoom - 1, tile.x / 2, tile.y / 2});
            }
        }
    }
}
