// /analysis/compare?as=ratio on made-up records. The estimator's own oracle, R, is in
// tests/geo/relative_risk_test.cpp; here the sum over all pairs by the formulas of Kelsall & Diggle
// (1995) and Hazelton & Davies (2009), written down once more.
#include "data/export/geotiff.hpp"
#include "service/relative_risk_result.hpp"
#include "tests/catch.hpp"
#include "tests/service/handlers/town.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace hotspots;
using nlohmann::json;
using tests::moved;
using tests::of_kind;
using tests::Service;
using tests::Town;

namespace {

const std::string risk_path = "/analysis/compare?as=ratio";
const std::string year_on_year = "&datetime=2025-03/2025-04&with_datetime=2024-03/2024-04";

Town health_town() {
    Town town;
    town.anywhere("2025-03", 400).anywhere("2025-03", 100, data::Source::ed);
    town.cluster(tests::castle_centre, "2025-03", 50, data::Source::ed);
    return town;
}

service::RelativeRiskResult risk_of(const Service& service, const std::string& source,
                                    const std::string& other) {
    const auto snapshot = service.context.snapshot();
    const auto parameters = service::read_comparison(
        {{"as", "ratio"}, {"source", source}, {"with_source", other}}, *snapshot);
    return service::compare_risk(service.context, *snapshot, parameters, [](double) {});
}

// Quartic density of all points at a place, in points per km2.
double all_pairs(const std::vector<geo::BngPoint>& points, const geo::BngPoint& at, double h_m) {
    double sum = 0;
    for (const auto& point : points) {
        const double ratio =
            std::hypot(point.easting_m - at.easting_m, point.northing_m - at.northing_m) / h_m;
        sum += ratio < 1 ? std::pow(1 - ratio * ratio, 2) : 0;
    }
    return sum * 3 / (std::numbers::pi * h_m * h_m) * 1e6;
}

} // namespace

TEST_CASE("The log ratio and its z are those of all pairs, and few incidents are masked",
          "[compare]") {
    const Service service(health_town().build());
    const auto result = risk_of(service, "ed", "police");
    const auto& a = result.cases->points;
    const auto& b = result.controls->points;
    REQUIRE(a.size() == 150);
    REQUIRE(b.size() == 400);
    // The integral of the squared kernel, of a bandwidth in km: 9/5 / (pi h^2).
    const double roughness = 9.0 / 5 / (std::numbers::pi * 0.3 * 0.3);
    int compared = 0;
    for (int column = 0; column < result.risk.grid.columns; column += 3) {
        const geo::CellIndex cell{column, result.risk.grid.rows / 2};
        const auto i = result.risk.grid.offset(cell);
        const auto at = result.risk.grid.centre(cell);
        const auto near = [&](const geo::BngPoint& point) {
            return std::hypot(point.easting_m - at.easting_m, point.northing_m - at.northing_m) <
                   300;
        };
        const auto reached = std::ranges::count_if(a, near) + std::ranges::count_if(b, near);
        const double f = all_pairs(a, at, 300);
        const double g = all_pairs(b, at, 300);
        if (reached < service::least_near_risk || !(f > 0) || !(g > 0)) {
            CHECK(result.risk.state[i] != geo::RiskState::defined);
            CHECK(result.risk.z[i] == 0);
            continue;
        }
        ++compared;
        const double log_ratio = std::log(f / 150 / (g / 400));
        const double error = std::sqrt(roughness * (1 / 150.0 + 1 / 400.0) / ((f + g) / 550));
        REQUIRE(result.risk.state[i] == geo::RiskState::defined);
        CHECK(result.risk.log_ratio[i] == Approx(log_ratio).epsilon(1e-9).margin(1e-9));
        CHECK(result.risk.z[i] == Approx(log_ratio / error).epsilon(1e-9).margin(1e-9));
    }
    CHECK(compared > 20);
    const auto raster = service::log_ratio_raster(result);
    CHECK(std::ranges::count(raster.values, data::geotiff_no_data) > 0);
    CHECK(std::ranges::count_if(raster.values, [](double value) {
              return value != data::geotiff_no_data;
          }) == std::ranges::count(result.risk.state, geo::RiskState::defined));
}

