// Downloads of all features that match: CSV by RFC 4180, GeoPackage (OGC 12-128r18) and FlatGeobuf
// by their magic bytes; tests/integration/features_test.py opens them with GDAL.
#include "service/csv.hpp"
#include "service/handlers/collection.hpp"
#include "service/handlers/incident_text.hpp"
#include "service/point_index.hpp"
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <algorithm>
#include <filesystem>
#include <random>

using namespace hotspots;
using nlohmann::json;
using tests::Event;
using tests::header_of;
using tests::Service;
using tests::SnapshotBuilder;
using tests::three_clusters;

namespace {

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

// Records of every kind at random places, with texts that need escapes.
SnapshotBuilder assorted(int count) {
    std::mt19937 random(20251122);
    const auto pick = [&](int most) {
        return static_cast<int>(random() % static_cast<unsigned>(most));
    };
    const std::vector<std::string> texts{"",
                                         "High St, \"The Crown\"",
                                         "back\\slash\ttab",
                                         "Caf\xC3\xA9",
                                         "line\nend\x01",
                                         "bad \xFF byte",
                                         "=1+1"};
    const std::vector<std::string> times{"2025-03-14T22:30", "2025-07", "2025-07-01",
                                         "1999-12-31T23:59:59"};
    SnapshotBuilder builder;
    for (int i = 0; i < count; ++i) {
        Event event;
        event.at = {456000 + pick(600'000) / 1e2, 304000 + pick(200'000) / 1e2};
        event.when = times[static_cast<std::size_t>(pick(4))];
        event.until = pick(3) == 0 ? "2025-08-02T01:00" : "";
        event.status = static_cast<data::GeocodeStatus>(pick(5));
        event.uncertainty_m = pick(100'000) / 7.0;
        event.decision = static_cast<data::Decision>(pick(3));
        event.group = pick(2) == 0 ? std::nullopt : std::optional(data::OffenceGroup::robbery);
        event.source = static_cast<data::Source>(pick(3));
        event.weapon = static_cast<data::Weapon>(pick(6));
        event.victim_age = pick(2) == 0 ? std::nullopt : std::optional(pick(100));
        event.text = texts[static_cast<std::size_t>(pick(7))];
        builder.add(event);
    }
    return builder;
}

} // namespace

TEST_CASE("Incidents are written straight as they would be by way of features", "[files]") {
    const Service service(assorted(300).build());
    service::FeatureQuery query{service.context.snapshot(), {}, {}, service::Purpose::items};
    query.parameters.scope = "vrn-2021";
    const auto set = service::find_incidents(service.context, query);
    for (const auto uri : service::crs_uris()) {
        const auto style = service::position_style(service::read_crs("crs", uri));
        for (const auto row : set.rows) {
            std::string straight;
            set.append(straight, row, style);
            std::string made;
            tiles::append_feature(made, set.feature(row), style);
            REQUIRE(straight == made);
        }
    }
    CHECK(set.rows.size() == 300);
}

TEST_CASE("The index of points finds in any box what a look at every point finds", "[files]") {
    const auto snapshot = assorted(2000).build();
    const service::PointIndex index(*snapshot);
    std::mt19937 random(7);
    const auto unit = [&] { return static_cast<double>(random() % 10'001) / 10'000; };
    const auto crs = GENERATE(as<std::size_t>(), 0, 1, 2, 3);
    const auto system = service::read_crs("crs", service::crs_uris()[crs]);
    const auto bounds = geo::bounds(snapshot->wards[0].outline);
    for (int i = 0; i < 60; ++i) {
        const auto place = [&] {
            const geo::LonLat at{bounds.min.lon_deg + unit() * 0.1 - 0.005,
                                 bounds.min.lat_deg + unit() * 0.03 - 0.005};
            return *service::as_served(at, system);
        };
        const auto a = place();
        const auto b = place();
        const service::QueryBox box(
            {{std::min(a.x, b.x), std::min(a.y, b.y)}, {std::max(a.x, b.x), std::max(a.y, b.y)}},
            system);
        std::vector<std::uint32_t> expected;
        for (std::uint32_t row = 0; row < snapshot->incidents.size(); ++row) {
            const auto& at = snapshot->incidents[row].location.lon_lat;
            if (snapshot->columns.mapped[row] == 0 || !at) {
                continue;
            }
            const auto served = *service::as_served(*at, system);
            if (served.x >= std::min(a.x, b.x) && served.x <= std::max(a.x, b.x) &&
                served.y >= std::min(a.y, b.y) && served.y <= std::max(a.y, b.y)) {
                expected.push_back(row);
            }
        }
        CHECK(index.rows_in(box) == expected);
    }
    CHECK(service::PointIndex(*SnapshotBuilder().build())
              .rows_in(service::parse_bbox("-180,-90,180,90"))
              .empty());
}

TEST_CASE("CSV holds all features that match, marked, with formulas made harmless", "[files]") {
    Event formula;
    formula.text = "=cmd|' /C calc'!A0";
    auto builder = three_clusters();
    const Service service(builder.add(formula, 101).build());
    const auto response =
        service.get("/collections/incidents/items?f=csv&group=violence_with_injury");
    REQUIRE(response.status == 200);
    CHECK(response.content_type == "text/csv; charset=utf-8");
    CHECK(header_of(response, "content-disposition") ==
          "attachment; filename=\"incidents-r7.csv\"");
    CHECK_THAT(header_of(response, "link"), Catch::Contains("/collections/incidents/manifest?"));
    const auto lines = lines_of(response.body_view());
    REQUIRE(lines.size() == 1 + 33 + 101);
    CHECK(lines[0].starts_with("id,incident_id,source,occurred_from,"));
    CHECK(lines[0].ends_with(",injury,marking,demo,manifest,longitude,latitude"));
    CHECK(lines[1].starts_with("1,I-1,police,2025-03-14T22:30:00Z,"));
    CHECK_THAT(lines[1], Catch::Contains(",OFFICIAL-SENSITIVE,false,"));
    CHECK_THAT(lines[34], Catch::Contains(",'=cmd|' /C calc'!A0,"));
    const auto commas = std::count(lines[0].begin(), lines[0].end(), ',');
    for (const auto& line : lines) {
        CHECK(std::count(line.begin(), line.end(), ',') == commas);
    }
    const auto metres = lines_of(service
                                     .get("/collections/incidents/items?f=csv&crs=http://"
                                          "www.opengis.net/def/crs/EPSG/0/27700")
                                     .body_view());
    CHECK(metres[0].ends_with(",x_m,y_m"));
    CHECK(metres[1].ends_with(",457025,305025"));
}

TEST_CASE("Areas of a CSV are well-known text in the axis order of the system", "[files]") {
    const Service service(three_clusters().build());
    const auto first_ward = [&](const std::string& crs) {
        return lines_of(service.get("/collections/wards/items?f=csv" + crs).body_view()).at(1);
    };
    CHECK_THAT(first_ward(""), Catch::Contains("\"MULTIPOLYGON(((-1."));
    const std::string epsg = "&crs=http://www.opengis.net/def/crs/EPSG/0/";
    CHECK_THAT(first_ward(epsg + "4326"), Catch::Contains("\"MULTIPOLYGON(((52."));
    CHECK_THAT(first_ward(epsg + "27700"),
               Catch::Contains("MULTIPOLYGON(((456000 304000,458000 304000,458000 306000"));
}

TEST_CASE("GeoPackage and FlatGeobuf are whole files, the same each time, and leave none behind",
          "[files]") {
    const Service service(assorted(50).build());
    const auto left_behind = [] {
        return std::ranges::count_if(
            std::filesystem::directory_iterator(std::filesystem::temp_directory_path()),
            [](const auto& entry) {
                return entry.path().filename().string().starts_with("llr-hotspots-");
            });
    };
    const auto before = left_behind();
    const std::string placed = "filter=geometry%20IS%20NOT%20NULL&f=";
    for (const std::string items : {"incidents/items?", "wards/items?", "hotspots/items?top=5&"}) {
        for (const auto& [format, magic] : {std::pair("gpkg", std::string("SQLite format 3")),
                                            std::pair("fgb", std::string("fgb\x03"))}) {
            const auto target = "/collections/" + items + placed + format;
            CAPTURE(target);
            const auto response = service.get(target);
            REQUIRE(response.status == 200);
            CHECK(response.body_view().starts_with(magic));
            CHECK(service.get(target).body_view() == response.body_view());
            CHECK_THAT(header_of(response, "content-disposition"),
                       Catch::Contains(std::string("-r7.") + format));
        }
    }
    CHECK(left_behind() == before);
}

TEST_CASE("A FlatGeobuf that would leave records out is refused, and says how to have them",
          "[files]") {
    const Service service(assorted(50).build());
    const auto problem = service.problem("/collections/incidents/items?f=fgb");
    CHECK(problem.at("parameter") == "f");
    CHECK_THAT(problem.at("detail").get<std::string>(),
               Catch::Contains("of 50 have none; give f=gpkg or f=csv"));
}

TEST_CASE("Files hold all features: limit and offset are refused", "[files]") {
    const Service service(three_clusters().build());
    CHECK(service.problem("/collections/wards/items?f=csv&limit=5").at("parameter") == "limit");
    CHECK(service.problem("/collections/wards/items?f=gpkg&offset=5").at("parameter") == "offset");
    CHECK(service.problem("/collections/wards/items/E05000001?f=csv").at("parameter") == "f");
}
