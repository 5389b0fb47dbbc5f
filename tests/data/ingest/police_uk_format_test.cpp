// The columns are those of data.police.uk's street-level archive.
#include "data/ingest/police_uk_format.hpp"
#include "tests/catch.hpp"
#include "tests/data/ingest/csv_text.hpp"

#include <algorithm>
#include <set>

using namespace hotspots::data;
using Catch::Contains;
using hotspots::tests::bytes_of;
using hotspots::tests::header_of;

namespace {

const std::string columns =
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context";
const std::string violence =
    "c0ffee,2025-07,Leicestershire Police,Leicestershire Police,-1.131,52.635,On or near Granby "
    "Street,E01013632,Leicester 041B,Violence and sexual offences,Under investigation,";
const std::string antisocial =
    ",2025-07,Leicestershire Police,Leicestershire Police,-1.131,52.635,On or near Granby Street,"
    "E01013632,Leicester 041B,Anti-social behaviour,,";

std::vector<ParsedRow> read_file(const std::string& rows, const std::string& names = columns) {
    const auto header = header_of(names);
    PoliceUkFormat format(header);
    CsvReader reader(bytes_of(rows), "test.csv");
    std::vector<ParsedRow> parsed;
    CsvRow row;
    while (reader.next(row)) {
        parsed.push_back(format.read(row));
    }
    return parsed;
}

std::vector<std::string> ids(const std::string& rows, const std::string& names = columns) {
    std::vector<std::string> found;
    for (const auto& row : read_file(rows, names)) {
        found.push_back(std::get<RawRecord>(row).incident_id);
    }
    return found;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    return text.replace(text.find(from), from.size(), to);
}

} // namespace

TEST_CASE("a street-level row becomes a police record of its month") {
    const auto record = std::get<RawRecord>(read_file(violence + "\n").front());
    RawRecord expected;
    expected.incident_id = "c0ffee";
    expected.source = Source::police;
    expected.format = "police-uk";
    expected.occurred_from = *parse_moment("2025-07");
    expected.offence = "Violence and sexual offences";
    expected.location_text = "On or near Granby Street";
    expected.given_lon_lat = hotspots::geo::LonLat{-1.131, 52.635};
    expected.snapped = true;
    expected.extra =
        R"({"Falls within":"Leicestershire Police","LSOA code":"E01013632",)"
        R"("LSOA name":"Leicester 041B","Last outcome category":"Under investigation",)"
        R"("Reported by":"Leicestershire Police"})";
    CHECK(record == expected);
}

TEST_CASE("a row without coordinates has no point, one at 0,0 keeps it") {
    const auto without = replaced(violence, "-1.131,52.635", ",");
    const auto record = std::get<RawRecord>(read_file(without + "\n").front());
    CHECK_FALSE(record.given_lon_lat);
    CHECK_FALSE(record.snapped);
    const auto zero = replaced(violence, "-1.131,52.635", "0,0");
    CHECK(std::get<RawRecord>(read_file(zero + "\n").front()).given_lon_lat ==
          hotspots::geo::LonLat{0, 0});
}

TEST_CASE("rows that cannot be read say why") {
    const auto [from, to, field, reason] =
        GENERATE(table<const char*, const char*, const char*, const char*>({
            {"2025-07", "2025-13", "Month", "ISO 8601"},
            {"2025-07", "", "Month", "expected a month"},
            {"2025-07", "2025-07-01", "Month", "expected a month"},
            {"52.635", "", "Latitude", "both or neither"},
            {"-1.131", "", "Longitude", "both or neither"},
            {"52.635", "91", "Latitude", "-90 to 90"},
            {"-1.131", "west", "Longitude", "number"},
        }));
    INFO(to);
    const auto row = read_file(replaced(violence, from, to) + "\n").front();
    REQUIRE(std::holds_alternative<Reject>(row));
    CHECK(std::get<Reject>(row).field == field);
    CHECK_THAT(std::get<Reject>(row).reason, Contains(reason));
}

TEST_CASE("equal rows without Crime ID are separate incidents, told apart by their ordinal") {
    const auto other = replaced(antisocial, "Granby", "London");
    const auto found = ids(antisocial + "\n" + other + "\n" + antisocial + "\n");
    CHECK(std::set<std::string>(found.begin(), found.end()).size() == 3);
    CHECK_THAT(found[0], Catch::StartsWith("anon-") && Catch::EndsWith("-1"));
    CHECK(found[2] == found[0].substr(0, found[0].size() - 1) + "2");
    CHECK_THAT(found[1], Catch::EndsWith("-1"));
}

TEST_CASE("the same rows have the same ids again, in any order of rows and columns") {
    const auto other = replaced(antisocial, "2025-07", "2025-08");
    auto found = ids(antisocial + "\n" + other + "\n" + antisocial + "\n");
    CHECK(found == ids(antisocial + "\n" + other + "\n" + antisocial + "\n"));
    auto again = ids(other + "\n" + antisocial + "\n" + antisocial + "\n");
    std::sort(found.begin(), found.end());
    std::sort(again.begin(), again.end());
    CHECK(found == again);
    // Columns in another order, with one that no archive has had yet.
    const auto moved =
        ids("new,2025-07,,-1.131,52.635,On or near Granby Street,Anti-social "
            "behaviour,E01013632,Leicester 041B,Leicestershire Police,Leicestershire "
            "Police\n",
            "Added,Month,Crime ID,Longitude,Latitude,Location,Crime type,LSOA code,"
            "LSOA name,Reported by,Falls within");
    CHECK(std::count(found.begin(), found.end(), moved.front()) == 1);
}

TEST_CASE("stored ids of rows without Crime ID never change") {
    // FNV-1a 64 over the content fields, each followed by 0xFF; computed by an independent script.
    CHECK(ids(antisocial + "\n").front() == "anon-6e7b3ff07275cfe4-1");
}
