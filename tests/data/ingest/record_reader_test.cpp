#include "data/errors.hpp"
#include "data/ingest/record_reader.hpp"
#include "tests/catch.hpp"
#include "tests/data/ingest/csv_text.hpp"

using namespace hotspots::data;
using Catch::Contains;
using hotspots::tests::bytes_of;

namespace {

std::vector<ParsedRow> read(const std::string& text,
                            ImportFormat format = ImportFormat::automatic) {
    RecordReader reader(bytes_of(text), "march.csv", format, Source::police);
    std::vector<ParsedRow> rows;
    while (auto row = reader.next()) {
        rows.push_back(std::move(*row));
    }
    return rows;
}

std::string format_of(const std::string& header) {
    return std::string(
        RecordReader(bytes_of(header + "\n"), "a.csv", ImportFormat::automatic, Source::police)
            .format());
}

const std::string vrn = "incident_id,occurred_from,offence\n";

} // namespace

TEST_CASE("the header tells the format") {
    CHECK(format_of("incident_id,occurred_from") == "vrn");
    CHECK(format_of("\xEF\xBB\xBF\"incident_id\",\"occurred_from\"") == "vrn");
    CHECK(format_of("Crime ID,Month,Longitude,Latitude,Location,Crime type") == "police-uk");
}

TEST_CASE("a header that lacks columns is told which, and what it has") {
    CHECK_THROWS_WITH(read("name,colour\nred,1\n"),
                      Contains("march.csv") && Contains("name, colour") &&
                          Contains("incident_id, occurred_from") && Contains("Crime type"));
    CHECK_THROWS_WITH(read("incident_id,when\nA,1\n"),
                      Contains("'occurred_from' is missing") && Contains("incident_id, when"));
    CHECK_THROWS_WITH(read("Crime ID,Month,Latitude,Location,Crime type\n"),
                      Contains("'Longitude' is missing"));
    CHECK_THROWS_WITH(read(vrn, ImportFormat::police_uk), Contains("'Crime ID' is missing"));
    CHECK_THROWS_WITH(read("Crime ID,Month\n", ImportFormat::vrn),
                      Contains("'incident_id' is missing"));
    CHECK_THROWS_WITH(read("incident_id;occurred_from\nA;2025-03\n"),
                      Contains("separated by commas"));
}

TEST_CASE("a header names each column once, and not too many") {
    CHECK_THROWS_WITH(read("incident_id,occurred_from,Note, note\n"), Contains("'note' twice"));
    std::string many = "incident_id,occurred_from";
    for (int i = 0; i < 1000; ++i) {
        many += ",c" + std::to_string(i);
    }
    CHECK_THROWS_WITH(read(many + "\n"), Contains("1002 columns"));
}

TEST_CASE("an empty file is refused, a header without rows is not") {
    CHECK_THROWS_WITH(read(""), Contains("march.csv") && Contains("empty"));
    CHECK_THROWS_WITH(read("\n\n"), Contains("empty"));
    CHECK(read(vrn).empty());
    CHECK(read("incident_id,occurred_from").empty());
}

TEST_CASE("a bad row is rejected with file and line, and its neighbours are read") {
    const auto rows = read(vrn + "A1,2025-03-01,\"two\nlines\"\nA2,soon,x\nA3,2025-03-02,y\n"
                                 "A4,2025-03-03\nA5,2025-03-04,a,b\nA6,2025-03-05,\"a\"b\n");
    REQUIRE(rows.size() == 6);
    CHECK(std::get<RawRecord>(rows[0]).offence == "two\nlines");
    CHECK(std::get<Reject>(rows[1]).file == "march.csv");
    CHECK(std::get<Reject>(rows[1]).line == 4);
    CHECK(std::get<Reject>(rows[1]).field == "occurred_from");
    CHECK(std::get<RawRecord>(rows[2]).incident_id == "A3");
    CHECK(std::get<Reject>(rows[3]).line == 6);
    CHECK_THAT(std::get<Reject>(rows[3]).reason, Contains("2 fields, the header 3"));
    CHECK(std::get<Reject>(rows[3]).value == "A4");
    CHECK_THAT(std::get<Reject>(rows[4]).reason, Contains("4 fields, the header 3"));
    CHECK_THAT(std::get<Reject>(rows[5]).reason, Contains("closing quote"));
}

TEST_CASE("a file cut off anywhere in a row that shows it is refused") {
    const std::string text = vrn + "A1,2025-03-01,x\nA2,2025-03-02,y";
    CHECK(read(text).size() == 2);
    CHECK(read(text + "\n").size() == 2);
    const auto last_comma = text.rfind(',');
    for (auto length = text.rfind('\n') + 2; length <= last_comma; ++length) {
        INFO(text.substr(0, length));
        CHECK_THROWS_WITH(read(text.substr(0, length)),
                          Contains("march.csv, line 3") && Contains("truncated"));
    }
    CHECK_THROWS_WITH(read(vrn + "A1,2025-03-01,\"x\nA2,2025-03-02,y\n"),
                      Contains("line 2") && Contains("truncated"));
    // The same short row with its line end is that row's fault alone.
    CHECK(std::holds_alternative<Reject>(read(vrn + "A1,2025-03-01\n").front()));
}
