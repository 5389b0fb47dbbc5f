// Oracle: RFC 3629 section 4's table, and the well-formed and ill-formed sequences of Unicode 15,
// tables 3-7 and 3-8.
#include "data/ingest/utf8.hpp"
#include "tests/catch.hpp"

#include <string>

using namespace hotspots::data;

TEST_CASE("well-formed sequences are valid to the edges of their ranges") {
    const auto* text =
        GENERATE("", "plain", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF",
                 "\xEE\x80\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF");
    CHECK_FALSE(first_invalid_utf8(text));
}

TEST_CASE("the first byte that fits no sequence is found") {
    const auto [text, position] = GENERATE(table<std::string, std::size_t>({
        {"\x80", 0},             // a continuation alone
        {"a\xC0\xAF", 1},        // overlong
        {"\xC1\xBF", 0},         // overlong
        {"\xE0\x9F\x80", 0},     // overlong
        {"\xED\xA0\x80", 0},     // a surrogate
        {"\xF0\x8F\x80\x80", 0}, // overlong
        {"\xF4\x90\x80\x80", 0}, // above U+10FFFF
        {"\xF5\x80\x80\x80", 0},
        {"ab\xC3", 2}, // cut off
        {"ab\xE2\x82", 2},
        {"ab\xE2\x82\x41", 2},
        {"caf\xE9", 3}, // latin-1
        {"\xFF", 0},
    }));
    INFO(text);
    CHECK(first_invalid_utf8(text) == position);
}

TEST_CASE("a prefix never cuts a character") {
    const std::string text = "a\xC3\xA9\xF0\x9F\x94\xAA";
    CHECK(utf8_prefix(text, 0).empty());
    CHECK(utf8_prefix(text, 1) == "a");
    CHECK(utf8_prefix(text, 2) == "a");
    CHECK(utf8_prefix(text, 3) == "a\xC3\xA9");
    CHECK(utf8_prefix(text, 6) == "a\xC3\xA9");
    CHECK(utf8_prefix(text, 7) == text);
    CHECK(utf8_prefix(text, 100) == text);
}
