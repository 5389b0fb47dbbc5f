// What can be wrong with a store when it is opened, and what GIS tools see of one.
#include "data/errors.hpp"
#include "tests/catch.hpp"
#include "tests/data/store/temporary_folder.hpp"

using namespace hotspots;
using namespace hotspots::data;
using namespace hotspots::tests;

namespace {

std::string ogrinfo(const std::string& arguments) {
    return output_of("/usr/bin/ogrinfo -ro " + arguments + " 2>&1");
}

// Through another program, as a person's hand would.
void change(const TemporaryFolder& folder, const std::string& sql) {
    output_of("/usr/bin/ogrinfo -q " + folder.store() + " -sql \"" + sql + "\" 2>&1");
}

} // namespace

TEST_CASE("Reading a store that is not there names its path and says what makes one") {
    const TemporaryFolder folder;
    REQUIRE_THROWS_WITH(reader(folder),
                        Catch::Contains(folder.store()) && Catch::Contains("import creates it"));
    REQUIRE(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("Writing creates the store and the folders above it, whole and with nothing beside it") {
    const TemporaryFolder folder;
    const auto path = folder.file("new/folder/store.gpkg");
    IncidentStore::open(path, Access::write);
    REQUIRE(IncidentStore::open(path, Access::read)->revision().number == 0);
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path() / "new/folder")) {
        INFO(entry.path());
        REQUIRE((entry.path().filename() == "store.gpkg" || entry.path().filename() == ".lock"));
        ++files;
    }
    REQUIRE(files == 2);
}

TEST_CASE("A store and its log are closed to a machine's other users") {
    const TemporaryFolder folder;
    const auto store = writer(folder);
    const auto transaction = store->begin();
    transaction->set_property("any", "thing");
    transaction->commit(true);
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        INFO(entry.path());
        const auto others = entry.status().permissions() & std::filesystem::perms::others_all;
        CHECK(others == std::filesystem::perms::none);
    }
}

TEST_CASE("What a killed creation left does not hinder the next") {
    const TemporaryFolder folder;
    folder.write(".new-store.gpkg", "half a store");
    folder.write(".new-store.gpkg-journal", "half a journal");
    REQUIRE_NOTHROW(writer(folder));
    REQUIRE(reader(folder)->revision().number == 0);
    REQUIRE_FALSE(std::filesystem::exists(folder.file(".new-store.gpkg")));
}

TEST_CASE("A file that is no store is refused with its path, and left as it is") {
    const TemporaryFolder folder;
    for (const std::string content : {"", "incident_id,occurred_from\n", "SQLite format 3"}) {
        folder.write("store.gpkg", content);
        REQUIRE_THROWS_WITH(reader(folder), Catch::Contains(folder.store()));
        REQUIRE_THROWS_AS(writer(folder), StoreError);
        REQUIRE(std::filesystem::file_size(folder.store()) == content.size());
    }
}

TEST_CASE("A folder in the store's place, and a folder that is a file, are refused") {
    const TemporaryFolder folder;
    std::filesystem::create_directory(folder.store());
    REQUIRE_THROWS_AS(reader(folder), StoreError);
    REQUIRE_THROWS_AS(writer(folder), StoreError);
    const auto file = folder.write("file", "text");
    REQUIRE_THROWS_AS(IncidentStore::open(file + "/store.gpkg", Access::write), StoreError);
    REQUIRE_THROWS_AS(IncidentStore::open(file + "/store.gpkg", Access::read), StoreError);
}

TEST_CASE("Another program's GeoPackage is refused as not a store") {
    const TemporaryFolder folder;
    const auto points = folder.write("points.geojson", R"({"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"a":1},"geometry":{"type":"Point","coordinates":[0,1]}}]})");
    output_of("/usr/bin/ogr2ogr -f GPKG " + folder.store() + " " + points + " 2>&1");
    REQUIRE_THROWS_WITH(reader(folder), Catch::Contains("not a store of llr-hotspots"));
}

