#include "data/geocode/location_text.hpp"
#include "tests/catch.hpp"

#include <random>

namespace hotspots::tests {
namespace {

using data::Role;

char letter_of(Role role) {
    switch (role) {
    case Role::open:
        return 'N';
    case Role::relation:
        return 'r';
    case Role::feature:
        return 'f';
    case Role::number:
        return '9';
    case Role::junction:
        return 'j';
    case Role::between:
        return 'b';
    case Role::refusal:
        return 'x';
    case Role::postcode:
        return 'p';
    case Role::coordinates:
        return 'c';
    }
    return '?';
}

std::string roles_of(const data::LocationText& text) {
    std::string roles;
    for (const Role role : text.roles) {
        roles += letter_of(role);
    }
    return roles;
}

struct Row {
    const char* text;
    const char* roles; // N may be a name; the others as in letter_of
    const char* house_number;
};

TEST_CASE("Each word of a location text gets its role") {
    const auto row = GENERATE(values<Row>({
        {"o/s 14 Granby St, Leics", "r9NNN", "14"},
        {"jct High St / Gaol St OAKHAM", "jNNNNN", ""},
        {"jitty off Paddock Way, Hinckley", "frNNN", ""},
        {"nr LE1 5YA", "rpp", ""},
        {"SK 58592 04462", "ccc", ""},
        {"R/O 12-14 King's Walk", "r99NN", "12-14"},
        {"Flat 3, 14a London Road", "f99NN", "14a"},
        {"c/p off The Osiers", "frrN", ""},
        {"between Elm and Oak Streets", "bNjNN", ""},
        {"btwn Mill Ln & High St", "bNNjNN", ""},
        {"close to Bath Street", "rrNN", ""},
        {"The Close", "rN", ""},
        {"rear of 9 ST MARY'S RD", "rr9NNN", "9"},
        {"A607 Syston", "NN", ""},
        {"refused to say", "xrN", ""},
        {"n/k", "x", ""},
        {"", "", ""},
        {"...", "", ""},
        {"High St @ Mill Ln", "NNrNN", ""},
        {"High Street LE2 3", "NNpp", ""},
    }));
    INFO(row.text);
    const auto text = data::parse_location_text(row.text);
    CHECK(roles_of(text) == row.roles);
    CHECK(text.house_number == row.house_number);
}

TEST_CASE("A slash between names says junction, one within a short form or a number does not") {
    CHECK(data::parse_location_text("High St / Gaol St").junction);
    CHECK(data::parse_location_text("High St j/w Gaol St").junction);
    CHECK_FALSE(data::parse_location_text("o/s 12/14 High St").junction);
    CHECK_FALSE(data::parse_location_text("Oadby & Wigston").junction);
}

TEST_CASE("Case, accents, apostrophes, marks of direction and emoji do not change the words") {
    const auto words = [](std::string_view text) {
        std::string joined;
        for (const auto& token : data::tokens_of(text)) {
            joined += token.word + ' ';
        }
        return joined;
    };
    const std::string plain = words("king's café road");
    CHECK(plain == "kings cafe road ");
    CHECK(words("KING\xE2\x80\x99S CAF\xC3\x89 ROAD") == plain);
    CHECK(words("\xE2\x80\x8FKing's\xE2\x80\xAE caf\xE9 road\xF0\x9F\x9A\x93") == plain);
    CHECK(words("N.W. Leics.") == "nw leics ");
}

TEST_CASE("A postcode is read spaced or not, and with letters read as figures") {
    const auto code = [](std::string_view text) {
        const auto parsed = data::parse_location_text(text);
        return parsed.postcode ? parsed.postcode->code : std::string();
    };
    CHECK(code("34 LE168UL") == "LE16 8UL");
    CHECK(code("le1 5ya") == "LE1 5YA");
    CHECK(code("LE 15YA") == "LE1 5YA");
    CHECK(code("LEI 5YA") == "LE1 5YA");
    CHECK(code("High St LE2 3") == "LE2 3");
    CHECK(code("shop on 10 St Margarets Drive").empty());
    CHECK(code("M1 southbound").empty());
    CHECK(code("ZZ1 5YA").empty());
}

TEST_CASE("Any bytes are parsed, and long texts only to their thousandth byte") {
    std::mt19937 random(20261122);
    std::uniform_int_distribution<int> byte(0, 255);
    for (int i = 0; i < 2000; ++i) {
        std::string text(static_cast<std::size_t>(i % 200), ' ');
        for (char& c : text) {
            c = static_cast<char>(byte(random));
        }
        const auto parsed = data::parse_location_text(text);
        REQUIRE(parsed.tokens.size() == parsed.roles.size());
        for (const auto& token : parsed.tokens) {
            REQUIRE(token.begin < token.end);
            REQUIRE(token.end <= text.size());
        }
    }
    std::string longest(1'000'000, 'a');
    CHECK(data::tokens_of(longest).front().end == data::longest_text);
}

} // namespace
} // namespace hotspots::tests
