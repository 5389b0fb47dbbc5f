// What a bad filter is answered with: what was found, what was expected, and where.
#include "tests/service/filter/parsing.hpp"

using namespace hotspots;
using namespace hotspots::service::filter;
using tests::error_of;

TEST_CASE("A text that is no filter is said where it stops being one", "[filter]") {
    struct Case {
        std::string text;
        std::size_t position;
        const char* says;
    };
    const Case cases[]{
        {"", 0, "expected a property, a value or a condition, found the end of the filter"},
        {"a =", 3, "found the end of the filter"},
        {"a == 1", 3, "expected a property, a value or a condition, found '='"},
        {"a = 1 b = 2", 6, "expected AND, OR, an operator or the end of the filter, found 'b'"},
        {"a = 'x", 4, "a text whose closing ' is missing"},
        {"\"a = 1", 0, "a name whose closing \" is missing"},
        {"a ! 1", 2, "found '!', which CQL2 has not"},
        {"a = 12x", 4, "a number that runs into a letter"},
        {"a = 1e999", 4, "a number beyond"},
        {"(a = 1", 6, "expected ')' or an operator, found the end"},
        {"a BETWEEN 1 OR 2", 12, "expected AND, found 'OR'"},
        {"a IN 1", 5, "expected '(' and the list, found '1'"},
        {"a IS 1", 5, "expected NULL, found '1'"},
        {"NOT NOT a = 1", 4, "found 'NOT'"},
        {"avg(a) < 4", 0, "found 'avg'"},
        {"casei(a, b) = 'x'", 7, "expected ')', found ','"},
        {"S_WITHIN(g)", 10, "expected ',' and the second argument, found ')'"},
        {"S_WITHIN(g, POINT(1))", 19, "expected a coordinate"},
        {"S_WITHIN(g, POINT(1 2 3 4))", 24, "expected ')', found '4'"},
        {"S_WITHIN(g, BBOX(1,2,3))", 16, "four numbers, or six with heights; found 3"},
        {"S_WITHIN(g, GEOMETRYCOLLECTION(GEOMETRYCOLLECTION(POINT(1 2))))", 31, "MULTIPOLYGON"},
        {"a > DATE('2025-13-01')", 9, "expected a day such as '2025-07-01', found ''2025-13-01''"},
        {"a > TIMESTAMP('2025-01-01')", 14, "expected a UTC time"},
        {"a > TIMESTAMP('2025-01-01T24:00:00Z')", 14, "expected a UTC time"},
        {"T_DURING(a, INTERVAL('x','..'))", 21, "'..' or a property, found ''x''"},
        {"a = (1, 2)", 6, "lists stand after IN"},
        {"\xff = 1", 0, "expected UTF-8"},
        {"a = '\xc3'", 5, "expected UTF-8"}};
    for (const auto& item : cases) {
        CAPTURE(item.text);
        const auto [what, position] = error_of([&] { parse_text(item.text); });
        CHECK_THAT(what, Catch::Contains(item.says));
        CHECK(position == item.position);
    }
}

