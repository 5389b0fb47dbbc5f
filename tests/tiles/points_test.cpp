// Layers of points: counts, places and thinning, read back by mvt_reader.hpp. Which points a tile
// holds is told by tile_at(), which tile_test.cpp checks against published tile numbers.
#include "tests/catch.hpp"
#include "tests/tiles/mvt_reader.hpp"
#include "tests/tiles/shapes.hpp"
#include "tiles/mvt_points.hpp"
#include "tiles/point_table_builder.hpp"

#include <cmath>
#include <map>
#include <set>
#include <tuple>

using namespace hotspots;
using namespace hotspots::tiles;
using namespace hotspots::tests;

namespace {

struct Town {
    std::vector<geo::LonLat> points;
    PointTable table;
};

// Clusters of points with repeats, as recorded crime has.
Town town(std::size_t size, unsigned seed) {
    std::mt19937 random(seed);
    Town result;
    PointTableBuilder builder({"name", "kind", "score"});
    for (std::uint32_t i = 0; i < size; ++i) {
        const double spread = i % 3 == 0 ? 0.3 : 0.01;
        geo::LonLat at{-1.13 + between(-spread, spread, random),
                       52.63 + between(-spread, spread, random) * 0.6};
        if (i % 5 == 4) {
            at = result.points[random() % i];
        }
        result.points.push_back(at);
        builder.point(at, 100 + i, i);
        builder.text("p" + std::to_string(i));
        builder.text_or_null(i % 4 == 0 ? "" : "robbery");
        builder.value(i % 2 == 0 ? Value(0.5) : Value());
    }
    result.table = std::move(builder).finish();
    return result;
}

std::tuple<std::uint32_t, std::uint32_t> key(const TileId& tile) {
    return {tile.x, tile.y};
}

MvtLayer decode(const Town& place, const TileId& tile, PointDetail detail = PointDetail::thinned) {
    const auto bytes = PointEncoder().encode("points", place.table,
                                             place.table.find(tile, tile_buffer), tile, detail);
    return bytes.empty() ? MvtLayer() : read_tile(bytes).at(0);
}

bool in_tile(const TilePoint& at) {
    return at.x >= 0 && at.x < tile_extent && at.y >= 0 && at.y < tile_extent;
}

std::int64_t count_of(const MvtFeature& feature) {
    return std::get<std::int64_t>(feature.properties.at("point_count"));
}

} // namespace

TEST_CASE("at every zoom the counts of a tile's features add up to the points in it") {
    const auto place = town(1000, 11);
    const auto detail = GENERATE(PointDetail::thinned, PointDetail::all);
    for (int zoom = 0; zoom <= 18; zoom += zoom < 12 ? 3 : 1) {
        std::map<std::tuple<std::uint32_t, std::uint32_t>, std::int64_t> expected;
        for (const auto& point : place.points) {
            ++expected[key(tile_at(point, zoom))];
        }
        for (const auto& [at, count] : expected) {
            std::int64_t sum = 0;
            const auto layer = decode(place, {zoom, std::get<0>(at), std::get<1>(at)}, detail);
            for (const auto& feature : layer.features) {
                sum += in_tile(feature.rings.at(0).at(0)) ? count_of(feature) : 0;
            }
            CAPTURE(zoom, std::get<0>(at), std::get<1>(at));
            REQUIRE(sum == count);
        }
    }
}

TEST_CASE("from zoom 14 each point is a feature with its own id, place and properties") {
    const auto place = town(500, 12);
    for (const int zoom : {14, 17, 22}) {
        std::set<std::uint64_t> seen;
        for (std::size_t i = 0; i < place.points.size(); ++i) {
            const auto tile = tile_at(place.points[i], zoom);
            for (const auto& feature : decode(place, tile).features) {
                if (feature.id != 100 + i) {
                    continue;
                }
                seen.insert(*feature.id);
                CHECK(std::get<std::string>(feature.properties.at("name")) ==
                      "p" + std::to_string(i));
                CHECK(feature.properties.contains("kind") == (i % 4 != 0));
                CHECK(feature.properties.contains("score") == (i % 2 == 0));
                CHECK(count_of(feature) == 1);
                const auto unit = tile_point(place.points[i], tile).value();
                const auto at = feature.rings.at(0).at(0);
                // Rounded down there, to the nearest here; at zoom 22 a unit is 2 mm, finer than
                // the table's places.
                const int tolerance = zoom > 20 ? 5 : 1;
                CHECK(std::abs(at.x - unit.x) <= tolerance);
                CHECK(std::abs(at.y - unit.y) <= tolerance);
            }
        }
        CHECK(seen.size() == place.points.size());
    }
}

TEST_CASE("a joined feature keeps what its points share, has no id and lies among them") {
    PointTableBuilder builder({"name", "kind", "score"});
    const TileId tile{10, 508, 335};
    const auto add = [&](double x, double y, const std::string& name, const std::string& kind) {
        builder.point(at_units(tile, x + 0.5, y + 0.5), 1, 0);
        builder.text(name);
        builder.text_or_null(kind);
        builder.value(Value());
    };
    add(32, 32, "a", "robbery"); // three in the square from 32 to 48, one in the next
    add(47, 47, "b", "robbery");
    add(41, 35, "c", "robbery");
    add(48, 47, "d", "");
    const auto table = std::move(builder).finish();
    const auto layer =
        read_tile(PointEncoder().encode("x", table, table.find(tile, 64), tile)).at(0);
    REQUIRE(layer.features.size() == 2);
    const auto& joined = layer.features.at(0);
    CHECK_FALSE(joined.id.has_value());
    CHECK(joined.rings.at(0) == TileRing{{40, 38}});
    const std::map<std::string, MvtValue> shared{{"kind", "robbery"},
                                                 {"point_count", std::int64_t{3}}};
    CHECK(joined.properties == shared);
    const auto& alone = layer.features.at(1);
    CHECK(alone.id == 1U);
    const std::map<std::string, MvtValue> own{{"name", "d"}, {"point_count", std::int64_t{1}}};
    CHECK(alone.properties == own);
    CHECK(layer.keys == std::vector<std::string>{"kind", "point_count", "name"});
}