TEST_CASE("Tolerance contours hold the place that health records alone are dense in", "[compare]") {
    const Service service(health_town().build());
    const auto answer = service.json(risk_path + "&source=ed&with_source=police");
    CHECK(answer.at("type") == "FeatureCollection");
    CHECK(answer.at("as") == "ratio");
    CHECK(answer.at("tolerance") == json{0.01, 0.05});
    CHECK(answer.at("first").at("source") == "ed");
    CHECK(answer.at("masked_cells").get<int>() > 0);
    CHECK(answer.at("compared_cells").get<int>() > 0);
    CHECK(answer.at("timeStamp") == "2025-10-01T00:00:00Z");
    CHECK(answer.at("manifest")
              .at("parameters")
              .get<std::string>()
              .ends_with("&with_source=police&as=ratio&tolerance=0.01,0.05"));
    const auto contours = of_kind(answer, "tolerance");
    REQUIRE(contours.size() >= 2);
    double strict_km2 = 0;
    for (const auto& contour : contours) {
        const auto& properties = contour.at("properties");
        if (properties.at("direction") == "higher" && properties.at("incidents") >= 40) {
            CHECK(properties.at("wards").at(0) == "Castle");
            CHECK(properties.at("ratio").get<double>() > 4);
            CHECK(properties.at("z").get<double>() > 2.326);
            CHECK(std::log(properties.at("ratio").get<double>()) ==
                  Approx(properties.at("log_ratio").get<double>()).margin(1e-5));
            const double area_km2 = properties.at("area_km2");
            CHECK(area_km2 > strict_km2); // 0.01 comes before 0.05, and lies inside
            strict_km2 = area_km2;
        }
    }
    CHECK(strict_km2 > 0);
    CHECK_FALSE(of_kind(answer, "ratio").empty());
}

TEST_CASE("Case and control swapped, higher is lower, and the outlines stay", "[compare]") {
    const Service service(health_town().build());
    const auto one = service.json(risk_path + "&source=ed&with_source=police");
    const auto other = service.json(risk_path + "&source=police&with_source=ed");
    const auto outlines = [](const json& answer, const std::string& direction) {
        json found = json::array();
        for (const auto& feature : answer.at("features")) {
            if (feature.at("properties").at("direction") == direction) {
                found.push_back(feature.at("geometry"));
            }
        }
        return found;
    };
    CHECK_FALSE(outlines(one, "higher").empty());
    CHECK(outlines(one, "higher") == outlines(other, "lower"));
    CHECK(outlines(one, "lower") == outlines(other, "higher"));
}

TEST_CASE("A selection has no risk relative to itself, and none of nothing", "[compare]") {
    const Service service(moved().build());
    const auto same =
        service.json(risk_path + "&datetime=2025-03/2025-04&with_datetime=2025-03/2025-04");
    CHECK(same.at("features").empty());
    CHECK(same.at("in_both") == same.at("first").at("incidents"));
    const auto nothing = service.json(risk_path + "&source=ed&with_source=police");
    CHECK(nothing.at("features").empty());
    CHECK(nothing.at("compared_cells") == 0);
    Service(tests::SnapshotBuilder().without_wards().build())
        .problem(risk_path + year_on_year, 409);
}

TEST_CASE("A ratio has bytes, a manifest and a validator of its own, and comes as a raster",
          "[compare]") {
    const Service service(moved().build());
    const auto first = service.get(risk_path + year_on_year);
    const auto again = Service(moved().build()).get(risk_path + year_on_year + "&f=geojson");
    CHECK(first.body_view() == again.body_view());
    CHECK(
        service.get(risk_path + year_on_year, {{"if-none-match", tests::header_of(first, "etag")}})
            .status == 304);
    const auto strict = service.json(risk_path + year_on_year + "&tolerance=0.001");
    const auto usual = json::parse(first.body_view());
    CHECK(strict.at("manifest").at("id") != usual.at("manifest").at("id"));
    const auto tif = service.get(risk_path + year_on_year + "&f=tif");
    CHECK(tif.status == 200);
    CHECK(tif.content_type == "image/tiff; application=geotiff");
    CHECK(tif.body_view().starts_with(std::string_view("II*\0", 4)));
    CHECK(tests::header_of(tif, "etag") != tests::header_of(first, "etag"));
}
