// Map styles and glyphs; MapLibre's own validator judges them in tests/e2e/documents.test.mjs.
#include "service/map_style.hpp"
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <array>
#include <set>
#include <string>

using namespace hotspots;
using nlohmann::json;
using tests::Service;
using tests::three_clusters;

TEST_CASE("Every style draws what its sources hold, and names fonts that are served", "[styles]") {
    const Service service(three_clusters().build());
    const auto list = service.json("/styles");
    CHECK(list.at("default") == "everything");
    CHECK(list.at("styles").size() == 8);
    for (const auto& entry : list.at("styles")) {
        const auto style = service.json(entry.at("links")[0].at("href").get<std::string>());
        CAPTURE(entry.at("id"));
        CHECK(style.at("version") == 8);
        CHECK(style.at("glyphs") == "/fonts/{fontstack}/{range}.pbf");
        CHECK_FALSE(style.contains("sprite"));
        const auto& sources = style.at("sources");
        CHECK(sources.size() == (entry.at("id") == "everything" ? 7U : 1U));
        std::set<std::string> ids;
        std::set<std::string> drawn;
        for (const auto& layer : style.at("layers")) {
            CHECK(ids.insert(layer.at("id")).second);
            if (layer.at("type") == "background") {
                continue;
            }
            drawn.insert(layer.at("source"));
            CHECK(layer.at("source-layer") == layer.at("source"));
            if (layer.contains("layout") && layer.at("layout").contains("text-font")) {
                const std::string font = layer.at("layout").at("text-font")[0];
                CHECK(std::ranges::find(service::font_stacks, font) != service::font_stacks.end());
            }
        }
        CHECK(drawn.size() == sources.size());
        for (const auto& [name, source] : sources.items()) {
            CHECK(drawn.contains(name));
            CHECK(
                service.json(source.at("url").get<std::string>()).at("vector_layers")[0].at("id") ==
                name);
        }
    }
}

TEST_CASE("A style's parameters go on to its tiles; what they do not take is refused", "[styles]") {
    const Service service(three_clusters().build());
    const auto style = service.json("/styles/hotspots.json?bandwidth=400&group=robbery");
    CHECK(style.at("sources").at("hotspots").at("url") ==
          "/tiles/hotspots.json?bandwidth=400&group=robbery");
    const auto whole = service.json("/styles/everything.json?group=robbery");
    CHECK(whole.at("sources").at("cells").at("url") == "/tiles/cells.json?group=robbery");
    CHECK(whole.at("sources").at("gazetteer").at("url") == "/tiles/gazetteer.json");
    CHECK(service.problem("/styles/everything.json?bandwidth=400").at("parameter") == "bandwidth");
    CHECK(service.problem("/styles/hotspots.json?bandwidth=1").at("parameter") == "bandwidth");
    CHECK(service.problem("/styles/streets.json", 404).at("title") == "Not found");
}

TEST_CASE("Glyphs come from the embedded files, and a range without any is empty", "[styles]") {
    Service service(three_clusters().build());
    static constexpr std::array<embedded::File, 1> files{
        {{"fonts/noto-sans-bold/0-255.pbf", "glyphs"}}};
    service.context.web = files;
    const auto there = service.get("/fonts/Noto%20Sans%20Bold/0-255.pbf");
    CHECK(there.status == 200);
    CHECK(there.body_view() == "glyphs");
    CHECK(there.content_type == "application/x-protobuf");
    CHECK(tests::header_of(there, "cache-control") == "public, max-age=86400");
    const auto first_known = service.get("/fonts/Arial,Noto%20Sans%20Bold/0-255.pbf");
    CHECK(first_known.body_view() == "glyphs");
    // One stack with a name and a range, and no glyph.
    const auto empty = service.get("/fonts/Noto%20Sans%20Bold/1024-1279.pbf");
    CHECK(empty.status == 200);
    CHECK(empty.body_view() == std::string("\x0a\x1b\x0a\x0eNoto Sans Bold\x12\x09") + "1024-1279");
    for (const std::string range : {"0-256", "1-256", "65536-65791", "x", "0", "-256--1"}) {
        CHECK(service.get("/fonts/Noto%20Sans%20Bold/" + range + ".pbf").status == 404);
    }
    CHECK(service.problem("/fonts/Arial/0-255.pbf", 404).at("title") == "Not found");
    CHECK(service.problem("/fonts/Noto%20Sans%20Bold/0-255.pbf?f=json").at("parameter") == "f");
}
