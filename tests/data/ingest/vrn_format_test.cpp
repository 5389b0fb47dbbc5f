// The columns and words are those of DESIGN.md's 'Incident file'.
#include "data/errors.hpp"
#include "data/ingest/vrn_format.hpp"
#include "tests/catch.hpp"
#include "tests/data/ingest/csv_text.hpp"

using namespace hotspots::data;
using Catch::Contains;
using hotspots::tests::header_of;

namespace {

// A record of `incident_id` A1 and `occurred_from` 2025-03-01, with more columns and their values.
ParsedRow read(const std::string& names, const std::string& values,
               Source source = Source::police) {
    const auto header = header_of("incident_id,occurred_from" + names);
    VrnFormat format(header, source);
    CsvReader reader(hotspots::tests::bytes_of("A1,2025-03-01" + values + "\n"), "test.csv");
    CsvRow row;
    reader.next(row);
    return format.read(row);
}

struct Case {
    const char* names;
    const char* values;
    const char* field;
    const char* value;
    const char* reason;
};

} // namespace

TEST_CASE("every column of the format reaches its field") {
    const auto row =
        read(",occurred_to,source,offence_code,offence,location_text,easting,northing,longitude,"
             "latitude,"
             "place_type,domestic,weapon,victim_age,injury,beat,officer note",
             ",2025-03-02T01:30,ambulance,4.10,Wounding,\" o/s Mecca, Granby St \",458592.5,304462,"
             "-1.13,52.63,public,no,knife,24,slash to hand,B12,\"said \"\"no\"\"\"");
    REQUIRE(std::holds_alternative<RawRecord>(row));
    RawRecord expected;
    expected.incident_id = "A1";
    expected.source = Source::ambulance;
    expected.format = "vrn";
    expected.occurred_from = *parse_moment("2025-03-01");
    expected.occurred_to = parse_moment("2025-03-02T01:30");
    expected.offence_code = "4.10";
    expected.offence = "Wounding";
    expected.location_text = "o/s Mecca, Granby St";
    expected.given_bng = hotspots::geo::BngPoint{458592.5, 304462};
    expected.given_lon_lat = hotspots::geo::LonLat{-1.13, 52.63};
    expected.place_type = PlaceType::public_place;
    expected.domestic = Domestic::no;
    expected.weapon = Weapon::knife;
    expected.victim_age = 24;
    expected.injury = "slash to hand";
    expected.extra = R"({"beat":"B12","officer note":"said \"no\""})";
    CHECK(std::get<RawRecord>(row) == expected);
}

TEST_CASE("what is not given stays unknown") {
    const auto row = read(",occurred_to,source,place_type,domestic,weapon,victim_age,easting,"
                          "northing,longitude,latitude,note",
                          ",,,,,,,,,,,", Source::ed);
    RawRecord expected;
    expected.incident_id = "A1";
    expected.source = Source::ed;
    expected.format = "vrn";
    expected.occurred_from = *parse_moment("2025-03-01");
    REQUIRE(std::holds_alternative<RawRecord>(row));
    CHECK(std::get<RawRecord>(row) == expected);
    const auto bare = read("", "", Source::ed);
    REQUIRE(std::holds_alternative<RawRecord>(bare));
    CHECK(std::get<RawRecord>(bare) == expected);
}

