// Reference files as they are published. Counts of the real files are those of `wc -l` and of
// Python's json and csv modules.
#include "data/errors.hpp"
#include "data/reference/readers.hpp"
#include "geo/crs.hpp"
#include "geo/geos.hpp"
#include "tests/catch.hpp"
#include "tests/data/store/temporary_folder.hpp"
#include "tests/real_data.hpp"

#include <algorithm>
#include <cmath>

using namespace hotspots;
using namespace hotspots::data;
using namespace hotspots::tests;

namespace {

const std::string square = R"("geometry":{"type":"Polygon","coordinates":
    [[[-1.2,52.6],[-1.1,52.6],[-1.1,52.7],[-1.2,52.7],[-1.2,52.6]]]})";

std::string features(const std::string& list) {
    return R"({"type":"FeatureCollection","features":[)" + list + "]}";
}

std::string feature(const std::string& properties, const std::string& geometry = square) {
    return R"({"type":"Feature","properties":{)" + properties + "}," + geometry + "}";
}

} // namespace

TEST_CASE("The 176 wards of 2025 are read with their authorities, and cover LLR's area") {
    const auto path = real_data("wards-2025.geojson");
    if (!path) {
        return;
    }
    const auto wards = read_wards(*path);
    REQUIRE(wards.rows == 176);
    REQUIRE(wards.rejected == 0);
    REQUIRE(wards.entries.size() == 176);
    const auto abbey = std::find_if(wards.entries.begin(), wards.entries.end(),
                                    [](const Ward& ward) { return ward.code == "E05010458"; });
    REQUIRE(abbey != wards.entries.end());
    REQUIRE(abbey->name == "Abbey");
    REQUIRE(abbey->authority_code == "E06000016");
    REQUIRE(abbey->authority == "Leicester");
    REQUIRE_FALSE(abbey->indicative);
    double area_km2 = 0;
    for (const auto& ward : wards.entries) {
        area_km2 += geo::area_km2(geo::to_bng(ward.outline));
    }
    // Leicester 73, Leicestershire 2,083, Rutland 394 with Rutland Water (ONS standard area
    // measurements, extent of the realm), in whole km2; outlines generalised to 20 m.
    REQUIRE(std::abs(area_km2 - 2550) < 5);
}

TEST_CASE("Ward columns of any year are found, in any case; authorities may be missing") {
    const TemporaryFolder folder;
    const auto properties =
        GENERATE(R"("WD25CD":"E1","WD25NM":"One","LADCD":"L1","LADNM":"Auth")",
                 R"("WD23CD":"E1","WD23NM":"One","LAD23CD":"L1","LAD23NM":"Auth")",
                 R"("wd19nmw":"Un","wd19nm":"One","wd19cd":"E1")");
    const auto wards = read_wards(folder.write("wards.geojson", features(feature(properties))));
    REQUIRE(wards.entries.size() == 1);
    REQUIRE(wards.entries[0].code == "E1");
    REQUIRE(wards.entries[0].name == "One");
    REQUIRE((wards.entries[0].authority == "Auth" || wards.entries[0].authority.empty()));
    REQUIRE(wards.entries[0].outline.size() == 1);
    REQUIRE(wards.entries[0].outline[0].exterior.size() == 5);
}

