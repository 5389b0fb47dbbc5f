// GeoJSON as RFC 7946 has it, features a line each, and text sequences (RFC 8142).
#include "data/errors.hpp"
#include "data/ingest/geojson_reader.hpp"
#include "data/ingest/import.hpp"
#include "data/ingest/mapping.hpp"
#include "data/ingest/record_reader.hpp"
#include "tests/catch.hpp"
#include "tests/data/ingest/csv_text.hpp"
#include "tests/data/ingest/files.hpp"

using namespace hotspots::data;
using Catch::Contains;
using hotspots::tests::bytes_of;

namespace {

std::string feature(const std::string& properties, const std::string& geometry = "null") {
    return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":)" + geometry + "}";
}

std::string collection(const std::string& features, const std::string& members = "") {
    return R"({"type":"FeatureCollection",)" + members + "\n\"features\":[\n" + features + "\n]}\n";
}

std::string point(const std::string& coordinates) {
    return R"({"type":"Point","coordinates":)" + coordinates + "}";
}

struct Table {
    std::vector<std::string> names;
    std::vector<hotspots::tests::Row> rows;
    std::vector<std::string> faults; // reasons
};

Table read(const std::string& text, std::size_t block = 65536) {
    GeoJsonReader reader([&] { return bytes_of(text, block); }, "a.geojson");
    Table table{reader.names(), {}, {}};
    CsvRow row;
    while (reader.next(row)) {
        if (row.fault) {
            table.faults.push_back(row.fault->field + ": " + row.fault->reason);
        } else {
            table.rows.push_back({row.line, {row.fields.begin(), row.fields.end()}});
        }
    }
    return table;
}

std::vector<ParsedRow> records(const std::string& text) {
    RecordReader reader([&] { return bytes_of(text); }, "a.geojson", {});
    std::vector<ParsedRow> rows;
    while (auto row = reader.next()) {
        rows.push_back(std::move(*row));
    }
    return rows;
}

const std::string two =
    feature(R"("incident_id":"A1","occurred_from":"2025-03-01","offence_code":4.10,"age":7)",
            point("[-1.1300, 52.63, 99]")) +
    ",\n" + feature(R"("incident_id":"A2","occurred_from":"2025-03","new":true,"age":null)");

} // namespace

TEST_CASE("properties are columns, a point is longitude and latitude, numbers keep their text") {
    const Table expected{
        {"incident_id", "occurred_from", "offence_code", "age", "new", "longitude", "latitude"},
        {{3, {"A1", "2025-03-01", "4.10", "7", "", "-1.1300", "52.63"}},
         {4, {"A2", "2025-03", "", "", "true", "", ""}}},
        {}};
    for (const std::size_t block : {1U, 2U, 7U, 65536U}) {
        const auto found = read(collection(two), block);
        CHECK(found.names == expected.names);
        CHECK(found.rows == expected.rows);
        CHECK(found.faults.empty());
    }
    const auto row = std::get<RawRecord>(records("\xEF\xBB\xBF\n" + collection(two)).at(0));
    CHECK(row.format == "vrn");
    CHECK(row.offence_code == "4.10");
    CHECK(row.given_lon_lat == hotspots::geo::LonLat{-1.13, 52.63});
}

TEST_CASE("features a line each, or as a text sequence, are read as a collection's are") {
    auto lines = two;
    lines.erase(lines.find(",\n"), 1);
    const auto found = read(lines + "\n\n");
    CHECK(found.rows.size() == 2);
    CHECK(found.rows[1].line == 2);
    CHECK(read("\x1E" + lines).rows.size() == 2);
    CHECK(read(lines).rows[0].fields == read(collection(two)).rows[0].fields);
    CHECK_THROWS_WITH(read(lines + "{\"type\":\"Fea"), Contains("a.geojson, line 2"));
}

TEST_CASE("members in any order, escapes and other members do no harm") {
    const auto text = "{\"bbox\":[-2,52,-1,53],\"n\":-1.5e3,\"features\":[" +
                      feature(R"("incident_id":"Gra\u006eby \"St\"","a.b":"\\","feature":1)") +
                      "],\"crs\":{\"type\":\"name\",\"properties\":{\"name\":"
                      "\"urn:ogc:def:crs:OGC:1.3:CRS84\"}},\"x\":{\"type\":\"T\",\"y\":[[1,{}]]},"
                      "\"type\":\"FeatureCollection\"}";
    const auto found = read(text);
    REQUIRE(found.rows.size() == 1);
    CHECK(found.rows[0].fields == std::vector<std::string>{"Granby \"St\"", "\\", "1", "", ""});
}

TEST_CASE("an id of the feature is a column unless a property has its name") {
    const std::string start = R"({"type":"Feature","id":17,"geometry":null,"properties":{)";
    CHECK(read(start + R"("a":1}})").rows[0].fields == std::vector<std::string>{"1", "17", "", ""});
    CHECK(read(start + R"("id":1}})").rows[0].fields == std::vector<std::string>{"1", "", ""});
}