TEST_CASE("each field that is not as it must be rejects its row and says what would be right") {
    const auto c = GENERATE(values<Case>({
        {",occurred_to", ",2025-02-30", "occurred_to", "2025-02-30", "ISO 8601"},
        {",occurred_to", ",2025-02-28", "occurred_to", "2025-02-28", "before occurred_from"},
        {",occurred_to", ",2025-02", "occurred_to", "2025-02", "before occurred_from"},
        {",occurred_to", ",2205-03-01", "occurred_to", "2205-03-01", "1900 to 2100"},
        {",source", ",hospital", "source", "hospital", "police, ed, ambulance"},
        {",source", ",Police", "source", "Police", "police, ed, ambulance"},
        {",place_type", ",pub", "place_type", "pub", "public, private, mixed, unknown"},
        {",domestic", ",y", "domestic", "y", "yes, no, unknown"},
        {",weapon", ",machete", "weapon", "machete", "knife, firearm"},
        {",victim_age", ",121", "victim_age", "121", "0 to 120"},
        {",victim_age", ",-1", "victim_age", "-1", "0 to 120"},
        {",victim_age", ",24.5", "victim_age", "24.5", "whole number"},
        {",victim_age", ",99999999999999999999", "victim_age", "99999999999999999999", "0 to 120"},
        {",easting,northing", ",458592,", "northing", "", "both or neither"},
        {",easting,northing", ",,304462", "easting", "", "both or neither"},
        {",easting", ",458592", "easting", "458592", "both or neither"},
        {",northing", ",304462", "northing", "304462", "both or neither"},
        {",longitude,latitude", ",-1.13,", "latitude", "", "both or neither"},
        {",easting,northing", ",SK58592,304462", "easting", "SK58592", "number"},
        {",easting,northing", ",nan,304462", "easting", "nan", "number"},
        {",easting,northing", ",458592,inf", "northing", "inf", "number"},
        {",easting,northing", ",1e999,304462", "easting", "1e999", "number"},
        {",easting,northing", ",\"458,592\",304462", "easting", "458,592", "number"},
        {",longitude,latitude", ",-1.13,90.01", "latitude", "90.01", "-90 to 90"},
        {",longitude,latitude", ",180.5,52", "longitude", "180.5", "-180 to 180"},
    }));
    INFO(c.names << " = " << c.values);
    const auto row = read(c.names, c.values);
    REQUIRE(std::holds_alternative<Reject>(row));
    const auto& reject = std::get<Reject>(row);
    CHECK(reject.field == c.field);
    CHECK(reject.value == c.value);
    CHECK_THAT(reject.reason, Contains(c.reason));
    CHECK(reject.line == 1);
}

TEST_CASE("a row needs an identifier and a time") {
    const auto read_both = [](const std::string& id, const std::string& from) {
        const auto header = header_of("incident_id,occurred_from");
        VrnFormat format(header, Source::police);
        CsvReader reader(hotspots::tests::bytes_of(id + "," + from + "\n"), "test.csv");
        CsvRow row;
        reader.next(row);
        return std::get<Reject>(format.read(row));
    };
    CHECK(read_both("", "2025-03").field == "incident_id");
    CHECK(read_both("  ", "2025-03").field == "incident_id");
    CHECK_THAT(read_both("\"A\n1\"", "2025-03").reason, Contains("line break"));
    CHECK_THAT(read_both(std::string(201, 'a'), "2025-03").reason, Contains("201"));
    CHECK(read_both(std::string(201, 'a'), "2025-03").value.size() == 200);
    CHECK(read_both("A1", "").field == "occurred_from");
    CHECK_THAT(read_both("A1", "").reason, Contains("empty"));
    CHECK(read_both("A1", "01/03/2025").value == "01/03/2025");
    CHECK_THAT(read_both("A1", "1066-01-01").reason, Contains("ISO 8601"));
    CHECK_THAT(read_both("A1", "1825-03-01").reason, Contains("1900 to 2100"));
}

TEST_CASE("strange coordinates that are numbers are kept") {
    const auto [names, values] = GENERATE(table<const char*, const char*>({
        {",longitude,latitude", ",0,0"},
        {",longitude,latitude", ",52.63,-1.13"},
        {",longitude,latitude", ",-180,90"},
        {",easting,northing", ",-1,99999999"},
        {",easting,northing", ",304462,458592"},
    }));
    INFO(values);
    CHECK(std::holds_alternative<RawRecord>(read(names, values)));
}

TEST_CASE("an end in the same day or month as a vaguer or finer start is no contradiction") {
    const auto* to = GENERATE("2025-03", "2025-03-01", "2025-03-01T00:00", "2025-03-01T23:00");
    CHECK(std::holds_alternative<RawRecord>(read(",occurred_to", std::string(",") + to)));
}

TEST_CASE("column names match without regard to case and order") {
    const auto header = header_of(" Occurred_From ,WEAPON,Incident_ID");
    VrnFormat format(header, Source::police);
    CsvReader reader(hotspots::tests::bytes_of("2025-03,knife,A1\n"), "test.csv");
    CsvRow row;
    reader.next(row);
    const auto record = std::get<RawRecord>(format.read(row));
    CHECK(record.incident_id == "A1");
    CHECK(record.weapon == Weapon::knife);
    CHECK(record.extra.empty());
}
