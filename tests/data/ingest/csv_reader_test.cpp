// Oracles: the examples of RFC 4180, section 2; rows written by RFC 4180's grammar read back.
#include "data/errors.hpp"
#include "data/ingest/csv_reader.hpp"
#include "tests/catch.hpp"
#include "tests/data/ingest/csv_text.hpp"

#include <random>

using namespace hotspots::data;
using hotspots::tests::read_rows;
using Rows = std::vector<hotspots::tests::Row>;
using Catch::Contains;

TEST_CASE("rows are read as RFC 4180 defines them") {
    CHECK(read_rows("aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n") ==
          Rows{{1, {"aaa", "bbb", "ccc"}}, {2, {"zzz", "yyy", "xxx"}}});
    CHECK(read_rows("aaa,bbb,ccc\r\nzzz,yyy,xxx") ==
          Rows{{1, {"aaa", "bbb", "ccc"}}, {2, {"zzz", "yyy", "xxx"}}});
    CHECK(read_rows("\"aaa\",\"b \r\nbb\",\"ccc\"\r\nzzz,yyy,xxx") ==
          Rows{{1, {"aaa", "b \r\nbb", "ccc"}}, {3, {"zzz", "yyy", "xxx"}}});
    CHECK(read_rows("\"aaa\",\"b\"\"bb\",\"ccc\"") == Rows{{1, {"aaa", "b\"bb", "ccc"}}});
    CHECK(read_rows("\"aaa\",\"b,bb\",\"ccc\"") == Rows{{1, {"aaa", "b,bb", "ccc"}}});
    CHECK(read_rows(" a , b ") == Rows{{1, {" a ", " b "}}});
}

TEST_CASE("empty fields are fields, empty lines are no rows") {
    CHECK(read_rows(",\n").front().fields.size() == 2);
    CHECK(read_rows("a,,\n") == Rows{{1, {"a", "", ""}}});
    CHECK(read_rows("\"\",\"\"\n") == Rows{{1, {"", ""}}});
    CHECK(read_rows("\n\na\n\n\r\nb\n\n") == Rows{{3, {"a"}}, {6, {"b"}}});
    CHECK(read_rows("\"\"\n") == Rows{{1, {""}}});
    CHECK(read_rows("").empty());
    CHECK(read_rows("\n\n").empty());
}

TEST_CASE("lines end with LF, CRLF or CR, and are counted once each") {
    const auto* end = GENERATE("\n", "\r\n", "\r");
    const std::string text = std::string("a") + end + "\"b" + end + "b\"" + end + end + "c" + end;
    const auto rows = read_rows(text);
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].line == 1);
    CHECK(rows[1].line == 2);
    CHECK(rows[1].fields == std::vector<std::string>{std::string("b") + end + "b"});
    CHECK(rows[2].line == 5);
}

TEST_CASE("a byte-order mark is skipped at the start and nowhere else") {
    CHECK(read_rows("\xEF\xBB\xBF"
                    "a,b\n") == Rows{{1, {"a", "b"}}});
    CHECK(read_rows("\xEF\xBB\xBF\"a\",b\n") == Rows{{1, {"a", "b"}}});
    CHECK(read_rows("a\n\xEF\xBB\xBF"
                    "b\n") == Rows{{1, {"a"}},
                                   {2,
                                    {"\xEF\xBB\xBF"
                                     "b"}}});
    CHECK(read_rows("\xEF\xBB\xBF").empty());
}

TEST_CASE("a quote inside an unquoted field is text, text after a quote marks the row") {
    CHECK(read_rows("5\" blade,b\n") == Rows{{1, {"5\" blade", "b"}}});
    CsvReader reader(hotspots::tests::bytes_of("\"a\"b,c\n\"a\",c\n"), "test.csv");
    CsvRow row;
    REQUIRE(reader.next(row));
    CHECK(row.misquoted);
    CHECK(row.fields.size() == 2);
    REQUIRE(reader.next(row));
    CHECK_FALSE(row.misquoted);
}