TEST_CASE("Filters that nest or repeat without end are refused in time", "[filter]") {
    const auto repeated = [](std::string_view part, std::size_t times) {
        std::string text;
        for (std::size_t i = 0; i < times; ++i) {
            text.append(part);
        }
        return text;
    };
    for (const std::string_view part :
         {"(", "casei(", "NOT (", "A_EQUALS((", "((,", "S_WITHIN(g,", "a + (", "-("}) {
        CAPTURE(part);
        CHECK_THROWS_AS(parse_text(repeated(part, 60'000 / part.size())), FilterError);
    }
    const auto [levels, at] = error_of([&] { parse_text(repeated("(", 60'000)); });
    CHECK_THAT(levels, Catch::Contains("more than 90 levels"));
    CHECK(at == 90);
    const auto chain = "a" + repeated(" + a", 10'000) + " = 1";
    CHECK_THAT(error_of([&] { parse_text(chain); }).first, Catch::Contains("more than 500"));
    const auto sum = "a" + repeated(" + a", 40) + " = 1";
    CHECK_THAT(error_of([&] { parse_text(sum); }).first, Catch::Contains("more than 40 levels"));
    const auto terms = "a = 1" + repeated(" AND a = 1", 6'000);
    CHECK_THAT(error_of([&] { parse_text(terms); }).first, Catch::Contains("more than 500"));
    CHECK_THAT(error_of([&] { parse_text(repeated(" ", 70'000)); }).first,
               Catch::Contains("more than 65536 bytes"));
    CHECK_THAT(error_of([&] { parse_json_filter(repeated("[", 60'000)); }).first,
               Catch::Contains("levels deep"));
    const auto nested = repeated(R"({"op":"not","args":[)", 70) + "true" + repeated("]}", 70);
    CHECK_THAT(error_of([&] { parse_json_filter(nested); }).first,
               Catch::Contains("more than 40 levels"));
    // A long list is no deep one.
    CHECK(parse_text("a IN (1" + repeated(",1", 20'000) + ")").arguments.size() == 2);
}

TEST_CASE("The deepest filter that either encoding takes can be written in both", "[filter]") {
    std::string json = "true";
    for (int i = 0; i < 12; ++i) {
        json = R"({"op":"=","args":[{"op":"in","args":[{"op":"not","args":[)" + json +
               "]},[true]]},true]}";
    }
    const auto filter = parse_json_filter(json);
    CHECK(parse_text(write_text(filter)) == filter);
    std::string text = "a";
    for (int i = 0; i < 38; ++i) {
        text = "casei(" + text + ")";
    }
    const auto folded = parse_text(text + " = 'x'");
    CHECK(parse_text(write_text(folded)) == folded);
}

TEST_CASE("A place has a line, a column in characters, and a caret under it", "[filter]") {
    const auto place = place_of("a = 1 b", 6);
    CHECK(place.line == 1);
    CHECK(place.column == 7);
    CHECK(place.excerpt == "a = 1 b\n      ^");
    const auto second = place_of("a = 'ä'\nAND ß ! 1", 16);
    CHECK(second.line == 2);
    CHECK(second.column == 7);
    CHECK(second.excerpt == "AND ß ! 1\n      ^");
    CHECK(place_of("", 0).excerpt == "\n^");
    CHECK(place_of("a", 99).excerpt == "a\n ^");
    const auto cut = place_of(std::string(100, 'x') + "!" + std::string(100, 'y'), 100);
    CHECK(cut.excerpt == "…" + std::string(48, 'x') + "!" + std::string(23, 'y') + "…\n" +
                             std::string(49, ' ') + "^");
    CHECK_NOTHROW(place_of("\xff\xff\x80\n\x80", 3));
}

TEST_CASE("Unknown properties are answered with those that there are", "[filter]") {
    const tests::Feature feature{{{"name", Type::text, Value()}, {"size", Type::number, Value()}}};
    const auto [what, position] = error_of([&] { feature.matches("size > 1 AND nme = 'x'"); });
    CHECK(what == "there is no property 'nme'; there are name, size");
    CHECK(position == 13);
    CHECK_THAT(error_of([&] { feature.matches("Name = 'x'"); }).first,
               Catch::Contains("no property 'Name'"));
}

TEST_CASE("Operands whose types do not go together are named", "[filter]") {
    const tests::Feature feature{{{"name", Type::text, Value()},
                                  {"size", Type::number, Value()},
                                  {"ok", Type::boolean, Value()},
                                  {"when", Type::time, Value()},
                                  {"tags", Type::list, Value()},
                                  {"geometry", Type::geometry, Value()}}};
    struct Case {
        std::string text;
        std::size_t position;
        const char* says;
    };
    const Case cases[]{
        {"name = 5", 7, "is a number; it is compared with text"},
        {"size = 'x'", 7, "is text; it is compared with a number"},
        {"size > ok", 7, "'ok' is true or false; it is compared with a number"},
        {"size LIKE 'x'", 0, "'size' is a number; LIKE compares text with a pattern"},
        {"name BETWEEN 1 AND 2", 13, "is a number; it is compared with text"},
        {"name BETWEEN 'a' AND 'b'", 0, "BETWEEN compares numbers or times"},
        {"size IN (1, 'x')", 12, "is text; it is compared with a number"},
        {"when > 'soon'", 7, "expected a time such as DATE"},
        {"when > 5", 7, "is a number; it is compared with a time"},
        {"geometry = 'x'", 0, "is a geometry; compare it with S_..."},
        {"tags = 'x'", 0, "is a list; compare it with A_..."},
        {"INTERVAL(when, '..') = when", 0, "is an interval; compare it with T_..."},
        {"S_WITHIN(name, POINT(1 2))", 9, "'name' is text; S_... compare geometries"},
        {"T_AFTER(size, when)", 8, "'size' is a number; T_... compare times and intervals"},
        {"T_DURING(when, INTERVAL('2020-01-01','..'))", 9, "write INTERVAL(begin, end)"},
        {"T_AFTER(when, INTERVAL(name, '..'))", 23, "'name' is text; an interval is from"},
        {"T_AFTER(when, INTERVAL('2021-01-01', '2020-01-01'))", 14, "ends before it begins"},
        {"A_CONTAINS(name, ('x'))", 11, "'name' is text; A_... compare lists"},
        {"size + 'x' = 1", 7, "is text; arithmetic takes numbers"},
        {"CASEI(size) = 'x'", 6, "'size' is a number; CASEI takes text"},
        {"ACCENTI(name) = 'x'", 0, "ACCENTI is not offered here"},
        {"size AND ok", 0, "'size' is a number; AND joins conditions"},
        {"NOT name", 4, "'name' is text; NOT takes conditions"},
        {"size", 0, "the filter is a number; it must be a condition"},
        {"S_WITHIN(geometry, POLYGON((0 0, 1 1, 0 1, 1 0, 0 0)))", 19, "Self-intersection"},
        {"S_WITHIN(geometry, POLYGON((0 0, 1 1, 0 1)))", 19, "at least 4"},
        {"S_WITHIN(geometry, LINESTRING(0 0))", 19, "at least 2"},
        {"S_WITHIN(geometry, POINT(1 91))", 19, "latitude (-90 to 90)"}};
    for (const auto& item : cases) {
        CAPTURE(item.text);
        const auto [what, position] = error_of([&] { feature.matches(item.text); });
        CHECK_THAT(what, Catch::Contains(item.says));
        CHECK(position == item.position);
    }
}
