// OGC API - Features Part 2: crs, bbox-crs, Content-Crs, storageCrs. Oracle for places: pyproj 3.4
// (PROJ 9.1): Transformer.from_crs("OGC:CRS84", "EPSG:3857"), and EPSG:1314 with EPSG:27700.
#include "geo/crs.hpp"
#include "service/coordinate_systems.hpp"
#include "service/parameters.hpp"
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <array>

using namespace hotspots;
using nlohmann::json;
using tests::header_of;
using tests::Service;
using tests::SnapshotBuilder;
using tests::three_clusters;

namespace {

const std::string epsg = "http://www.opengis.net/def/crs/EPSG/0/";
const std::string crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

int found(const Service& service, const std::string& collection, const std::string& query) {
    return service.json("/collections/" + collection + "/items?" + query)
        .at("numberMatched")
        .get<int>();
}

std::array<double, 2> first_point(const Service& service, const std::string& query) {
    const auto page = service.json("/collections/incidents/items?limit=1&" + query);
    const auto& at = page.at("features").at(0).at("geometry").at("coordinates");
    return {at.at(0).get<double>(), at.at(1).get<double>()};
}

} // namespace

TEST_CASE("Places are in each system where PROJ has them, in the axis order of its definition",
          "[crs]") {
    struct Place {
        geo::LonLat degrees;
        std::array<double, 2> mercator;
        std::array<double, 2> national; // by EPSG:1314
    };
    const auto place =
        GENERATE(Place{{-1.13, 52.64}, {-125791.025, 6916683.314}, {458968.731, 305050.136}},
                 Place{{-1.7, 52.4}, {-189243.134, 6872776.254}, {420508.665, 278040.705}},
                 Place{{-0.43, 52.98}, {-47867.381, 6979299.318}, {505508.695, 343670.013}});
    const auto at = [&](service::filter::Crs crs) {
        return *service::as_served(place.degrees, crs);
    };
    using service::filter::Crs;
    const auto mercator = service::position_style(Crs::epsg_3857).place(place.degrees);
    CHECK(mercator[0] == Approx(place.mercator[0]).margin(0.001));
    CHECK(mercator[1] == Approx(place.mercator[1]).margin(0.001));
    // OSTN15, where it is installed, is up to 2.5 m from EPSG:1314 in LLR.
    const double margin_m = geo::crs_operation().grid_used ? 3 : 0.002;
    const auto national = service::position_style(Crs::epsg_27700).place(place.degrees);
    CHECK(national[0] == Approx(place.national[0]).margin(margin_m));
    CHECK(national[1] == Approx(place.national[1]).margin(margin_m));
    const auto turned = service::position_style(Crs::epsg_4326).place(place.degrees);
    CHECK(turned == std::array{place.degrees.lat_deg, place.degrees.lon_deg});
    CHECK_FALSE(service::position_style(Crs::crs84).place);
    CHECK(at(Crs::epsg_4326).x == Approx(place.degrees.lon_deg).margin(1e-12));
    CHECK(at(Crs::epsg_27700).x == Approx(national[0]).margin(0.006));
    CHECK(at(Crs::epsg_3857).y == Approx(mercator[1]).margin(0.006));
}

TEST_CASE("Items come in the system that crs names, and Content-Crs says which", "[crs]") {
    const Service service(three_clusters().build());
    const auto degrees = first_point(service, "");
    CHECK(first_point(service, "crs=" + crs84) == degrees);
    CHECK(first_point(service, "crs=" + epsg + "4326") == std::array{degrees[1], degrees[0]});
    const auto metres = first_point(service, "crs=" + epsg + "27700");
    CHECK(metres[0] == Approx(457025).margin(1e-9));
    CHECK(metres[1] == Approx(305025).margin(1e-9));
    for (const auto uri : service::crs_uris()) {
        const std::string query = "?crs=" + std::string(uri);
        CAPTURE(uri);
        for (const std::string path :
             {"/collections/incidents/items", "/collections/incidents/items/1",
              "/collections/wards/items/E05000001"}) {
            const auto response = service.get(path + query);
            CHECK(response.status == 200);
            CHECK(header_of(response, "content-crs") == '<' + std::string(uri) + '>');
            const auto again =
                service.get(path + query, {{"if-none-match", header_of(response, "etag")}});
            CHECK(again.status == 304);
        }
    }
    CHECK(header_of(service.get("/collections/wards/items"), "content-crs") == '<' + crs84 + '>');
    const auto problem = service.problem("/collections/wards/items?crs=EPSG:27700");
    CHECK(problem.at("parameter") == "crs");
    CHECK_THAT(problem.at("detail").get<std::string>(), Catch::Contains(epsg + "27700"));
    CHECK(service.problem("/collections/wards/items?bbox-crs=x&bbox=0,0,1,1").at("parameter") ==
          "bbox-crs");
    CHECK(service.problem("/collections/wards/items/E05000001?crs=x").at("parameter") == "crs");
}