TEST_CASE("the last row tells whether its line ended") {
    CsvReader reader(hotspots::tests::bytes_of("a\nb"), "test.csv");
    CsvRow row;
    REQUIRE(reader.next(row));
    CHECK(row.ends_in_newline);
    REQUIRE(reader.next(row));
    CHECK_FALSE(row.ends_in_newline);
    CHECK_FALSE(reader.next(row));
}

TEST_CASE("a quote that is never closed is a truncated file") {
    CHECK_THROWS_WITH(read_rows("a,b\nc,\"d\ne,f\n"),
                      Contains("test.csv, line 2") && Contains("truncated"));
    CHECK_THROWS_AS(read_rows("\""), InputError);
}

TEST_CASE("bytes that are no UTF-8 text are refused with their line and advice") {
    CHECK_THROWS_WITH(read_rows("a,b\nc,caf\xE9\n"), Contains("line 2") && Contains("0xE9") &&
                                                         Contains("field 2") &&
                                                         Contains("save the file as UTF-8"));
    CHECK_THROWS_WITH(read_rows(std::string("a\nb\0c\n", 6)),
                      Contains("line 2") && Contains("byte 0") && Contains("UTF-8"));
    CHECK_THROWS_WITH(read_rows(std::string("\xFF\xFE"
                                            "a\0",
                                            4)),
                      Contains("UTF-16"));
    CHECK_THROWS_WITH(read_rows("\xEF\xBB"), Contains("UTF-8"));
    // Two halves of a character do not make one across a comma.
    CHECK_THROWS_WITH(read_rows("a\xC3,\xA9\n"), Contains("0xC3"));
    CHECK(read_rows("a\xC3\xA9\n") == Rows{{1, {"a\xC3\xA9"}}});
}

TEST_CASE("a row of one mebibyte is read and a longer one is refused without holding it") {
    constexpr auto limit = CsvReader::max_row_bytes;
    const auto longest = read_rows("h\n" + std::string(limit - 1, 'x') + "\n");
    CHECK(longest.at(1).fields.front().size() == limit - 1);
    const auto* start = GENERATE("", "\"");
    // Far more bytes than would fit in memory: the reader must stop at the limit by itself.
    std::uint64_t given = 0;
    bool first = true;
    const auto endless = [&](std::span<char> block) {
        std::fill(block.begin(), block.end(), 'x');
        if (first) {
            const std::string head = std::string("h\n") + start;
            std::copy(head.begin(), head.end(), block.begin());
            first = false;
        }
        given += block.size();
        return block.size();
    };
    CsvReader reader(endless, "long.csv");
    CsvRow row;
    REQUIRE(reader.next(row));
    CHECK_THROWS_WITH(reader.next(row), Contains("long.csv, line 2") && Contains("1048576"));
    CHECK(given < 2 * limit);
}

TEST_CASE("what is written by the grammar reads back, whatever the blocks") {
    std::mt19937 random(11);
    const std::vector<std::string> pieces = {"a",
                                             "b c",
                                             ",",
                                             "\"",
                                             "\n",
                                             "\r\n",
                                             "\r",
                                             "'",
                                             "\t",
                                             "\"\"",
                                             "\xC3\xA9",
                                             " ",
                                             "\xF0\x9F\x94\xAA"};
    for (int round = 0; round < 400; ++round) {
        Rows expected;
        std::string text = round % 3 == 0 ? "\xEF\xBB\xBF" : "";
        const std::string end = round % 2 == 0 ? "\n" : "\r\n";
        const std::size_t row_count = 1 + random() % 4;
        for (std::size_t r = 0; r < row_count; ++r) {
            std::vector<std::string> fields(1 + random() % 5);
            for (auto& field : fields) {
                for (std::size_t i = random() % 6; i > 0; --i) {
                    field += pieces[random() % pieces.size()];
                }
                // Quoted always, so that an empty single field is no empty line.
                std::string quoted = "\"";
                for (const char c : field) {
                    quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
                }
                text += quoted + "\"" + (&field == &fields.back() ? end : ",");
            }
            expected.push_back({0, fields});
        }
        auto rows = read_rows(text, 1 + random() % 7);
        for (auto& row : rows) {
            row.line = 0;
        }
        INFO(text);
        REQUIRE(rows == expected);
    }
}