TEST_CASE("neighbouring tiles show the same features where their buffers overlap") {
    const auto place = town(4000, 13);
    std::size_t seen = 0;
    for (const int zoom : {9, 12, 13, 14}) {
        const auto left = tile_at({-1.14, 52.63}, zoom);
        const TileId right{zoom, left.x + 1, left.y};
        std::multiset<std::tuple<int, int, std::int64_t>> seen_left;
        std::multiset<std::tuple<int, int, std::int64_t>> seen_right;
        for (const auto& feature : decode(place, left).features) {
            const auto at = feature.rings.at(0).at(0);
            if (at.x >= tile_extent - tile_buffer) {
                seen_left.insert({at.x, at.y, count_of(feature)});
            }
        }
        for (const auto& feature : decode(place, right).features) {
            const auto at = feature.rings.at(0).at(0);
            if (at.x < tile_buffer) {
                seen_right.insert({at.x + tile_extent, at.y, count_of(feature)});
            }
        }
        CAPTURE(zoom);
        CHECK(seen_left == seen_right);
        seen += seen_left.size();
    }
    CHECK(seen > 20);
}

TEST_CASE("the points of a tile and its buffer are those that a look at each finds") {
    const auto place = town(2000, 14);
    std::mt19937 random(15);
    for (int i = 0; i < 300; ++i) {
        const int zoom = static_cast<int>(random() % 23);
        const auto tile = tile_at(place.points[random() % place.points.size()], zoom);
        const double size = std::ldexp(1.0, 32 - zoom);
        const double margin = size / 64;
        std::vector<std::uint32_t> expected;
        for (std::uint32_t p = 0; p < place.table.size(); ++p) {
            const auto& at = place.table.place(p);
            const double x = at.x - tile.x * size;
            const double y = at.y - tile.y * size;
            if (x >= -margin && x < size + margin && y >= -margin && y < size + margin) {
                expected.push_back(p);
            }
        }
        REQUIRE(place.table.find(tile, tile_buffer) == expected);
    }
}

TEST_CASE("a table of many values gives each its own, and equal ones once") {
    PointTableBuilder builder({"n"});
    constexpr int count = 5000;
    for (int i = 0; i < count; ++i) {
        builder.point({-1.1, 52.6}, 1, 0);
        builder.value(std::int64_t{i / 2});
    }
    const auto table = std::move(builder).finish();
    CHECK(table.code_count() == count / 2 + 1);
    const auto tile = tile_at({-1.1, 52.6}, 14);
    const auto layer =
        read_tile(PointEncoder().encode("x", table, table.find(tile, 64), tile)).at(0);
    REQUIRE(layer.features.size() == count);
    CHECK(layer.values.size() == count / 2 + 1); // and the point_count 1, which is one of them
    for (int i = 0; i < count; ++i) {
        const auto& properties = layer.features[static_cast<std::size_t>(i)].properties;
        REQUIRE(std::get<std::int64_t>(properties.at("n")) == i / 2);
    }
}

TEST_CASE("texts of a table are UTF-8 whatever came in, and long ones are whole") {
    PointTableBuilder builder({"t"});
    const std::vector<std::string> texts{
        "plain", "caf\xc3\xa9", "caf\xe9", std::string(300, 'x'), std::string(20000, 'y'), ""};
    for (const auto& text : texts) {
        builder.point({-1.1, 52.6}, 1, 0);
        builder.text(text);
    }
    const auto table = std::move(builder).finish();
    const auto tile = tile_at({-1.1, 52.6}, 14);
    const auto layer =
        read_tile(PointEncoder().encode("x", table, table.find(tile, 64), tile)).at(0);
    REQUIRE(layer.features.size() == texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto expected = i == 2 ? "caf\xef\xbf\xbd" : texts[i];
        CHECK(std::get<std::string>(layer.features[i].properties.at("t")) == expected);
    }
}

TEST_CASE("points at the corners of the world have a place in it") {
    CHECK(to_world({-180, 90}) == WorldPoint{0, 0});
    CHECK(to_world({180, -90}) == WorldPoint{0xffffffff, 0xffffffff});
    CHECK(to_world({0, 0}) == WorldPoint{0x80000000, 0x80000000});
    CHECK(morton({0b101, 0b011}) == 0b011011);
    CHECK(PointTable().find({0, 0, 0}, 64).empty());
}

TEST_CASE("a search that gives up has looked at one point more than it may") {
    const auto place = town(3000, 11);
    for (const int zoom : {0, 9, 13}) {
        const auto tile = tile_at(place.points[0], zoom);
        const auto all = place.table.find(tile, tile_buffer);
        REQUIRE(all.size() > 2);
        for (const std::size_t most :
             {std::size_t{0}, all.size() / 2, all.size() - 1, all.size()}) {
            CAPTURE(zoom, most, all.size());
            const auto some = place.table.find(tile, tile_buffer, most);
            REQUIRE(some.size() == std::min(all.size(), most + 1));
            CHECK(std::equal(some.begin(), some.end(), all.begin()));
        }
    }
}