TEST_CASE(
    "A store cut short, or overwritten in the middle, ends in an error, never in fewer rows") {
    const TemporaryFolder folder;
    {
        const auto store = writer(folder);
        const auto transaction = store->begin();
        for (int i = 0; i < 2000; ++i) {
            transaction->insert(full_incident(std::to_string(i)));
        }
        transaction->commit(true);
    }
    const auto size = std::filesystem::file_size(folder.store());
    const auto whole = folder.file("whole");
    std::filesystem::copy_file(folder.store(), whole);
    const auto read_all = [&] { return reader(folder)->incidents().size(); };
    REQUIRE(read_all() == 2000);
    SECTION("cut short") {
        std::filesystem::resize_file(folder.store(), size / 2);
        REQUIRE_THROWS_AS(read_all(), StoreError);
    }
    SECTION("overwritten") {
        std::fstream file(folder.store(), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(size / 2));
        file << std::string(size / 4, '\xA5');
        file.close();
        REQUIRE_THROWS_AS(read_all(), StoreError);
    }
}

TEST_CASE("A store of another schema version says which versions are meant") {
    const TemporaryFolder folder;
    writer(folder);
    change(folder, "UPDATE properties SET value = '77' WHERE name = 'schema_version'");
    REQUIRE_THROWS_WITH(reader(folder), Catch::Contains("schema version '77'") &&
                                            Catch::Contains("reads version 4"));
}

TEST_CASE("A word that no version writes is reported with table, row and column") {
    const TemporaryFolder folder;
    const auto store = writer(folder);
    const auto transaction = store->begin();
    transaction->insert(plain_incident("A"));
    transaction->commit(true);
    const auto sql = GENERATE("weapon = 'sword'", "occurred_from = 'May'", "candidates = '[{}]'",
                              "victim_age = 9000000000");
    change(folder, std::string("UPDATE incidents SET ") + sql);
    INFO(sql);
    const std::string column = std::string(sql).substr(0, std::string(sql).find(' '));
    REQUIRE_THROWS_WITH(reader(folder)->incidents(),
                        Catch::Contains("incidents") && Catch::Contains(column));
}

TEST_CASE("Stores of other kinds are refused by name, without their password") {
    REQUIRE_THROWS_WITH(IncidentStore::open("postgresql://me:secret@host/db", Access::read),
                        Catch::Contains("postgresql") && !Catch::Contains("secret"));
}

TEST_CASE("ogrinfo shows layers with sensible names, types and systems") {
    const TemporaryFolder folder;
    {
        const auto store = writer(folder);
        const auto transaction = store->begin();
        transaction->insert(full_incident("A"));
        transaction->insert(plain_incident("B"));
        transaction->commit(true);
    }
    const auto layers = ogrinfo(folder.store());
    for (const auto* line :
         {"incidents (Point)", "wards (Multi Polygon)", "places (Point)",
          "place_lines (Multi Line String)", "postcodes (Point)", "imports (None)",
          "rejects (None)", "ward_population (None)", "properties (None)"}) {
        REQUIRE_THAT(layers, Catch::Contains(line));
    }
    const auto incidents = ogrinfo("-al " + folder.store() + " incidents");
    for (const auto* line :
         {"Feature Count: 2", "ID[\"EPSG\",4326]", "FID Column = id",
          "occurred_from (String) = 2025-03-01T22:15:30Z", "occurred_from (String) = 2025-03\n",
          "occurred_begin (DateTime) = 2025/03/01 22:15:30+00", "time_precision (String) = month",
          "victim_age (Integer64) = 0", "offence_code (String) = 4.10", "weapon (String) = blunt",
          "POINT (-1.1339123456789 52.636123456789)"}) {
        REQUIRE_THAT(incidents, Catch::Contains(line));
    }
    // The one without a point has no geometry.
    REQUIRE(incidents.find("POINT (") == incidents.rfind("POINT ("));
}
