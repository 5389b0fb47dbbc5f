// Archives are read back by our own readers here; by npm's pmtiles, by GDAL and by SQLite in
// tests/integration/tile_archive_test.py.
#include "tests/catch.hpp"
#include "tests/tiles/shapes.hpp"
#include "tiles/mbtiles.hpp"
#include "tiles/pmtiles.hpp"
#include "tiles/pmtiles_directory.hpp"
#include "tiles/tile_order.hpp"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <tuple>

using namespace hotspots;
using namespace hotspots::tiles;
using namespace hotspots::tests;

namespace {

// Stands for gzip: the readers and writers only pass bytes through it.
std::string pack(std::string_view bytes) {
    return 'z' + std::string(bytes);
}

std::string unpack(std::string_view bytes) {
    if (!bytes.starts_with('z')) {
        throw ArchiveError("not packed");
    }
    return std::string(bytes.substr(1));
}

ArchiveInfo info_to(int max_zoom) {
    ArchiveInfo info;
    info.max_zoom = max_zoom;
    info.bounds = {{-1.6, 52.4}, {-0.4, 53.0}};
    info.texts = {{"name", "Wards \"A\""}, {"attribution", "© them"}};
    info.documents = {{"vector_layers", R"([{"id":"wards"}])"}};
    return info;
}

// Tiles by id; some contents stand often, as the sea's do.
std::map<std::uint64_t, std::string> some_tiles(std::size_t count, unsigned seed) {
    std::mt19937 random(seed);
    std::map<std::uint64_t, std::string> tiles;
    std::uint64_t id = 0;
    while (tiles.size() < count) {
        id += random() % 3 == 0 ? 1 + random() % 5 : 1;
        const bool often = random() % 2 == 0;
        tiles[id] = often ? "sea" : "tile " + std::to_string(random());
    }
    return tiles;
}

std::string archive_of(const std::map<std::uint64_t, std::string>& tiles) {
    PmtilesWriter writer;
    for (const auto& [id, bytes] : tiles) {
        writer.add(tile_of_order(id).value(), bytes);
    }
    return writer.finish(info_to(22), pack);
}

std::map<std::uint64_t, std::string> read(std::string_view bytes, PmtilesSummary* summary) {
    std::map<std::uint64_t, std::string> tiles;
    const auto read = read_pmtiles(bytes, unpack, [&](const TileId& tile, std::string_view data) {
        tiles[tile_order(tile)] = data;
    });
    if (summary) {
        *summary = read;
    }
    return tiles;
}

} // namespace

TEST_CASE("tile ids are those of the PMTiles specification and its reference reader's tests") {
    // Specification 3, section 4.1, and pmtiles/js/test.
    CHECK(tile_order({0, 0, 0}) == 0);
    CHECK(tile_order({1, 0, 0}) == 1);
    CHECK(tile_order({1, 0, 1}) == 2);
    CHECK(tile_order({1, 1, 1}) == 3);
    CHECK(tile_order({1, 1, 0}) == 4);
    CHECK(tile_order({2, 0, 0}) == 5);
    CHECK(tile_order({12, 3423, 1763}) == 19078479);
}

TEST_CASE("every tile has an id of its own, and neighbours along the line touch") {
    std::uint64_t expected = 0;
    for (int zoom = 0; zoom <= 6; ++zoom) {
        std::map<std::uint64_t, TileId> line;
        for (std::uint32_t x = 0; x < 1U << zoom; ++x) {
            for (std::uint32_t y = 0; y < 1U << zoom; ++y) {
                const TileId tile{zoom, x, y};
                line[tile_order(tile)] = tile;
                REQUIRE(tile_of_order(tile_order(tile)) == tile);
            }
        }
        const TileId* before = nullptr;
        for (const auto& [id, tile] : line) {
            REQUIRE(id == expected++);
            if (before) {
                const auto step = [](std::uint32_t a, std::uint32_t b) {
                    return a > b ? a - b : b - a;
                };
                REQUIRE(step(before->x, tile.x) + step(before->y, tile.y) == 1);
            }
            before = &tile;
        }
    }
    const TileId last{22, (1U << 22) - 1, 0};
    CHECK(tile_of_order(tile_order(last)) == last);
    CHECK_FALSE(tile_of_order(tile_order(last) + 1).has_value());
}

