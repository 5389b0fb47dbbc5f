// Rows of other systems' exports through mappings: table-driven, and there and back again.
#include "data/errors.hpp"
#include "data/ingest/mapping.hpp"
#include "data/ingest/record_reader.hpp"
#include "tests/catch.hpp"
#include "tests/data/ingest/csv_text.hpp"

#include <algorithm>
#include <random>
#include <set>

using namespace hotspots::data;
using Catch::Contains;
using hotspots::tests::bytes_of;

namespace {

struct Read {
    std::vector<RawRecord> records;
    std::vector<Reject> rejects;
    std::vector<std::string> unmapped;
    UnmappedWords words;
};

Read read(const std::string& text, std::shared_ptr<const Mapping> mapping,
          ImportFormat format = ImportFormat::automatic) {
    RecordReader reader([&] { return bytes_of(text); }, "a.csv",
                        {format, Source::police, std::move(mapping)});
    Read result;
    while (auto row = reader.next()) {
        if (auto* record = std::get_if<RawRecord>(&*row)) {
            result.records.push_back(std::move(*record));
        } else {
            result.rejects.push_back(std::get<Reject>(*row));
        }
    }
    result.unmapped = reader.unmapped_columns();
    result.words = reader.unmapped_words();
    return result;
}

std::shared_ptr<const Mapping> mapping(const std::string& json) {
    return std::make_shared<const Mapping>(parse_mapping(json, "m.json"));
}

const std::string call_log = R"({
    "name": "calls", "source": "ambulance", "times": "DD/MM/YYYY HH:MM[:SS]", "empty": "n/a",
    "columns": {"occurred_from": {"join": ["Date", "Time"]}, "weapon": "Weapon",
                "location_text": {"join": ["Place", "Town"]}, "injury": "Complaint"},
    "values": {"weapon": {"Blade": "knife", "Other": "other"}, "injury": {"ABH": "bruises"}},
    "optional": "injury", "constants": {"domestic": "no"}, "extra": "Crew", "drop": "Patient"})";
const std::string call_header = "Date,Time,Weapon,Place,Town,Crew,Patient,Note\n";

} // namespace

TEST_CASE("columns are joined, words renamed, and the rest kept, named or dropped as said") {
    const auto found = read(call_header + "01/03/2025,22:15,BLADE,Granby St,Leicester,C1,X,hm\n"
                                          "02/03/2025,N/A,knife,,Leicester,,Y,\n",
                            mapping(call_log));
    REQUIRE(found.rejects.empty());
    REQUIRE(found.records.size() == 2);
    RawRecord expected;
    expected.incident_id = found.records[0].incident_id;
    expected.source = Source::ambulance;
    expected.format = "calls";
    expected.occurred_from = *parse_moment("2025-03-01T22:15");
    expected.location_text = "Granby St, Leicester";
    expected.domestic = Domestic::no;
    expected.weapon = Weapon::knife;
    expected.extra = R"({"Crew":"C1","Note":"hm"})";
    CHECK(found.records[0] == expected);
    CHECK(found.records[1].occurred_from == *parse_moment("2025-03-02"));
    CHECK(found.records[1].location_text == "Leicester");
    CHECK(found.records[1].extra.empty());
    CHECK(found.unmapped == std::vector<std::string>{"Note"});
}

TEST_CASE("a row that a mapping cannot read is rejected in the file's own names") {
    const auto found = read(call_header + "01/03/25,22:15,,,,,,\n"
                                          "01/03/2025,22:15,Spoon,,,,,\n"
                                          "31/02/2025,,,,,,,\n"
                                          ",,,,,,,\n",
                            mapping(call_log));
    CHECK(found.records.empty());
    REQUIRE(found.rejects.size() == 4);
    CHECK(found.rejects[0].field == "Date + Time");
    CHECK(found.rejects[0].value == "01/03/25 22:15");
    CHECK_THAT(found.rejects[0].reason, Contains("DD/MM/YYYY HH:MM[:SS]") && Contains("ISO 8601"));
    CHECK(found.rejects[1].field == "Weapon");
    CHECK(found.rejects[1].line == 3);
    CHECK_THAT(found.rejects[1].reason, Contains("blade, other") && Contains("knife, firearm"));
    CHECK(found.rejects[2].value == "31/02/2025");
    CHECK_THAT(found.rejects[3].reason, Contains("occurred_from") && Contains("empty"));
}

TEST_CASE("a header without a mapped column is refused, names are found in any spelling") {
    CHECK_THROWS_WITH(read("Date,Weapon,Place,Town\n", mapping(call_log)),
                      Contains("mapping 'calls' takes occurred_from from 'Date' with 'Time'") &&
                          Contains("the header has: Date, Weapon"));
    CHECK(
        read("DATE,ti_me,weapon,PLACE,town\n2025-03-01,,,,\n", mapping(call_log)).records.size() ==
        1);
    CHECK_THROWS_WITH(read("Date,Ti me,Ti-me,Weapon,Place,Town\n", mapping(call_log)),
                      Contains("'Ti me' and 'Ti-me' could both be 'Time'"));
}

