#include "data/geocode/geocode.hpp"
#include "data/ingest/locate_incidents.hpp"
#include "geo/crs.hpp"
#include "tests/catch.hpp"

#include <random>

using namespace hotspots::data;
using hotspots::geo::BngPoint;
using hotspots::geo::LonLat;

namespace {

// A ward of 2 km by 2 km around a place in Leicester.
ReferenceData one_ward() {
    Ward ward;
    ward.code = "E05000001";
    ward.name = "Castle";
    ward.authority = "Leicester";
    hotspots::geo::Polygon<LonLat> square;
    for (const auto& corner :
         {BngPoint{458000, 303000}, BngPoint{460000, 303000}, BngPoint{460000, 305000},
          BngPoint{458000, 305000}, BngPoint{458000, 303000}}) {
        square.exterior.push_back(hotspots::geo::to_lon_lat(corner).value());
    }
    ward.outline.push_back(square);
    return {{ward}, {}, {}};
}

std::vector<Incident> random_incidents(std::size_t count) {
    std::mt19937 random(3);
    std::uniform_real_distribution<double> easting(457000, 461000);
    std::uniform_real_distribution<double> northing(302000, 306000);
    std::vector<Incident> incidents(count);
    for (auto& incident : incidents) {
        incident.record.given_bng = BngPoint{easting(random), northing(random)};
        incident.ward_code = "of an earlier revision";
    }
    return incidents;
}

} // namespace

TEST_CASE("incidents are located the same on one thread and on two, batch after batch",
          "[concurrency]") {
    const Gazetteer gazetteer(one_ward());
    const HandDecisions none;
    Locator locator(gazetteer, none);
    for (const std::size_t count : {10U, 5'001U, 0U, 3'000U}) {
        auto incidents = random_incidents(count);
        locator.locate(incidents);
        std::size_t inside = 0;
        for (const auto& incident : incidents) {
            REQUIRE(incident.location == locate(gazetteer, incident.record));
            const auto& point = incident.record.given_bng.value();
            const bool in_ward = point.easting_m > 458000 && point.easting_m < 460000 &&
                                 point.northing_m > 303000 && point.northing_m < 305000;
            // The square's sides bend by less than a metre between the two coordinate systems.
            const bool near_side = std::abs(std::abs(point.easting_m - 459000) - 1000) < 1 ||
                                   std::abs(std::abs(point.northing_m - 304000) - 1000) < 1;
            if (!near_side) {
                REQUIRE(incident.ward_code == (in_ward ? "E05000001" : ""));
            }
            inside += in_ward ? 1U : 0U;
        }
        CHECK((count < 100 || inside > count / 8));
    }
}
