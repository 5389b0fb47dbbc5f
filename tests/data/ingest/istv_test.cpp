// Hospital records: the elements of the NHS Data Dictionary's Information Sharing to Tackle
// Violence Minimum Data Set (ISB 1594), and spellings that exports have.
#include "data/errors.hpp"
#include "data/ingest/record_reader.hpp"
#include "tests/catch.hpp"
#include "tests/data/ingest/csv_text.hpp"

using namespace hotspots::data;
using Catch::Contains;
using hotspots::tests::bytes_of;

namespace {

const std::string dictionary =
    "SITE CODE (OF TREATMENT),ARRIVAL DATE AND TIME AT ACCIDENT AND EMERGENCY DEPARTMENT,"
    "ASSAULT DATE AND TIME,ASSAULT METHOD,ASSAULT METHOD OTHER DESCRIPTION,ASSAULT LOCATION TYPE,"
    "ASSAULT LOCATION DESCRIPTION\n";

std::vector<ParsedRow> read(const std::string& text, std::string_view format = "istv") {
    RecordReader reader([&] { return bytes_of(text); }, "ed.csv", {});
    CHECK(reader.format() == format);
    std::vector<ParsedRow> rows;
    while (auto row = reader.next()) {
        rows.push_back(std::move(*row));
    }
    return rows;
}

// One row of the dictionary's elements.
ParsedRow read_row(const std::string& arrival, const std::string& assault,
                   const std::string& method = "", const std::string& type = "",
                   const std::string& place = "") {
    const auto rows = read(dictionary + "RWEAA," + arrival + "," + assault + "," + method + ",," +
                           type + "," + place + "\n");
    REQUIRE(rows.size() == 1);
    return rows.front();
}

} // namespace

TEST_CASE("a hospital record is read by the data dictionary's elements") {
    const auto row = read_row("2025-03-02T00:40:00", "2025-03-01T23:30:00", "Knife", "Street",
                              "\"o/s Mecca, Granby St\"");
    const auto& record = std::get<RawRecord>(row);
    RawRecord expected;
    expected.incident_id = record.incident_id;
    expected.source = Source::ed;
    expected.format = "istv";
    expected.occurred_from = *parse_moment("2025-03-01T23:30");
    expected.location_text = "o/s Mecca, Granby St";
    expected.place_type = PlaceType::public_place;
    expected.weapon = Weapon::knife;
    expected.extra = R"x({"ARRIVAL DATE AND TIME AT ACCIDENT AND EMERGENCY DEPARTMENT":)x"
                     R"x("2025-03-02T00:40:00","ASSAULT LOCATION TYPE":"Street",)x"
                     R"x("ASSAULT METHOD":"Knife","SITE CODE (OF TREATMENT)":"RWEAA"})x";
    CHECK(record == expected); // no age, no domestic flag, no end of a time that is exact
}

TEST_CASE("headers are known in the spellings of exports, dates and times apart or together") {
    for (const std::string header :
         {"Assault_Date,Assault_Time,Arrival_Date,Arrival_Time,Assault_Method,"
          "Assault_Location_Type,Assault_Location_Description",
          "AssaultDate,AssaultTime,ArrivalDate,ArrivalTime,AssaultMethod,AssaultLocationType,"
          "AssaultLocDesc",
          "Date of assault,Time of assault,Date of arrival,Time of arrival,Method of assault,"
          "Location type,Location of assault"}) {
        INFO(header);
        const auto rows =
            read(header + "\n01/03/2025,23:30,02/03/2025,00:40,fists,Pub,The Crown\n");
        const auto& record = std::get<RawRecord>(rows.at(0));
        CHECK(record.occurred_from == *parse_moment("2025-03-01T23:30"));
        CHECK_FALSE(record.occurred_to);
        CHECK(record.weapon == Weapon::none);
        CHECK(record.place_type == PlaceType::public_place);
        CHECK(record.location_text == "The Crown");
    }
}