TEST_CASE("Areas in metres have the corners that they were made from", "[crs]") {
    const Service service(three_clusters().build());
    const auto ward = service.json("/collections/wards/items/E05000001?crs=" + epsg + "27700");
    const auto& ring = ward.at("geometry").at("coordinates").at(0).at(0);
    REQUIRE(ring.size() == 5);
    for (const auto& point : ring) {
        const double x = point.at(0).get<double>();
        const double y = point.at(1).get<double>();
        CHECK((std::abs(x - 456000) < 0.002 || std::abs(x - 458000) < 0.002));
        CHECK((std::abs(y - 304000) < 0.002 || std::abs(y - 306000) < 0.002));
    }
}

TEST_CASE("Collections list the systems, and the one that they are kept in", "[crs]") {
    const Service service(three_clusters().build());
    const auto document = service.json("/collections");
    for (const auto& collection : document.at("collections")) {
        CHECK(collection.at("crs").size() == 4);
        CHECK(collection.at("crs").at(0) == crs84);
        CHECK(collection.at("storageCrs") == crs84);
    }
    CHECK(document.at("crs") == document.at("collections").at(0).at("crs"));
}

TEST_CASE("A bbox in each system finds the features of one ward", "[crs]") {
    const Service service(three_clusters().build());
    const std::string castle = "bbox=458500,304500,459500,305500&bbox-crs=" + epsg + "27700";
    CHECK(found(service, "incidents", castle) == 10);
    CHECK(found(service, "wards", castle) == 1);
    CHECK(found(service, "authorities", castle) == 1);
    CHECK(found(service, "hotspots", castle + "&top=5") == 1);
    const auto low = service::position_style(service::filter::Crs::epsg_3857)
                         .place(*geo::to_lon_lat(geo::BngPoint{458500, 304500}));
    const auto high = service::position_style(service::filter::Crs::epsg_3857)
                          .place(*geo::to_lon_lat(geo::BngPoint{459500, 305500}));
    const auto text = [](double value) { return service::number_text(value); };
    CHECK(found(service, "incidents",
                "bbox=" + text(low[0]) + ',' + text(low[1]) + ',' + text(high[0]) + ',' +
                    text(high[1]) + "&bbox-crs=" + epsg + "3857") == 10);
    const auto sw = *geo::to_lon_lat(geo::BngPoint{458500, 304500});
    const auto ne = *geo::to_lon_lat(geo::BngPoint{459500, 305500});
    CHECK(found(service, "incidents",
                "bbox=" + text(sw.lat_deg) + ',' + text(sw.lon_deg) + ',' + text(ne.lat_deg) + ',' +
                    text(ne.lon_deg) + "&bbox-crs=" + epsg + "4326") == 10);
    CHECK(found(service, "incidents",
                "bbox=" + text(sw.lon_deg) + ',' + text(sw.lat_deg) + ',' + text(ne.lon_deg) + ',' +
                    text(ne.lat_deg)) == 10);
    // Beyond the grid of the system there is nothing; a box may reach there.
    CHECK(found(service, "incidents",
                "bbox=-900000,-900000,9000000,9000000&bbox-crs=" + epsg + "27700") == 33);
    CHECK(found(service, "wards",
                "bbox=-900000,-900000,9000000,9000000&bbox-crs=" + epsg + "27700") == 3);
    CHECK(found(service, "incidents", "bbox=800000,0,900000,1&bbox-crs=" + epsg + "27700") == 0);
    CHECK(service.problem("/collections/wards/items?bbox=2,0,1,1&bbox-crs=" + epsg + "27700")
              .at("parameter") == "bbox");
}

TEST_CASE("A bbox through a point as it is served holds it, and one a digit away does not",
          "[crs]") {
    SnapshotBuilder builder;
    for (const geo::BngPoint at :
         {geo::BngPoint{457025, 305025}, geo::BngPoint{457025.005, 305000.1},
          geo::BngPoint{459321.987, 304111.123}}) {
        builder.add({at});
    }
    const Service service(builder.build());
    for (const auto uri : service::crs_uris()) {
        const auto crs = service::read_crs("crs", uri);
        const double step = service::is_in_metres(crs) ? 0.01 : 1e-7;
        const auto page = service.json("/collections/incidents/items?crs=" + std::string(uri));
        for (const auto& feature : page.at("features")) {
            const auto& at = feature.at("geometry").at("coordinates");
            const double x = at.at(0).get<double>();
            const double y = at.at(1).get<double>();
            const auto box = [&](double by) {
                std::string bbox;
                for (const double value : {x + by, y, x + by, y}) {
                    std::string text;
                    tiles::append_coordinate(text, value, service::decimals_of(crs));
                    bbox.append(bbox.empty() ? "" : ",").append(text);
                }
                return found(service, "incidents",
                             "bbox=" + bbox + "&bbox-crs=" + std::string(uri));
            };
            CAPTURE(uri, x, y);
            CHECK(box(0) == 1);
            CHECK(box(step) == 0);
            CHECK(box(-step) == 0);
        }
    }
}
