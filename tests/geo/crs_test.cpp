#include "geo/crs.hpp"
#include "tests/catch.hpp"

#include <cmath>
#include <cstdlib>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

using namespace hotspots::geo;

namespace {

struct Place {
    const char* name;
    LonLat wgs84;
    BngPoint helmert;    // of wgs84, by pyproj
    LonLat helmert_back; // of `helmert`, by pyproj: heights are dropped, so 1 mm from wgs84
    BngPoint ostn15;     // by Geo::Coordinates::OSGB
};

// `helmert`, `helmert_back` by pyproj 3.4.1 (Debian 12), rounded to 0.1 mm:
//   t = pyproj.Transformer.from_crs("OGC:CRS84", "EPSG:27700", always_xy=True,
//   allow_ballpark=False) t.transform(lon, lat); t.transform(easting, northing,
//   direction="INVERSE")
// which runs 'Inverse of OSGB36 to WGS 84 (6) + British National Grid', EPSG:1314.
// `ostn15` by the OSTN15 table of Debian's libgeo-coordinates-osgb-perl 2.20:
//   perl -MGeo::Coordinates::OSGB=ll_to_grid -e 'printf "%.3f %.3f\n", ll_to_grid(@ARGV)' LAT LON
const Place places[] = {
    {"Leicester Clock Tower",
     {-1.13310, 52.63650},
     {458763.6430, 304658.2878},
     {-1.1330999881, 52.6364999965},
     {458763.161, 304656.253}},
    {"Loughborough",
     {-1.20620, 52.77210},
     {453650.5648, 319685.0103},
     {-1.2061999873, 52.7720999961},
     {453650.151, 319682.784}},
    {"Melton Mowbray",
     {-0.88690, 52.76590},
     {475202.0673, 319280.7159},
     {-0.8868999867, 52.7658999961},
     {475201.634, 319278.462}},
    {"Hinckley",
     {-1.37250, 52.54140},
     {442654.6874, 293911.9133},
     {-1.3724999873, 52.5413999959},
     {442654.023, 293909.950}},
    {"Market Harborough",
     {-0.92040, 52.47760},
     {473421.8739, 287177.8873},
     {-0.9203999875, 52.4775999958},
     {473421.041, 287175.994}},
    {"Oakham",
     {-0.73180, 52.67030},
     {485854.0711, 308820.0137},
     {-0.7317999869, 52.6702999966},
     {485853.406, 308817.871}},
    {"Coalville",
     {-1.36970, 52.72390},
     {442667.1636, 314214.2012},
     {-1.3696999870, 52.7238999960},
     {442666.568, 314212.184}},
    {"Lutterworth",
     {-1.20090, 52.45630},
     {454397.2945, 284560.9740},
     {-1.2008999879, 52.4562999962},
     {454396.523, 284559.023}},
    {"Castle Donington",
     {-1.33720, 52.84240},
     {444740.7761, 327415.7214},
     {-1.3371999867, 52.8423999969},
     {444740.349, 327413.632}},
    {"Uppingham",
     {-0.72240, 52.58840},
     {486651.1088, 299721.4388},
     {-0.7223999870, 52.5883999958},
     {486650.316, 299719.420}},
    {"Ketton",
     {-0.55280, 52.62770},
     {498052.7386, 304309.7106},
     {-0.5527999870, 52.6276999967},
     {498052.001, 304307.696}},
    {"Greenwich",
     {-0.00150, 51.47790},
     {538882.8544, 177331.4261},
     {-0.0014999872, 51.4778999954},
     {538881.067, 177331.344}},
    {"Land's End",
     {-5.71480, 50.06570},
     {134255.1360, 25010.7487},
     {-5.7147999921, 50.0656999942},
     {134259.343, 25011.503}},
    {"Lerwick",
     {-1.14940, 60.15450},
     {447323.8681, 1141416.7572},
     {-1.1493999843, 60.1545000030},
     {447324.270, 1141415.688}},
    {"Lowestoft",
     {1.76270, 52.48110},
     {655590.3512, 293676.7740},
     {1.7627000141, 52.4810999960},
     {655588.781, 293673.831}},
    {"Cardiff",
     {-3.17910, 51.48160},
     {318217.9943, 176508.9202},
     {-3.1790999892, 51.4815999954},
     {318218.599, 176508.850}},
    {"Stornoway",
     {-6.38490, 58.20900},
     {142527.7199, 932852.7642},
     {-6.3848999893, 58.2090000020},
     {142528.259, 932856.151}},
};

double apart_m(const BngPoint& a, const BngPoint& b) {
    return std::hypot(a.easting_m - b.easting_m, a.northing_m - b.northing_m);
}

} // namespace

TEST_CASE("An operation is in use, named and with its accuracy, and it is never ballpark") {
    const auto& operation = crs_operation();
    if (operation.grid_used) {
        CHECK(operation == CrsOperation{"OSTN15", 1, true});
    } else {
        CHECK(operation == CrsOperation{"Helmert (EPSG:1314)", 5, false});
    }
}

