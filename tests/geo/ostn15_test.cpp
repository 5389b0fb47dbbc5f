// With a grid of OSTN15 in PROJ's folder, which the build makes for LLR (ostn15_grid.pl), the grid
// is used. Nothing else is in that folder: neither operation needs PROJ's database.
#include "geo/crs.hpp"
#include "tests/catch.hpp"

#include <cmath>
#include <cstdlib>

using namespace hotspots::geo;

namespace {

// Before the first question: the operation is chosen once a process.
const int folder_set = setenv("PROJ_DATA", HOTSPOTS_OSTN15_FOLDER, 1);

} // namespace

TEST_CASE("Where the OSTN15 grid is installed, it is used and said to be") {
    REQUIRE(folder_set == 0);
    CHECK(crs_operation() == CrsOperation{"OSTN15", 1, true});
}

TEST_CASE("Coordinates by the OSTN15 grid agree with the Ordnance Survey's table") {
    // perl -MGeo::Coordinates::OSGB=ll_to_grid -e 'printf "%.3f %.3f\n", ll_to_grid(@ARGV)' LAT LON
    const struct {
        LonLat wgs84;
        BngPoint ostn15;
    } places[] = {
        {{-1.13310, 52.63650}, {458763.161, 304656.253}}, // Leicester Clock Tower
        {{-1.20620, 52.77210}, {453650.151, 319682.784}}, // Loughborough
        {{-1.37250, 52.54140}, {442654.023, 293909.950}}, // Hinckley
        {{-0.73180, 52.67030}, {485853.406, 308817.871}}, // Oakham
        {{-0.92040, 52.47760}, {473421.041, 287175.994}}, // Market Harborough
    };
    for (const auto& place : places) {
        INFO(place.wgs84.lon_deg << " " << place.wgs84.lat_deg);
        const auto found = to_bng(place.wgs84);
        REQUIRE(found);
        // The test's grid has nodes 2.8 km apart, the table 1 km.
        CHECK(std::hypot(found->easting_m - place.ostn15.easting_m,
                         found->northing_m - place.ostn15.northing_m) <= 0.1);
        const auto back = to_lon_lat(*found);
        REQUIRE(back);
        CHECK(std::abs(back->lon_deg - place.wgs84.lon_deg) <= 1e-8);
        CHECK(std::abs(back->lat_deg - place.wgs84.lat_deg) <= 1e-8);
    }
}

TEST_CASE("Beyond the grid there are no coordinates, rather than worse ones") {
    CHECK_FALSE(to_bng({-5.7, 50.1}));
    CHECK_FALSE(to_lon_lat({538'000, 177'000}));
}
