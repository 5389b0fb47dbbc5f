// Pyramids as files: what they hold beside what HTTP answers. The files' formats are checked in
// tests/tiles/archive_test.cpp, other programs read them in tests/integration/tile_archive_test.py.
#include "service/problem.hpp"
#include "service/tile_export.hpp"
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"
#include "tests/tiles/mvt_reader.hpp"
#include "tiles/mvt_check.hpp"
#include "tiles/pmtiles.hpp"

#include <map>

using namespace hotspots;
using tests::Service;
using tests::three_clusters;

namespace {

const service::TileProgress silent = [](std::uint64_t, std::uint64_t) {};

service::TileExport of(std::vector<std::string> collections) {
    service::TileExport wanted;
    wanted.collections = std::move(collections);
    wanted.max_zoom = 12;
    return wanted;
}

struct Read {
    std::map<std::string, std::string> tiles; // bytes by "z/x/y"
    nlohmann::json metadata;
};

Read read_back(const Service& service, const service::TileExport& wanted) {
    const auto archive = service::export_tiles(service.context, service.context.snapshot(), wanted,
                                               service::ArchiveFormat::pmtiles, silent);
    Read read;
    const auto summary =
        tiles::read_pmtiles(archive.bytes, service::unpack_tile,
                            [&](const tiles::TileId& tile, std::string_view packed) {
                                read.tiles[std::to_string(tile.zoom) + '/' +
                                           std::to_string(tile.x) + '/' + std::to_string(tile.y)] =
                                    service::unpack_tile(packed);
                            });
    CHECK(summary.tiles == archive.tiles);
    read.metadata = nlohmann::json::parse(summary.metadata);
    return read;
}

std::string refusal(const Service& service, const service::TileExport& wanted) {
    try {
        read_back(service, wanted);
    } catch (const service::Problem& problem) {
        CHECK(problem.status() == 400);
        return problem.what();
    }
    return {};
}

} // namespace

TEST_CASE("An exported tile is the tile that HTTP answers", "[tiles]") {
    const Service service(three_clusters().build());
    const auto collection = GENERATE(as<std::string>(), "wards", "hotspots", "cells", "incidents");
    const auto read = read_back(service, of({collection}));
    REQUIRE(read.tiles.size() >= 13);
    for (const auto& [place, bytes] : read.tiles) {
        CAPTURE(collection, place);
        REQUIRE(tiles::check_mvt(bytes, tiles::MvtStrictness::own).fault.empty());
        REQUIRE(service.get("/tiles/" + collection + '/' + place + ".mvt").body_view() == bytes);
    }
}

TEST_CASE("An archive says whose data it is, what it was made of and how points are thinned",
          "[tiles]") {
    const Service service(three_clusters().build());
    auto wanted = of({"wards", "incidents", "gazetteer"});
    wanted.query = {{"group", "violence_with_injury"}, {"filter", "incident_id IS NOT NULL"}};
    CHECK_THAT(refusal(service, wanted), Catch::Contains("incident_id")); // wards have none
    wanted.query.pop_back();
    const auto metadata = read_back(service, wanted).metadata;
    CHECK(metadata.at("marking") == "OFFICIAL-SENSITIVE");
    CHECK(metadata.at("demo") == false);
    CHECK(metadata.at("timeStamp") == "2025-10-01T00:00:00Z");
    CHECK(metadata.at("revision") == 7);
    const auto& layers = metadata.at("vector_layers");
    REQUIRE(layers.size() == 3);
    CHECK_THAT(layers.at(1).at("description").get<std::string>(),
               Catch::Contains("Below zoom 14") && Catch::Contains("point_count"));
    CHECK(layers.at(2).at("minzoom") == 12);
    const auto items = service.json("/collections/wards/items?group=violence_with_injury");
    CHECK(metadata.at("manifests").at("wards") == items.at("manifest"));
}

TEST_CASE("Equal exports are equal bytes, on one thread or several", "[tiles]") {
    const Service service(three_clusters().build());
    const auto format = GENERATE(service::ArchiveFormat::pmtiles, service::ArchiveFormat::mbtiles);
    auto wanted = of({"wards", "incidents"});
    const auto make = [&] {
        return service::export_tiles(service.context, service.context.snapshot(), wanted, format,
                                     silent)
            .bytes;
    };
    const auto bytes = make();
    wanted.threads = 1;
    CHECK(make() == bytes);
}

TEST_CASE("Without a release a panel's archive has outlines without figures, and nothing else",
          "[tiles]") {
    const Service service(three_clusters().build());
    auto wanted = of({"wards", "authorities"});
    wanted.role = GENERATE(service::Role::anyone, service::Role::panel);
    const auto read = read_back(service, wanted);
    CHECK(read.metadata.at("marking") == "");
    for (const auto& [place, bytes] : read.tiles) {
        for (const auto& layer : tests::read_tile(bytes)) {
            for (const auto& feature : layer.features) {
                REQUIRE(std::get<bool>(feature.properties.at("suppressed")));
                REQUIRE(feature.properties.contains("name"));
                for (const auto* figure : {"incidents", "rate_per_1000", "per_km2"}) {
                    REQUIRE_FALSE(feature.properties.contains(figure));
                }
            }
        }
    }
    CHECK(read.metadata.at("revision") == 0); // nothing of the live one
    wanted.query = {{"filter", "incidents>5"}};
    CHECK_THAT(refusal(service, wanted), Catch::Contains("nothing to export"));
    wanted.query.clear();
    for (const std::string name : {"hotspots", "cells", "isobands", "incidents", "gazetteer"}) {
        wanted.collections = {name};
        CHECK_THAT(refusal(service, wanted), Catch::Contains("may not see"));
    }
}

TEST_CASE("What does not fit is refused by name, and nothing at all is no archive", "[tiles]") {
    const Service service(three_clusters().build());
    auto wanted = of({"wards"});
    wanted.query = {{"top", "0.5"}};
    CHECK_THAT(refusal(service, wanted), Catch::Contains("top is no parameter"));
    wanted = of({"incidents"});
    wanted.query = {{"source", "ed"}};
    CHECK_THAT(refusal(service, wanted), Catch::Contains("nothing to export"));
}
