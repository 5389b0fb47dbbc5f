// CQL2 JSON: the schema of OGC 21-065r2, Annex C, means what the text encoding of it means.
#include "tests/service/filter/parsing.hpp"

using namespace hotspots;
using namespace hotspots::service::filter;

TEST_CASE("Each construct of the JSON schema is its counterpart in text", "[filter]") {
    const std::pair<std::string_view, std::string_view> cases[]{
        {R"({"op":"=","args":[{"property":"a"},"x"]})", "a = 'x'"},
        {R"({"op":"and","args":[{"op":"<>","args":[{"property":"a"},1]},
             {"op":"not","args":[{"op":"isNull","args":[{"property":"b"}]}]},true]})",
         "a <> 1 AND NOT b IS NULL AND TRUE"},
        {R"({"op":"or","args":[{"op":"<","args":[{"property":"a"},1e2]},
             {"op":">=","args":[{"property":"a"},-0.5]}]})",
         "a < 100 OR a >= -0.5"},
        {R"({"op":"like","args":[{"op":"casei","args":[{"property":"a"}]},
             {"op":"casei","args":["%x_"]}]})",
         "CASEI(a) LIKE CASEI('%x_')"},
        {R"({"op":"between","args":[{"property":"a"},100.0,150]})", "a BETWEEN 100 AND 150"},
        {R"({"op":"in","args":[{"property":"a"},["x","y"]]})", "a IN ('x', 'y')"},
        {R"({"op":">=","args":[{"property":"a"},{"date":"1970-01-01"}]})",
         "a >= DATE('1970-01-01')"},
        {R"({"op":"t_before","args":[{"property":"a"},{"timestamp":"2012-08-10T05:30:00Z"}]})",
         "T_BEFORE(a, TIMESTAMP('2012-08-10T05:30:00Z'))"},
        {R"({"op":"t_finishedBy","args":[{"interval":[{"property":"a"},".."]},
             {"interval":["2005-01-10","2010-02-10T05:29:20Z"]}]})",
         "T_FINISHEDBY(INTERVAL(a, '..'), INTERVAL('2005-01-10', '2010-02-10T05:29:20Z'))"},
        {R"({"op":"s_intersects","args":[{"property":"g"},{"bbox":[160.6,-55.95,-170,-25.89]}]})",
         "S_INTERSECTS(g, BBOX(160.6, -55.95, -170, -25.89))"},
        {R"({"op":"s_within","args":[{"type":"Point","coordinates":[1,2,3]},{"property":"g"}]})",
         "S_WITHIN(POINT Z (1 2 3), g)"},
        {R"({"op":"s_equals","args":[{"property":"g"},{"type":"GeometryCollection","geometries":[
             {"type":"MultiPoint","coordinates":[[1,2],[3,4]]},
             {"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}]}]})",
         "S_EQUALS(g, GEOMETRYCOLLECTION (MULTIPOINT ((1 2), (3 4)), "
         "POLYGON ((0 0, 1 0, 1 1, 0 0))))"},
        {R"({"op":"a_contains","args":[{"property":"a"},["x",1,[true]]]})",
         "A_CONTAINS(a, ('x', 1, (TRUE)))"},
        {R"({"op":">","args":[{"property":"a"},
             {"op":"-","args":[{"op":"^","args":[{"property":"b"},2]},1]}]})",
         "a > b ^ 2 - 1"},
        {R"({"op":"=","args":[{"op":"div","args":[{"property":"a"},2]},0]})", "a DIV 2 = 0"},
        {"false", "FALSE"}};
    for (const auto& [json, text] : cases) {
        CAPTURE(json);
        const auto filter = parse_json_filter(json);
        CHECK(write_text(filter) == text);
        CHECK(parse_text(text) == filter);
        CHECK(parse_json_filter(write_json(filter)) == filter);
    }
}

TEST_CASE("Texts of JSON keep every character", "[filter]") {
    const auto text_of = [](const std::string& json) {
        return std::get<std::string>(
            parse_json_filter(R"({"op":"=","args":[{"property":"a"},)" + json + "]}")
                .arguments.at(1)
                .literal);
    };
    CHECK(text_of(R"("\"\\\/\b\f\n\r\t")") == "\"\\/\b\f\n\r\t");
    CHECK(text_of(R"("\u00e9\u20AC\ud83d\ude00")") == "é€😀");
    CHECK(text_of("\"Οδος\"") == "Οδος");
    const auto nul = text_of(R"("a\u0000b")");
    CHECK(nul == std::string("a\0b", 3));
    const auto filter =
        parse_json_filter(R"({"op":"=","args":[{"property":"a\"\n"},"\u0000'\\"]})");
    CHECK(parse_text(write_text(filter)) == filter);
    CHECK(parse_json_filter(write_json(filter)) == filter);
}

TEST_CASE("What is no CQL2 JSON is said where it stands", "[filter]") {
    struct Case {
        std::string json;
        std::size_t position;
        const char* says;
    };
    const Case cases[]{
        {"", 0, "expected a JSON value, found the end"},
        {"{", 1, "expected a member's name"},
        {R"({"op":"=","args":[1,2]} x)", 24, "expected the end of the JSON text, found 'x'"},
        {R"({"op":"like"})", 0, "expected a list 'args' of 'like'"},
        {R"({"op":"avg","args":[1]})", 6, "found 'avg'"},
        {R"({"op":"=","args":[1]})", 17, "expected 2 arguments of '=', found 1"},
        {R"({"op":"and","args":[true]})", 19, "expected 2 or more arguments of 'and'"},
        {R"({"op":"=","args":[{"property":"a"},null]})", 35, "use the operator isNull"},
        {R"({"op":"=","args":[{"property":"a"},{"date":"2025-02-30"}]})", 43, "found '2025-02-30'"},
        {R"({"op":"=","args":[{"property":"a"},{"timestamp":"2025-02-03"}]})", 48, "UTC time"},
        {R"({"op":"=","args":[{"property":"a"},{"colour":"red"}]})", 35, "a member op, property"},
        {R"({"op":"=","args":[{"property":"a","property":"b"},1]})", 34, "found a second one"},
        {R"({"op":"=","args":[{"property":""},1]})", 30, "found an empty one"},
        {R"({"op":"in","args":[{"property":"a"},"x"]})", 36, "a list of at least one value"},
        {R"({"op":"=","args":[{"property":"a"},["x"]]})", 35, "lists stand in 'in'"},
        {R"({"op":"s_within","args":[{"property":"g"},{"type":"Circle","coordinates":[1,2]}]})", 50,
         "Point, LineString"},
        {R"({"op":"s_within","args":[{"property":"g"},{"type":"Point","coordinates":[1]}]})", 72,
         "two or three numbers"},
        {R"({"op":"s_within","args":[{"property":"g"},{"bbox":[1,2,3]}]})", 50, "four or six"},
        {R"({"op":"=","args":[1,"\ud800"]})", 21, "half of one"},
        {R"({"op":"=","args":[1,01]})", 20, "a JSON value"},
        {"{\"op\":\"=\",\"args\":[1,\"\x01\"]}", 21, "control character"},
        {"[1]", 0, "found a list"}};
    for (const auto& item : cases) {
        CAPTURE(item.json);
        const auto [what, position] = tests::error_of([&] { parse_json_filter(item.json); });
        CHECK_THAT(what, Catch::Contains(item.says));
        CHECK(position == item.position);
    }
}