TEST_CASE("a PMTiles archive reads back as it was written, with and without leaf directories") {
    const auto count = GENERATE(std::size_t{1}, std::size_t{50}, std::size_t{20000});
    const auto tiles = some_tiles(count, 21);
    const auto bytes = archive_of(tiles);
    PmtilesSummary summary;
    CHECK(read(bytes, &summary) == tiles);
    CHECK(summary.tiles == tiles.size());
    std::set<std::string> contents;
    for (const auto& [id, tile] : tiles) {
        contents.insert(tile);
    }
    CHECK(summary.contents == contents.size());
    const auto metadata = nlohmann::json::parse(summary.metadata);
    CHECK(metadata.at("name") == "Wards \"A\"");
    CHECK(metadata.at("vector_layers").at(0).at("id") == "wards");
    CHECK((bytes[40] != 0 || count < 20000)); // leaves are somewhere
    CHECK(archive_of(tiles) == bytes);
}

TEST_CASE("directories read back, and those that cannot be are refused") {
    const std::vector<PmtilesEntry> entries{
        {1, 0, 10, 3}, {5, 10, 4, 1}, {9, 0, 10, 1}, {300, 700000, 9, 2}};
    const auto bytes = write_directory(entries);
    CHECK(read_directory(bytes) == entries);
    CHECK(read_directory(std::string(1, '\0')).empty());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        CHECK_THROWS_AS(read_directory(bytes.substr(0, size)), ArchiveError);
    }
    CHECK_THROWS_AS(read_directory(bytes + 'x'), ArchiveError);
    CHECK_THROWS_AS(read_directory("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), ArchiveError);
}

TEST_CASE("a damaged PMTiles archive is refused, whatever its bytes") {
    const auto bytes = archive_of(some_tiles(200, 22));
    for (std::size_t size = 0; size < bytes.size(); size += 7) {
        REQUIRE_THROWS_AS(read(std::string_view(bytes).substr(0, size), nullptr), ArchiveError);
    }
    std::mt19937 random(23);
    for (int i = 0; i < 3000; ++i) {
        auto damaged = bytes;
        damaged[random() % 1500] = static_cast<char>(random());
        try {
            read(damaged, nullptr);
        } catch (const ArchiveError&) {
            continue; // what is not refused is read within bounds: the sanitizers look on
        }
    }
    auto unclustered = bytes;
    unclustered[96] = 0;
    CHECK_THROWS_WITH(read(unclustered, nullptr), Catch::Contains("clustered"));
    CHECK_THROWS_WITH(read("PMTiles\2" + std::string(200, 'x'), nullptr),
                      Catch::Contains("version is 2"));
}

TEST_CASE("an MBTiles archive reads back as it was written, rows from the south") {
    const auto path = std::filesystem::temp_directory_path() /
                      ("hotspots-" + std::to_string(getpid()) + ".mbtiles");
    const auto make = [] {
        MbtilesWriter writer;
        writer.add({0, 0, 0}, "world");
        writer.add({2, 1, 0}, std::string("a\0b", 3));
        writer.add({2, 3, 3}, "south-east");
        CHECK(writer.tiles() == 3);
        return writer.finish(info_to(2));
    };
    const auto bytes = make();
    CHECK(make() == bytes);
    CHECK(bytes.substr(68, 4) == "MPBX");
    std::ofstream(path, std::ios::binary) << bytes;
    std::map<std::tuple<int, std::uint32_t, std::uint32_t>, std::string> tiles;
    const auto summary =
        read_mbtiles(path.string(), [&](const TileId& tile, std::string_view data) {
            tiles[{tile.zoom, tile.x, tile.y}] = data;
        });
    std::filesystem::remove(path);
    CHECK(summary.tiles == 3);
    CHECK(tiles[{0, 0, 0}] == "world");
    CHECK(tiles[{2, 1, 0}] == std::string("a\0b", 3));
    CHECK(tiles[{2, 3, 3}] == "south-east");
    std::map<std::string, std::string> metadata(summary.metadata.begin(), summary.metadata.end());
    CHECK(metadata["format"] == "pbf");
    CHECK(metadata["bounds"] == "-1.6,52.4,-0.4,53");
    CHECK(metadata["maxzoom"] == "2");
    CHECK(nlohmann::json::parse(metadata["json"]).at("vector_layers").size() == 1);
    CHECK_THROWS_AS(read_mbtiles("/nonexistent.mbtiles", {}), ArchiveError);
}