TEST_CASE("a feature that no row can hold is rejected with its line, and its neighbours are read") {
    struct Case {
        std::string feature, reason;
    };
    for (const auto& [bad, reason] : std::vector<Case>{
             {feature("", R"({"type":"LineString","coordinates":[[1,2],[3,4]]})"),
              "geometry: expected a Point"},
             {feature("", R"({"type":"Polygon","coordinates":[[[1,2],[3,4]]]})"),
              "geometry: expected a Point"},
             {feature("", R"({"type":"GeometryCollection","geometries":[]})"),
              "geometry: expected a Point"},
             {feature("", point("[]")), "expected [longitude, latitude]"},
             {feature("", point("[1]")), "expected [longitude, latitude]"},
             {feature("", point("[1,null]")), "expected [longitude, latitude]"},
             {feature("", point("[\"1\",2]")), "expected [longitude, latitude]"},
             {feature("", point("[[1,2]]")), "expected [longitude, latitude]"},
             {feature("", "[1,2]"), "geometry"},
             {feature("", "7"), "geometry: expected an object, or null"},
             {feature(R"("a":{"b":1})"), "a: a nested value"},
             {feature(R"("a":[1])"), "a: a nested value"},
             {feature(R"("a":1,"a":2)"), "a: the property occurs twice"},
             {feature(R"("a":"\u0000")"), "a: a character U+0000"},
             {R"({"type":"Feature","properties":[],"geometry":null})", "properties: a list"},
             {R"({"type":"Feature","geometry":null,"crs":{"a":1}})", "crs: a feature of its own"},
             {R"({"type":"Point","geometry":null})", "type: expected Feature"},
         }) {
        INFO(bad);
        const auto found = read(collection(two + ",\n" + bad + ",\n" + feature("\"age\":1")));
        CHECK(found.rows.size() == 3);
        REQUIRE(found.faults.size() == 1);
        CHECK_THAT(found.faults[0], Contains(reason));
    }
    const auto rows = records(collection(two + ",\n" + feature("\"age\":[]")));
    const auto& reject = std::get<Reject>(rows.at(2));
    CHECK(reject.file == "a.geojson");
    CHECK(reject.line == 5);
    CHECK(reject.field == "age");
}

TEST_CASE("a file that is no GeoJSON of longitude and latitude is refused with its line") {
    struct Case {
        std::string text, reason;
    };
    const std::string grid = R"("crs":{"type":"name","properties":{"name":"EPSG:27700"}},)";
    for (const auto& [text, reason] : std::vector<Case>{
             {"[]", "no object"},
             {"{}", "of type ''"},
             {R"({"type":"Topology","objects":{}})", "of type 'Topology'"},
             {collection(""), "holds no features"},
             {collection(two, grid), "EPSG:27700"},
             {R"({"type":"FeatureCollection","features":7})", "expected ["},
             {R"({"type":"Features","features":[{}]})", "expected FeatureCollection"},
             {collection(two) + "{}", "follows the end"},
             {collection(two + " " + two), "expected ,"},
             {collection(two + ",7"), "expected a feature"},
             {collection(feature("\"a\":NaN")), "not valid JSON"},
             {collection(feature("\"a\":1e999")), "not valid JSON"},
             {collection(feature("", point("[1,Infinity]"))), "not valid JSON"},
             {collection(feature("\"a\":\"\xFF\"")), "not valid JSON"},
             {collection(feature("\"a\":01")), "not valid JSON"},
             {R"({"type":"FeatureCollection","n":1..2,"features":[]})", "no number"},
             {R"({"type":"FeatureCollection","features":[],"features":[]})", "twice"},
             {collection(feature("\"a\":\"" + std::string(2'000'000, 'x') + "\"")), "more than"},
             {std::string(500'000, '['), "no object"},
             {R"({"x":)" + std::string(500'000, '['), "not valid JSON"},
             {collection(feature("\"a\":" + std::string(500'000, '['))), "not valid JSON"},
         }) {
        INFO(text.substr(0, 200));
        CHECK_THROWS_WITH(read(text), Contains("a.geojson") && Contains(reason));
    }
}

TEST_CASE("a collection cut off anywhere is refused") {
    const auto whole = collection(two);
    const auto end = whole.rfind('}');
    for (std::size_t length = 1; length <= end; ++length) {
        INFO(length);
        CHECK_THROWS_AS(read(whole.substr(0, length)), InputError);
    }
}

TEST_CASE("deep nesting in a feature is read without depth of its own") {
    const auto deep = std::string(400'000, '[') + std::string(400'000, ']');
    const auto found = read(collection(two + "," + feature("\"a\":" + deep)));
    CHECK(found.rows.size() == 2);
    CHECK(found.faults.size() == 1);
}

TEST_CASE("a zip may hold GeoJSON beside CSV, and every row is counted") {
    const hotspots::tests::TemporaryFolder folder;
    const auto store = IncidentStore::open(folder.path("store.gpkg"), Access::write);
    const auto zip = folder.write(
        "all.zip",
        hotspots::tests::zip_of({{"a.csv", "incident_id,occurred_from\nC1,2025-03-01\nC2,never\n"},
                                 {"b.GeoJSON", collection(two + "," + feature("\"age\":[]"))},
                                 {"c.json", collection(two)},
                                 {"d.txt", "no"}}));
    const auto result = import_files(*store, {{zip}, ImportFormat::automatic, {}});
    CHECK(result.entry.counts == ImportCounts{7, 3, 0, 2, 2});
    CHECK(result.entry.counts.add_up());
}
