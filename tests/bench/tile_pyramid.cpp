// A pyramid of points, zooms 0 to 14, to one PMTiles archive: from points in memory to the bytes of
// the file. Reads lines of longitude, latitude, id, kind and time; prints JSON with seconds and the
// points that each zoom's tiles hold. tile_pyramid.py runs it beside geojson-vt.
#include "geo/parallel.hpp"
#include "service/http/compress.hpp"
#include "tiles/mvt_points.hpp"
#include "tiles/pmtiles.hpp"
#include "tiles/point_table_builder.hpp"
#include "tiles/tile_order.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <fstream>
#include <iostream>
#include <sstream>

using namespace hotspots;
using namespace hotspots::tiles;

namespace {

struct Record {
    geo::LonLat at;
    std::array<std::string, 3> texts;
};

std::vector<Record> read(const char* path) {
    std::ifstream file(path);
    std::vector<Record> records;
    for (std::string line; std::getline(file, line);) {
        std::istringstream fields(line);
        Record record;
        char comma = 0;
        fields >> record.at.lon_deg >> comma >> record.at.lat_deg >> comma;
        for (auto& text : record.texts) {
            std::getline(fields, text, ',');
        }
        records.push_back(std::move(record));
    }
    return records;
}

PointTable table_of(const std::vector<Record>& records) {
    PointTableBuilder builder({"incident_id", "kind", "occurred_from"});
    std::uint32_t row = 0;
    for (const auto& record : records) {
        builder.point(record.at, row + 1, row);
        for (const auto& text : record.texts) {
            builder.text(text);
        }
        ++row;
    }
    return std::move(builder).finish();
}

void add_tiles(const PointTable& table, const TileId& tile, std::vector<TileId>& found) {
    if (table.find(tile, tile_buffer).empty()) {
        return;
    }
    found.push_back(tile);
    for (std::uint32_t q = 0; q < 4 && tile.zoom < full_detail_zoom; ++q) {
        add_tiles(table, {tile.zoom + 1, tile.x * 2 + q % 2, tile.y * 2 + q / 2}, found);
    }
}

std::string archive(const PointTable& table, PointDetail detail) {
    std::vector<TileId> tiles;
    add_tiles(table, {0, 0, 0}, tiles);
    std::ranges::sort(tiles, {}, tile_order);
    std::vector<std::string> packed(tiles.size());
    std::atomic<std::size_t> next = 0;
    geo::for_each_job(2, 2, [&](int) {
        PointEncoder encoder;
        for (auto i = next++; i < tiles.size(); i = next++) {
            const auto positions = table.find(tiles[i], tile_buffer);
            packed[i] = service::gzip(encoder.encode("points", table, positions, tiles[i], detail));
        }
    });
    PmtilesWriter writer;
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        writer.add(tiles[i], packed[i]);
    }
    ArchiveInfo info;
    info.bounds = {{-1.6, 52.4}, {-0.4, 53.0}};
    info.texts = {{"name", "points"}};
    info.documents = {{"vector_layers", R"([{"id":"points","fields":{}}])"}};
    return writer.finish(info, [](std::string_view bytes) { return service::gzip(bytes); });
}

void write(const std::string& path, const std::string& bytes) {
    std::ofstream file(path, std::ios::binary);
    file << bytes;
}

} // namespace

// tile_pyramid POINTS.csv all|thinned OUT.pmtiles
int main(int argc, char** argv) {
    if (argc != 4) {
        std::cerr << "tile_pyramid POINTS.csv all|thinned OUT.pmtiles\n";
        return 2;
    }
    const auto records = read(argv[1]);
    const auto detail =
        std::string_view(argv[2]) == "all" ? PointDetail::all : PointDetail::thinned;
    const auto begun = std::chrono::steady_clock::now();
    const auto bytes = archive(table_of(records), detail);
    write(argv[3], bytes);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begun;
    std::cout << "{\"seconds\":" << seconds.count() << ",\"bytes\":" << bytes.size() << "}\n";
}
