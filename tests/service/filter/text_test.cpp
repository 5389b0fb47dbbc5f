// CQL2 text: the grammar of OGC 21-065r2, Annex B, and the canonical spelling.
#include "service/filter/like_pattern.hpp"
#include "tests/service/filter/parsing.hpp"

#include <random>

using namespace hotspots;
using namespace hotspots::service::filter;
using tests::rewritten;

TEST_CASE("Filters have one spelling, whatever case, space and parentheses they came with",
          "[filter]") {
    const std::pair<std::string_view, std::string_view> cases[]{
        {"a=1", "a = 1"},
        {" a\n<>\t'x' ", "a <> 'x'"},
        {"((a)) >= (((2)))", "a >= 2"},
        {"a < .5 and b > 5. or not c <= 1E3", "(a < 0.5 AND b > 5) OR NOT c <= 1000"},
        {"NOT (a = 1 AND b = 2)", "NOT (a = 1 AND b = 2)"},
        {"a = 1 AND (b = 2 AND c = 3)", "a = 1 AND (b = 2 AND c = 3)"},
        {"a not like 'x%'", "NOT a LIKE 'x%'"},
        {"a NOT between -1 and +2", "NOT a BETWEEN -1 AND 2"},
        {"a NOT IN (1,2,3)", "NOT a IN (1, 2, 3)"},
        {"a IS not NULL", "NOT a IS NULL"},
        {"casei(a) LIKE CaseI('%x%')", "CASEI(a) LIKE CASEI('%x%')"},
        {"\"date\" = date('2025-07-01')", "\"date\" = DATE('2025-07-01')"},
        {"date = timestamp('2025-07-01T22:15:00.500Z')",
         "\"date\" = TIMESTAMP('2025-07-01T22:15:00.5Z')"},
        {"\"a b\" = true", "\"a b\" = TRUE"},
        {"eo:cloud_cover.x < 1", "eo:cloud_cover.x < 1"},
        {"Οδος = 'Straße'", "Οδος = 'Straße'"},
        {"(a - 1) - 2 = a - (1 - 2)", "a - 1 - 2 = a - (1 - 2)"},
        {"a * (b + 2) ^ 2 > 10 div 3 % 2", "a * (b + 2) ^ 2 > 10 DIV 3 % 2"},
        {"-a * 2 = -3", "-1 * a * 2 = -3"},
        {"balance-150.0 > 0", "balance - 150 > 0"},
        {"S_Intersects(g, point(-1.5 52))", "S_INTERSECTS(g, POINT (-1.5 52))"},
        {"S_WITHIN(g,BBOX(1,2,3,4))", "S_WITHIN(g, BBOX(1, 2, 3, 4))"},
        {"S_WITHIN(g,BBOX(1,2,0,3,4,9))", "S_WITHIN(g, BBOX(1, 2, 0, 3, 4, 9))"},
        {"t_finishedby(interval(a,'..'),interval('2020-01-01','2021-01-01T00:00:00Z'))",
         "T_FINISHEDBY(INTERVAL(a, '..'), INTERVAL('2020-01-01', '2021-01-01T00:00:00Z'))"},
        {"A_CONTAINS(tags, ('a','b'))", "A_CONTAINS(tags, ('a', 'b'))"},
        {"A_EQUALS(('a', TRUE, (1, 2), ()), tags)", "A_EQUALS(('a', TRUE, (1, 2), ()), tags)"},
        {"A_EQUALS(((1 + 2) * 3, x), tags)", "A_EQUALS(((1 + 2) * 3, x), tags)"}};
    for (const auto& [text, expected] : cases) {
        CAPTURE(text);
        CHECK(rewritten(text) == expected);
    }
}

TEST_CASE("Geometries are written as WKT, with Z where they have heights", "[filter]") {
    const std::pair<std::string_view, std::string_view> cases[]{
        {"POINT Z(1 2 3)", "POINT Z (1 2 3)"},
        {"POINT(1 2 3)", "POINT Z (1 2 3)"},
        {"POINT Z(1 2)", "POINT (1 2)"},
        {"LINESTRING(0 0,1 1,2 0)", "LINESTRING (0 0, 1 1, 2 0)"},
        {"POLYGON((0 0,4 0,4 4,0 0),(1 1,2 1,2 2,1 1))",
         "POLYGON ((0 0, 4 0, 4 4, 0 0), (1 1, 2 1, 2 2, 1 1))"},
        {"MULTIPOINT((1 2),(3 4))", "MULTIPOINT ((1 2), (3 4))"},
        {"MULTIPOINT(1 2,3 4)", "MULTIPOINT ((1 2), (3 4))"},
        {"MULTILINESTRING((0 0,1 1),(2 2,3 3))", "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))"},
        {"MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))",
         "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))"},
        {"GEOMETRYCOLLECTION(POINT(1 2),LINESTRING Z(0 0 1,1 1 1))",
         "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING Z (0 0 1, 1 1 1))"}};
    for (const auto& [text, expected] : cases) {
        CAPTURE(text);
        CHECK(rewritten("S_EQUALS(g," + std::string(text) + ")") ==
              "S_EQUALS(g, " + std::string(expected) + ")");
    }
}