TEST_CASE("Wards in other formats and systems come out where they are in degrees") {
    const TemporaryFolder folder;
    const auto source =
        folder.write("wards.geojson", features(feature(R"("WD24CD":"E1","WD24NM":"One")")));
    const std::string command = "/usr/bin/ogr2ogr ";
    const auto expected = read_wards(source).entries.at(0).outline[0].exterior;
    std::string file;
    SECTION("a shapefile in British National Grid") {
        file = folder.file("wards.shp");
        output_of(command + "-t_srs EPSG:27700 " + file + " " + source + " 2>&1");
    }
    SECTION("a GeoPackage in Web Mercator") {
        file = folder.file("wards.gpkg");
        output_of(command + "-t_srs EPSG:3857 " + file + " " + source + " 2>&1");
    }
    SECTION("GML in EPSG:4326, whose first axis is latitude") {
        file = folder.file("wards.gml");
        output_of(command + "-f GML -dsco FORMAT=GML3.2 " + file + " " + source + " 2>&1");
    }
    const auto wards = read_wards(file);
    REQUIRE(wards.entries.size() == 1);
    auto outline = wards.entries[0].outline[0].exterior;
    REQUIRE(outline.size() == expected.size());
    // Writers may turn a ring and start it anywhere: compared as sets of corners. GDAL and geo/crs
    // may use operations that differ by some metres.
    for (const auto& corner : expected) {
        REQUIRE(std::any_of(outline.begin(), outline.end(), [&](const geo::LonLat& point) {
            return std::abs(point.lon_deg - corner.lon_deg) < 5e-5 &&
                   std::abs(point.lat_deg - corner.lat_deg) < 5e-5;
        }));
    }
}

TEST_CASE("What is no ward is rejected with its number and the reason; the others are kept") {
    const TemporaryFolder folder;
    const auto one = feature(R"("WD25CD":"E1","WD25NM":"One")");
    const auto path = folder.write(
        "wards.geojson",
        features(
            one + "," + one + "," +
            feature(R"("WD25CD":"E2","WD25NM":"Two")",
                    R"("geometry":{"type":"Point","coordinates":[-1,52]})") +
            "," + feature(R"("WD25CD":"E3","WD25NM":"Three")", R"("geometry":null)") + "," +
            feature(R"("WD25CD":"","WD25NM":"Four")") + "," +
            feature(
                R"("WD25CD":"E5","WD25NM":"Five")",
                R"("geometry":{"type":"Polygon","coordinates":[[[100,0],[101,0],[101,1],[100,0]]]})")));
    const auto wards = read_wards(path);
    REQUIRE(wards.rows == 6);
    REQUIRE(wards.entries.size() == 1);
    REQUIRE(wards.rejected == 5);
    REQUIRE(wards.first_rejects[0].line == 2);
    REQUIRE_THAT(wards.first_rejects[0].reason, Catch::Contains("twice"));
    REQUIRE_THAT(wards.first_rejects[1].reason, Catch::Contains("POINT"));
    REQUIRE_THAT(wards.first_rejects[2].reason, Catch::Contains("no geometry"));
    REQUIRE_THAT(wards.first_rejects[3].reason, Catch::Contains("no code"));
    REQUIRE(wards.first_rejects[4].value == "E5");
}

