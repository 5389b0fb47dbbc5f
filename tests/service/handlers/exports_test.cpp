// Files for other programs, as bytes. What is in them is read back by GDAL in
// tests/integration/exports_test.py.
#include "service/density_tif.hpp"
#include "service/hotspot_files.hpp"
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <cmath>

using namespace hotspots;
using nlohmann::json;
using service::AnalysisParameters;
using tests::header_of;
using tests::Service;
using tests::SnapshotBuilder;
using tests::three_clusters;

namespace {

AnalysisParameters usual(const data::Snapshot& snapshot) {
    return service::read_analysis({}, snapshot, {});
}

service::HotspotCsv csv_of(const Service& service) {
    const auto snapshot = service.context.snapshot();
    return service::hotspots_csv(service.context, snapshot, usual(*snapshot));
}

std::string gpkg_of(const Service& service) {
    const auto snapshot = service.context.snapshot();
    return service::hotspots_geopackage(service.context, snapshot, usual(*snapshot));
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = text.find('\n', begin);
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

} // namespace

TEST_CASE("The density's file is a TIFF, the same for equal parameters", "[exports]") {
    const Service service(three_clusters().build());
    const auto tif = service.get("/density.tif?bandwidth=300.0&kernel=quartic");
    REQUIRE(tif.status == 200);
    CHECK(tif.content_type == "image/tiff; application=geotiff");
    CHECK(tif.body_view().substr(0, 4) == std::string("II*\0", 4));
    CHECK(tif.body_view().find("incidents/km2") != std::string::npos);
    CHECK(tif.body_view().find("OFFICIAL-SENSITIVE") != std::string::npos);
    CHECK(service.get("/density.tif").body_view() == tif.body_view());
    CHECK(Service(three_clusters().build()).get("/density.tif").body_view() == tif.body_view());
    CHECK(service.get("/density.tif?bandwidth=310").body_view() != tif.body_view());
    CHECK(service.context.densities->size() == 2);
    const auto etag = header_of(tif, "etag");
    CHECK(service.get("/density.tif", {{"if-none-match", etag}}).status == 304);
    CHECK_THAT(header_of(tif, "content-disposition"),
               Catch::Matches("attachment; filename=\"density-[0-9a-f]+\\.tif\""));
}

TEST_CASE("A density's file takes the density's parameters and needs wards", "[exports]") {
    const Service service(three_clusters().build());
    for (const std::string name : {"top", "shape", "levels", "bbox", "f"}) {
        CHECK(service.problem("/density.tif?" + name + "=1").at("parameter") == name);
    }
    CHECK(service.problem("/density.tif?bandwidth=1").at("parameter") == "bandwidth");
    Service(three_clusters().without_wards().build()).problem("/density.tif", 409);
    CHECK(Service(SnapshotBuilder().build()).get("/density.tif").status == 200);
}

TEST_CASE("The table of hotspots has a line a hotspot that says what it is", "[exports]") {
    const Service service(three_clusters().build());
    const auto page = service.json("/collections/hotspots/items");
    const auto files = csv_of(service);
    const auto lines = lines_of(files.csv);
    REQUIRE(lines.size() == 1 + page.at("features").size());
    REQUIRE(lines.size() > 1);
    CHECK(lines[0] == "id,rank,label,incidents,share,area_km2,peak_per_km2,easting,northing,"
                      "top_percent,wards,hit_rate,manifest,marking,demo");
    const auto id = page.at("features")[0].at("id").get<std::string>();
    CHECK_THAT(lines[1], Catch::StartsWith(id + ",1,\"Granby Street, North\",20,0.606061,"));
    CHECK_THAT(lines[1], Catch::EndsWith(page.at("manifest").at("id").get<std::string>() +
                                         ",OFFICIAL-SENSITIVE,false"));
    const auto manifest = json::parse(files.manifest);
    CHECK(manifest.at("manifest") == page.at("manifest"));
    CHECK(manifest.at("in_scope") == 33);
    CHECK(manifest.at("not_drawn") == page.at("not_drawn"));
    CHECK(manifest.at("timeStamp") == "2025-10-01T00:00:00Z");
}

TEST_CASE("Names that a spreadsheet would compute are written as text", "[exports]") {
    SnapshotBuilder builder;
    builder.add({tests::north_centre}, 20);
    builder.add_place("=HYPERLINK(\"http://x\")", data::PlaceKind::street, {457030, 305030});
    const auto lines = lines_of(csv_of(Service(builder.build())).csv);
    REQUIRE(lines.size() == 2);
    CHECK_THAT(lines[1], Catch::Contains(",\"'=HYPERLINK(\"\"http://x\"\"), North\","));
}

TEST_CASE("Without hotspots there is still a table, a GeoPackage and their manifest", "[exports]") {
    for (const int incidents : {0, 1, 2}) {
        SnapshotBuilder builder;
        builder.add({}, incidents);
        const Service service(builder.build());
        const auto files = csv_of(service);
        CHECK(lines_of(files.csv).size() == 1);
        CHECK(json::parse(files.manifest).at("manifest").at("revision") == 7);
        CHECK(gpkg_of(service).substr(0, 15) == "SQLite format 3");
    }
}

TEST_CASE("A GeoPackage is the same bytes each time, another for another revision", "[exports]") {
    const auto first = gpkg_of(Service(three_clusters().build()));
    CHECK(gpkg_of(Service(three_clusters().build())) == first);
    CHECK(gpkg_of(Service(three_clusters().revision(8).build())) != first);
    CHECK(first.find("2025-10-01T00:00:00.000Z") != std::string::npos);
}