TEST_CASE("rows without an identifier are themselves again, and equal ones are two") {
    const std::string rows = "01/03/2025,22:15,,A,,,,\n01/03/2025,22:15,,A,,,,\n"
                             "01/03/2025,22:15,,B,,,,\n";
    const auto ids = [&](const std::string& text, const std::string& json) {
        std::vector<std::string> found;
        for (const auto& record : read(text, mapping(json)).records) {
            found.push_back(record.incident_id);
        }
        std::sort(found.begin(), found.end());
        return found;
    };
    const auto first = ids(call_header + rows, call_log);
    CHECK(std::set<std::string>(first.begin(), first.end()).size() == 3);
    CHECK(ids(call_header + rows, call_log) == first);
    // Columns in another order, one more of them, and a note that nobody maps.
    CHECK(ids("New,Town,Place,Weapon,Time,Date\nx,,B,,22:15,01/03/2025\n"
              ",,A,,22:15,01/03/2025\n,,A,,22:15,01/03/2025\n",
              call_log) == first);
    const std::string named = R"({"name": "m", "columns": {"occurred_from": "Date",
        "incident_id": {"join": ["Call", "Patient"]}}})";
    CHECK(ids("Date,Call,Patient\n2025-03,A,1\n2025-03,A,\n2025-03,,1\n", named) ==
          std::vector<std::string>{"/1", "A/", "A/1"});
    CHECK(read("Date,Call,Patient\n2025-03,,\n", mapping(named)).rejects.size() == 1);
}

TEST_CASE("a word that falls to otherwise is kept, and reported") {
    const auto found = read("When,W\n2025-03,Spoon\n2025-03,Knife\n2025-03,\n",
                            mapping(R"({"name": "m", "columns": {"occurred_from": "When",
                                "weapon": "W"}, "values": {"weapon": {"otherwise": "unknown"}}})"));
    REQUIRE(found.records.size() == 3);
    CHECK(found.records[0].weapon == Weapon::unknown);
    CHECK(found.records[0].extra == R"({"W":"Spoon"})");
    CHECK(found.records[1].weapon == Weapon::knife);
    CHECK(found.records[1].extra.empty());
    CHECK(found.words == UnmappedWords{{"W", {"Spoon"}}});
}

// The inverse of a renaming of columns and words, times in British order, and a split location.
TEST_CASE("a vrn file exported through an inverse mapping reads back to equal records") {
    std::mt19937 random(20250301);
    const auto pick = [&](std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
    };
    const std::vector<std::pair<std::string, std::string>> weapons{
        {"knife", "Klinge"}, {"blunt", "BAT"}, {"none", "Nothing"}, {"", ""}, {"other", "other"}};
    const std::vector<std::pair<std::string, std::string>> times{
        {"2025-03-01T22:15", "01/03/2025 22:15"},
        {"2025-03-01", "01/03/2025"},
        {"2025-10-26T01:30:30", "26/10/2025 01:30:30"},
        {"2025-07-01T12:00Z", "2025-07-01T12:00Z"},
        {"2025-03", "2025-03"}};
    std::string ours = "incident_id,occurred_from,source,weapon,offence_code,location_text,"
                       "easting,northing,victim_age,beat\n";
    std::string theirs = "Age,N,E,Town,Street,Code,Used,Feed,When,Ref,beat\n";
    for (int i = 0; i < 200; ++i) {
        const auto& weapon = weapons[pick(weapons.size())];
        const auto& time = times[pick(times.size())];
        const std::string id = "R" + std::to_string(i);
        const std::string code = pick(2) == 0 ? "4.10" : "8N";
        const std::string street = pick(2) == 0 ? "\"\"\"The\"\" Green\"" : "High St";
        const std::string age = pick(2) == 0 ? "" : std::to_string(pick(99));
        const std::string joined =
            street.starts_with('"') ? "\"\"\"The\"\" Green, Oakham\"" : "\"High St, Oakham\"";
        ours += id + "," + time.first + ",ambulance," + weapon.first + "," + code + "," + joined +
                ",458592.5,304462," + age + ",B1\n";
        theirs += age + ",304462,458592.5,Oakham," + street + "," + code + "," + weapon.second +
                  ",999," + time.second + "," + id + ",B1\n";
    }
    const auto inverse = mapping(R"({"name": "inverse", "times": "DD/MM/YYYY HH:MM[:SS]",
        "columns": {"incident_id": "Ref", "occurred_from": "When", "source": "Feed",
            "weapon": "Used", "offence_code": "Code", "easting": "E", "northing": "N",
            "location_text": {"join": ["Street", "Town"]}, "victim_age": "Age"},
        "values": {"source": {"999": "ambulance"},
            "weapon": {"klinge": "knife", "bat": "blunt", "nothing": "none"}}})");
    auto expected = read(ours, nullptr).records;
    REQUIRE(expected.size() == 200);
    for (auto& record : expected) {
        record.format = "inverse";
    }
    const auto found = read(theirs, inverse);
    CHECK(found.rejects.empty());
    CHECK(found.records == expected);
}