TEST_CASE("An outline that crosses itself is made valid with the area it covers") {
    const TemporaryFolder folder;
    const auto wards = read_wards(folder.write(
        "wards.geojson", features(feature(R"("WD25CD":"E1","WD25NM":"One")",
                                          R"("geometry":{"type":"Polygon","coordinates":
                             [[[-1.2,52.6],[-1.1,52.7],[-1.1,52.6],[-1.2,52.7],[-1.2,52.6]]]})"))));
    REQUIRE(wards.entries.size() == 1);
    REQUIRE(geo::is_valid(wards.entries[0].outline));
    REQUIRE(wards.entries[0].outline.size() == 2);
}

TEST_CASE("Files that are no wards are refused with what they are and what would be right") {
    const TemporaryFolder folder;
    REQUIRE_THROWS_WITH(read_wards(folder.file("absent.geojson")), Catch::Contains("no such file"));
    REQUIRE_THROWS_WITH(read_wards(folder.write("a.geojson", "{\"type\":\"Feat")),
                        Catch::Contains("a.geojson") && Catch::Contains("GeoJSON"));
    REQUIRE_THROWS_AS(read_wards(folder.write("b.zip", "PK no zip")), InputError);
    REQUIRE_THROWS_WITH(
        read_wards(folder.write("c.geojson", features(feature(R"("LSOA21CD":"E01","name":"x")")))),
        Catch::Contains("WD..CD") && Catch::Contains("LSOA21CD, name"));
    REQUIRE_THROWS_WITH(read_wards(folder.write("e.csv", "WD25CD,WD25NM\nE1,One\n")),
                        Catch::Contains("e.csv") && Catch::Contains("table without outlines"));
    // No projection file: metres cannot be told from degrees by name.
    output_of("/usr/bin/ogr2ogr -t_srs EPSG:27700 " + folder.file("d.shp") + " " +
              folder.write("d.geojson", features(feature(R"("WD25CD":"E1","WD25NM":"One")"))) +
              " 2>&1");
    std::filesystem::remove(folder.file("d.prj"));
    REQUIRE_THROWS_WITH(read_wards(folder.file("d.shp")),
                        Catch::Contains("coordinate reference system"));
}

TEST_CASE("The 12,584 streets and points of interest are read with their wards") {
    const auto path = real_data("streets.csv");
    if (!path) {
        return;
    }
    const auto streets = read_places(*path, PlaceKind::street);
    REQUIRE(streets.rows == 12584);
    REQUIRE(streets.rejected == 0);
    REQUIRE(streets.entries.size() == 12584);
    const auto count = std::count_if(streets.entries.begin(), streets.entries.end(),
                                     [](const auto& e) { return e.kind == PlaceKind::street; });
    REQUIRE(count == 11726);
    const auto& first = streets.entries.front();
    REQUIRE(first.name == "Abbey Drive");
    REQUIRE(first.point == geo::LonLat{-1.134983, 52.660658});
    REQUIRE(first.ward_code == "E05010458");
    REQUIRE(first.ward == "Abbey");
    REQUIRE(first.authority == "Leicester");
}

TEST_CASE("Places in grid metres are read, and bad rows rejected with line, field and value") {
    const TemporaryFolder folder;
    const auto places =
        read_places(folder.write("places.csv", "name,easting,northing,kind,radius_m,category\n"
                                               "Clock Tower,458750,304550,poi,20,landmark\n"
                                               "\"Oadby, Village\",462500,300200,,,\n"
                                               ",458750,304550,poi,,\n"
                                               "Nowhere,0,0,place,,\n"
                                               "Pub,458750,304550,pub,,\n"
                                               "Short,458750\n"
                                               "Text,east,304550,poi,,\n"),
                    PlaceKind::place);
    REQUIRE(places.rows == 7);
    REQUIRE(places.entries.size() == 2);
    REQUIRE(places.entries[0].kind == PlaceKind::poi);
    REQUIRE(places.entries[0].radius_m == 20);
    REQUIRE(places.entries[0].category == "landmark");
    REQUIRE(places.entries[1].name == "Oadby, Village");
    REQUIRE(places.entries[1].kind == PlaceKind::place);
    const auto bng = geo::to_bng(places.entries[0].point).value();
    REQUIRE(std::abs(bng.easting_m - 458750) < 0.01);
    REQUIRE(std::abs(bng.northing_m - 304550) < 0.01);
    REQUIRE(places.rejected == 5);
    REQUIRE(places.first_rejects[0].line == 4);
    REQUIRE(places.first_rejects[0].field == "name");
    REQUIRE(places.first_rejects[1].field == "easting");
    REQUIRE(places.first_rejects[2].value == "pub");
    REQUIRE_THAT(places.first_rejects[3].reason, Catch::Contains("2 fields"));
    REQUIRE(places.first_rejects[4].value == "east");
}

TEST_CASE("Postcodes of the real lookup: all have a point, and the normal form") {
    const auto path = real_data("postcodes-nspl.csv");
    if (!path) {
        return;
    }
    const auto postcodes = read_postcodes(*path);
    REQUIRE(postcodes.rows == 37100);
    REQUIRE(postcodes.rejected == 0);
    REQUIRE(postcodes.entries[2].code == "CV10 0RY");
    REQUIRE(postcodes.entries[2].point.lat_deg == 52.55934);
    REQUIRE(postcodes.entries[0].ward_code == "E05010090");
}

TEST_CASE("Code-Point Open has no header: its first row is a postcode, in grid metres") {
    const auto path = real_data("codepoint-open-le.csv");
    if (!path) {
        return;
    }
    const auto postcodes = read_postcodes(*path);
    REQUIRE(postcodes.rows == 21621);
    REQUIRE(postcodes.entries.front().code == "LE1 1AA");
    REQUIRE(postcodes.entries.front().ward_code == "E05001789");
    const auto bng = geo::to_bng(postcodes.entries.front().point).value();
    REQUIRE(std::abs(bng.easting_m - 459327) < 0.01);
    REQUIRE(std::abs(bng.northing_m - 304196) < 0.01);
    REQUIRE(static_cast<std::int64_t>(postcodes.entries.size()) + postcodes.rejected == 21621);
}

TEST_CASE("The full postcode lookup's names are known, and its rows without a point rejected") {
    const TemporaryFolder folder;
    const auto postcodes = read_postcodes(folder.write(
        "nspl.csv",
        "pcd,pcd2,pcds,dointr,doterm,oseast1m,osnrth1m,laua,ward,lat,long\n"
        "LE1 5YA,LE1  5YA,LE1 5YA,198001,,458900,304600,E06000016,E05010463,52.6357,-1.1317\n"
        "LE1 5YA,LE1  5YA,LE1 5YA,198001,,458900,304600,E06000016,E05010463,52.6357,-1.1317\n"
        "LE999ZZ,LE99 9ZZ,LE99 9ZZ,198001,,,,E06000016,E05010463,99.999999,0.000000\n"
        "nothing,,nothing,,,,,,,52.6,-1.1\n"));
    REQUIRE(postcodes.entries.size() == 1);
    REQUIRE(postcodes.entries[0].code == "LE1 5YA");
    REQUIRE(postcodes.entries[0].point == geo::LonLat{-1.1317, 52.6357});
    REQUIRE(postcodes.entries[0].ward_code == "E05010463");
    REQUIRE(postcodes.rejected == 3);
    REQUIRE_THAT(postcodes.first_rejects[0].reason, Catch::Contains("twice"));
    REQUIRE(postcodes.first_rejects[1].value == "99.999999");
    REQUIRE(postcodes.first_rejects[2].field == "pcds");
}

TEST_CASE("Residents come from the first estimate, and the result says which that was") {
    const auto path = real_data("ward-population.csv");
    if (!path) {
        return;
    }
    const auto population = read_population(*path);
    REQUIRE(population.entries.size() == 176);
    REQUIRE(population.rejected == 0);
    REQUIRE(population.entries.front().ward_code == "E05010458");
    REQUIRE(population.entries.front().residents == 22038);
    REQUIRE_THAT(population.note, Catch::Contains("pop_census2021_postcode_weighted_est"));
}

TEST_CASE("Tables without the needed columns are refused with the columns found") {
    const TemporaryFolder folder;
    const auto path = folder.write("a.csv", "alpha,beta\n1,2\n");
    REQUIRE_THROWS_WITH(read_places(path, PlaceKind::street),
                        Catch::Contains("a.csv") && Catch::Contains("alpha, beta"));
    REQUIRE_THROWS_WITH(read_postcodes(path), Catch::Contains("alpha, beta"));
    REQUIRE_THROWS_WITH(read_population(path), Catch::Contains("alpha, beta"));
    REQUIRE_THROWS_WITH(read_places(folder.write("b.csv", "name,lon\nx,1\n"), PlaceKind::street),
                        Catch::Contains("lat"));
    REQUIRE_THROWS_AS(read_population(folder.write("c.csv", "")), InputError);
    REQUIRE_THROWS_AS(read_population(folder.write("d.csv", "WD25CD,pop\nE1,\xff\n")), InputError);
    REQUIRE(read_population(folder.write("e.csv", "ward_code,residents\nE1,-5\nE2,x\nE3,7\n"))
                .rejected == 2);
}