TEST_CASE(
    "an assault of unknown hour ends with an arrival of the same day, and else with its day") {
    struct Case {
        const char *assault, *arrival, *until;
    };
    for (const auto& [assault, arrival, until] : std::vector<Case>{
             {"2025-03-01", "2025-03-01T23:40", "2025-03-01T23:40"},
             {"2025-03-01", "2025-03-01T23:59:59", "2025-03-01T23:59:59"},
             {"2025-03-01", "2025-03-02T00:00", nullptr}, // the day is known: nothing widens it
             {"2025-03-01", "2025-03-02T01:40", nullptr},
             {"2025-03-01", "2025-03-02", nullptr},
             {"2025-03-01", "2025-03-01", nullptr}, // cuts nothing off
             {"2025-03-01", "", nullptr},
             {"2025-03", "2025-03-14T10:00", "2025-03-14T10:00"},
             {"2025-03", "2025-03-14", "2025-03-14"},
             {"2025-03", "2025-04-01T10:00", nullptr},
             // The days on which London's clocks change have 23 and 25 hours.
             {"2025-03-30", "2025-03-30T23:30", "2025-03-30T23:30"},
             {"2025-10-26", "2025-10-26T23:30", "2025-10-26T23:30"},
             {"2025-10-26", "2025-10-27T00:00", nullptr},
             {"2025-03-01", "2025-03-01T00:00", nullptr}, // leaves no time at all: not later
             {"2025-03-01T23:30", "2025-03-02T01:40", nullptr},
             {"2025-03-01T23:30:45", "2025-03-01T23:30", nullptr}, // the same minute
         }) {
        INFO(assault << " " << arrival);
        const auto row = read_row(arrival, assault);
        const auto& record = std::get<RawRecord>(row);
        CHECK(record.occurred_from == *parse_moment(assault));
        CHECK(record.occurred_to == (until == nullptr ? std::nullopt : parse_moment(until)));
        CHECK(record.occurred_to.value_or(record.occurred_from).end <= record.occurred_from.end);
        // The arrival is kept as it was written, whether or not it says anything of the time.
        CHECK_THAT(record.extra, Contains(arrival));
    }
}

TEST_CASE("an arrival before the assault is rejected, and the row says why") {
    for (const auto& [assault, arrival] :
         std::vector<std::pair<const char*, const char*>>{{"2025-03-02T23:30", "2025-03-02T00:40"},
                                                          {"2025-03-02", "2025-03-01T23:59"},
                                                          {"2025-03-02", "2025-03-01"}}) {
        const auto row = read_row(arrival, assault);
        const auto& reject = std::get<Reject>(row);
        CHECK_THAT(reject.field, Contains("ARRIVAL"));
        CHECK(reject.value == arrival);
        CHECK_THAT(reject.reason, Contains("before it happened") && Contains("midnight"));
    }
    CHECK_THAT(std::get<Reject>(read_row("2025-03-02", "")).reason, Contains("empty"));
    CHECK_THAT(std::get<Reject>(read_row("tonight", "2025-03-02")).field, Contains("ARRIVAL"));
    CHECK_THAT(std::get<Reject>(read_row("", "tonight")).field, Contains("ASSAULT DATE"));
}

TEST_CASE("method and location type mean what the data standard says") {
    const std::vector<std::pair<const char*, Weapon>> methods{
        {"Knife or sharp object", Weapon::knife},
        {"BLUNT OBJECT", Weapon::blunt},
        {"Body part", Weapon::none},
        {"Gun", Weapon::firearm},
        {"Glass", Weapon::other},
        {"Not known", Weapon::unknown},
        {"07", Weapon::unknown},
        {"", Weapon::unknown}};
    for (const auto& [method, weapon] : methods) {
        INFO(method);
        CHECK(std::get<RawRecord>(read_row("", "2025-03-02", method)).weapon == weapon);
    }
    const std::vector<std::pair<const char*, PlaceType>> types{
        {"Street", PlaceType::public_place}, {"nightclub", PlaceType::public_place},
        {"Home", PlaceType::private_place},  {"School", PlaceType::mixed},
        {"Other", PlaceType::unknown},       {"", PlaceType::unknown}};
    for (const auto& [type, place] : types) {
        INFO(type);
        CHECK(std::get<RawRecord>(read_row("", "2025-03-02", "", type)).place_type == place);
    }
}

TEST_CASE("a police file with weapon and location type is not taken for a hospital's") {
    CHECK_THROWS_AS(read("Incident date,Weapon,Location type\n", ""), InputError);
    CHECK(read("incident_id,occurred_from,Assault method,Location type,Assault date,Arrival date\n",
               "vrn")
              .empty());
}