TEST_CASE("Both ways to write a quotation mark, and the escapes, read as the standard says",
          "[filter]") {
    const auto text_of = [](std::string_view filter) {
        return std::get<std::string>(parse_text(filter).arguments.at(1).literal);
    };
    CHECK(text_of("a = 'Via dell''Avvento'") == "Via dell'Avvento");
    CHECK(text_of(R"(a = 'Via dell\'Avvento')") == "Via dell'Avvento");
    CHECK(text_of(R"(a = '\a\b\t\n\v\f\r')") == "\a\b\t\n\v\f\r");
    CHECK(text_of(R"(a = '100\% \_')") == R"(100\% \_)"); // LIKE's to read
    CHECK(text_of(R"(a = 'C:\\dir')") == R"(C:\dir)");
    CHECK(text_of("a = ''").empty());
    for (const std::string_view text :
         {"a = 'it''s'", R"(a = '\n\\\'')", "a = '\x01\x7f'", "\"quo\"\"te\" = 1"}) {
        rewritten(text);
    }
}

TEST_CASE("Keywords that only functions have can name properties; others need quotes", "[filter]") {
    CHECK(rewritten("point = 1 AND interval = 2 AND casei = 3") ==
          "point = 1 AND \"interval\" = 2 AND casei = 3");
    CHECK(rewritten("\"and\" = 1 OR \"null\" IS NULL") == "\"and\" = 1 OR \"null\" IS NULL");
    for (const std::string_view text : {"and = 1", "not = 1", "null = 1", "a = null", "like"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(parse_text(text), FilterError);
    }
}

TEST_CASE("A pattern's wildcards stand for characters, not bytes", "[filter]") {
    const auto like = [](std::string_view text, std::string_view pattern) {
        return LikePattern(pattern).matches(text);
    };
    CHECK(like("Bern", "B_rn"));
    CHECK(like("Bärn", "B_rn"));
    CHECK_FALSE(like("Brn", "B_rn"));
    CHECK(like("", "%"));
    CHECK(like("", ""));
    CHECK_FALSE(like("x", ""));
    CHECK(like("aXbXc", "%X%c"));
    CHECK_FALSE(like("aXbXc", "%X%d"));
    CHECK(like("50 %", R"(50 \%)"));
    CHECK_FALSE(like("50 x", R"(50 \%)"));
    CHECK(like("a_b", R"(a\_b)"));
    CHECK_FALSE(like("axb", R"(a\_b)"));
    CHECK(like(R"(a\b)", R"(a\\b)"));
    CHECK(like("København", "K_benhavn"));
    CHECK(like("mississippi", "%iss%ip_i"));
    CHECK_FALSE(like("Abc", "abc"));
    // Without recursion, and in product time.
    CHECK_FALSE(like(std::string(2000, 'a'), "%a%a%a%a%a%a%a%a%b"));
}

TEST_CASE("Random patterns match as a recursive matcher says", "[filter]") {
    struct Oracle {
        static bool matches(std::string_view text, std::string_view pattern) {
            if (pattern.empty()) {
                return text.empty();
            }
            if (pattern[0] == '%') {
                return matches(text, pattern.substr(1)) ||
                       (!text.empty() && matches(text.substr(1), pattern));
            }
            return !text.empty() && (pattern[0] == '_' || pattern[0] == text[0]) &&
                   matches(text.substr(1), pattern.substr(1));
        }
    };
    std::mt19937_64 random(5);
    const auto letters = [&](std::string_view alphabet, std::size_t most) {
        std::string text(random() % (most + 1), ' ');
        for (auto& c : text) {
            c = alphabet[random() % alphabet.size()];
        }
        return text;
    };
    int matched = 0;
    for (int i = 0; i < 5000; ++i) {
        const auto text = letters("ab", 8);
        const auto pattern = letters("ab%_", 6);
        CAPTURE(text, pattern);
        const bool expected = Oracle::matches(text, pattern);
        CHECK(LikePattern(pattern).matches(text) == expected);
        matched += expected ? 1 : 0;
    }
    CHECK(matched > 500);
}