TEST_CASE("British National Grid agrees with pyproj's same operation to a millimetre") {
    for (const auto& place : places) {
        INFO(place.name);
        const auto found = to_bng(place.wgs84);
        REQUIRE(found);
        if (crs_operation().grid_used) {
            CHECK(apart_m(*found, place.ostn15) <= 0.05); // another interpolation of the same table
        } else {
            CHECK(apart_m(*found, place.helmert) <= 0.001);
        }
    }
}

TEST_CASE("British National Grid agrees with OSTN15 within the operation's stated accuracy") {
    for (const auto& place : places) {
        INFO(place.name);
        const auto found = to_bng(place.wgs84);
        REQUIRE(found);
        CHECK(apart_m(*found, place.ostn15) <= crs_operation().accuracy_m);
    }
}

TEST_CASE("There and back is the same place to two millimetres, both ways") {
    for (const auto& place : places) {
        INFO(place.name);
        const auto there = to_bng(place.wgs84);
        REQUIRE(there);
        const auto back = to_lon_lat(*there);
        REQUIRE(back);
        CHECK(std::abs(back->lon_deg - place.wgs84.lon_deg) <= 2e-8);
        CHECK(std::abs(back->lat_deg - place.wgs84.lat_deg) <= 2e-8);
        const auto from_grid = to_lon_lat(place.helmert);
        REQUIRE(from_grid);
        const auto again = to_bng(*from_grid);
        REQUIRE(again);
        CHECK(apart_m(*again, place.helmert) <= 0.002);
    }
}

TEST_CASE("Longitude and latitude agree with pyproj's same operation") {
    if (crs_operation().grid_used) {
        return; // the places' figures are Helmert's
    }
    for (const auto& place : places) {
        INFO(place.name);
        const auto found = to_lon_lat(place.helmert);
        REQUIRE(found);
        CHECK(std::abs(found->lon_deg - place.helmert_back.lon_deg) <= 1e-9);
        CHECK(std::abs(found->lat_deg - place.helmert_back.lat_deg) <= 1e-9);
    }
}

TEST_CASE("Places without British National Grid coordinates have none") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinity = std::numeric_limits<double>::infinity();
    for (const LonLat& point : std::vector<LonLat>{{2.35, 48.86},  // Paris
                                                   {-74, 40.7},    // New York
                                                   {52.63, -1.13}, // Leicester, swapped
                                                   {0, 0},
                                                   {-8.9, 49.1}, // west of the grid's origin
                                                   {-1.13, 91},
                                                   {458'763, 304'656},
                                                   {nan, 52},
                                                   {-1, nan},
                                                   {infinity, 52},
                                                   {-1, -infinity}}) {
        INFO(point.lon_deg << " " << point.lat_deg);
        CHECK_FALSE(to_bng(point));
    }
    for (const BngPoint& point : std::vector<BngPoint>{{-1, 300'000},
                                                       {700'001, 300'000},
                                                       {450'000, -1},
                                                       {450'000, 1'300'001},
                                                       {nan, 300'000},
                                                       {450'000, infinity}}) {
        INFO(point.easting_m << " " << point.northing_m);
        CHECK_FALSE(to_lon_lat(point));
    }
}

TEST_CASE("A place that failed does not spoil the next") {
    CHECK_FALSE(to_bng({170, 80}));
    CHECK(to_bng(places[0].wgs84));
}

TEST_CASE("Polygons are transformed vertex by vertex, holes too") {
    const MultiPolygon<LonLat> polygons{
        {{{-1.2, 52.6}, {-1.1, 52.6}, {-1.1, 52.7}, {-1.2, 52.6}},
         {{{-1.12, 52.61}, {-1.11, 52.61}, {-1.11, 52.62}, {-1.12, 52.61}}}}};
    const auto there = to_bng(polygons);
    REQUIRE(there.size() == 1);
    REQUIRE(there[0].exterior.size() == 4);
    REQUIRE(there[0].holes.size() == 1);
    CHECK(there[0].exterior[2] == *to_bng(LonLat{-1.1, 52.7}));
    CHECK(there[0].holes[0][1] == *to_bng(LonLat{-1.11, 52.61}));
    const auto back = to_lon_lat(there);
    CHECK(back[0].holes[0][2].lon_deg == Approx(-1.11).margin(1e-8));
}

TEST_CASE("A polygon that leaves the grid is refused by its vertex") {
    const MultiPolygon<LonLat> far{{{{-1.2, 52.6}, {12.5, 41.9}, {-1.1, 52.7}, {-1.2, 52.6}}, {}}};
    CHECK_THROWS_AS(to_bng(far), std::domain_error);
    CHECK_THROWS_WITH(to_bng(far), Catch::Contains("longitude 12.5, latitude 41.9"));
}
