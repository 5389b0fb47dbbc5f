// Mapping files: what they may say, and that every fault is told with its member.
#include "data/errors.hpp"
#include "data/ingest/mapping.hpp"
#include "data/ingest/time_pattern.hpp"
#include "tests/catch.hpp"
#include "tests/data/ingest/files.hpp"

using namespace hotspots::data;
using Catch::Contains;

namespace {

// A mapping of name m and column occurred_from, with more members.
std::string with(const std::string& members) {
    return R"({"name": "m", "columns": {"occurred_from": "When"})" +
           (members.empty() ? "" : ", " + members) + "}";
}

std::string with_columns(const std::string& columns, const std::string& members = "") {
    return R"({"name": "m", "columns": {"occurred_from": "When", )" + columns + "}" +
           (members.empty() ? "" : ", " + members) + "}";
}

std::string fault_of(const std::string& json) {
    try {
        parse_mapping(json, "m.json");
    } catch (const InputError& error) {
        return error.what();
    }
    return "";
}

} // namespace

TEST_CASE("a mapping that is wrong is refused with file, member and what would be right") {
    struct Case {
        std::string json, where, what;
    };
    const std::vector<Case> cases{
        {"", "m.json", "not valid JSON"},
        {"{\"name\": \"m\"", "m.json", "line 1"},
        {"[]", "m.json", "expected a JSON object"},
        {R"({"name": "m", "name": "n"})", "name", "twice"},
        {R"({"columns": {"occurred_from": "When"}})", "name", "missing"},
        {R"({"name": "M m", "columns": {"occurred_from": "When"}})", "name", "a-z"},
        {R"({"name": "police-uk", "columns": {"occurred_from": "W"}})", "name", "police-uk"},
        {R"({"name": "m"})", "columns", "missing"},
        {R"({"name": "m", "columns": {"weapon": "W"}})", "columns.occurred_from", "missing"},
        {R"({"name": "m", "columns": ["W"]})", "columns", "an object"},
        {with(R"("colums": {})"), "colums", "those are description, name"},
        {with(R"("source": "hospital")"), "source", "police, ed, ambulance"},
        {with(R"("source": 3)"), "source", "found 3"},
        {with_columns(R"("weapons": "W")"), "columns", "'weapons' is no column"},
        {with_columns(R"("weapon": 7)"), "columns.weapon", "found 7"},
        {with_columns(R"("weapon": " ")"), "columns.weapon", "a text"},
        {with_columns(R"("weapon": [])"), "columns.weapon", "at least one"},
        {with_columns(R"("injury": {"join": ["A"]})"), "columns.injury", "two columns"},
        {with_columns(R"("injury": {"join": ["A", "B"], "by": "x"})"), "columns.injury", "join"},
        {with_columns(R"("injury": {"join": ["A", "B"], "with": ""})"), "columns.injury.with",
         "to stand between"},
        {with_columns(R"("victim_age": {"join": ["A", "B"]})"), "columns.victim_age", "numbers"},
        {with_columns(R"("easting": "E")"), "easting and northing", "both or neither"},
        {with_columns(R"("source": "S")", R"("source": "ed")"), "source", "there are two"},
        {with_columns(R"("weapon": "W")", R"("constants": {"weapon": "knife"})"), "weapon",
         "two sources"},
        {with_columns(R"("occurred_to": "T")", R"("known_by": "A")"), "occurred_to", "two sources"},
        {with(R"("constants": {"weapon": "sword"})"), "constants.weapon", "knife, firearm"},
        {with(R"("constants": {"source": "ed"})"), "constants.source", "member 'source'"},
        {with(R"("constants": {"incident_id": "1"})"), "constants.incident_id", "every row"},
        {with(R"("values": {"weapon": {"Knife": "knife"}})"), "values.weapon", "columns has no"},
        {with_columns(R"("weapon": "W")", R"("values": {"weapon": {"Blade": "sword"}})"),
         "values.weapon.Blade", "knife, firearm"},
        {with_columns(R"("weapon": "W")", R"("values": {"weapon": {"otherwise": "?"}})"),
         "values.weapon.otherwise", "knife, firearm"},
        {with_columns(R"("weapon": "W")", R"("values": {"weapon": {"A": "knife", "a": "other"}})"),
         "values.weapon", "same word twice"},
        {with_columns(R"("weapon": "W")", R"("values": {"weapon": {" ": "knife"}})"),
         "values.weapon", "not given"},
        {with_columns(R"("location_text": "L")", R"("values": {"location_text": {"a": "b"}})"),
         "values.location_text", "no words to rename"},
        {with(R"("optional": "weapon")"), "optional", "found 'weapon'"},
        {with(R"("optional": "occurred_from")"), "optional", "other than occurred_from"},
        {with(R"("times": "DD/MM/YY")"), "times", "century"},
        {with(R"("times": 5)"), "times", "found 5"},
        {with(R"("drop": ["when"])"), "drop", "kept under another member"},
        {with(R"("extra": [["a"]])"), "extra[0]", "a text"},
        {with(R"("description": )" + std::string(100, '[') + std::string(100, ']')), "m.json",
         "levels"},
    };
    for (const auto& each : cases) {
        INFO(each.json);
        CHECK_THAT(fault_of(each.json),
                   Contains("m.json") && Contains(each.where) && Contains(each.what));
    }
    CHECK(fault_of(with("")).empty());
}

TEST_CASE("the mappings that come with the program are sound") {
    CHECK(istv_mapping()->name == "istv");
    CHECK(istv_mapping()->source == Source::ed);
    const auto ambulance =
        read_mapping(HOTSPOTS_SOURCE_DIR "/data/mappings/ambulance.example.json");
    CHECK(ambulance->source == Source::ambulance);
    const hotspots::tests::TemporaryFolder folder;
    CHECK_THROWS_WITH(read_mapping(folder.path("none.json")), Contains("no such file"));
    CHECK_THROWS_WITH(read_mapping(folder.write("big.json", std::string(2'000'000, ' '))),
                      Contains("at most 1 MiB"));
}

TEST_CASE("an order of date and time is read as written, into ISO 8601") {
    struct Case {
        const char *order, *text, *iso;
    };
    const std::vector<Case> cases{
        {"DD/MM/YYYY HH:MM[:SS]", "01/03/2025 22:15", "2025-03-01T22:15"},
        {"DD/MM/YYYY HH:MM[:SS]", "01/03/2025 22:15:30", "2025-03-01T22:15:30"},
        {"DD/MM/YYYY HH:MM[:SS]", "1/3/2025  9:05", "2025-03-01T09:05"},
        {"DD/MM/YYYY HH:MM[:SS]", "01/03/2025", "2025-03-01"},
        {"DD/MM/YYYY HH:MM[:SS]", "01/03/25", nullptr},
        {"DD/MM/YYYY HH:MM[:SS]", "01/03/25 22:15", nullptr},
        {"DD/MM/YYYY HH:MM[:SS]", "01-03-2025", nullptr},
        {"DD/MM/YYYY HH:MM[:SS]", "01/03/2025 22:5", nullptr},
        {"DD/MM/YYYY HH:MM[:SS]", "01/03/2025 22:15 ", nullptr},
        {"DD/MM/YYYY HH:MM[:SS]", "01/03/2025 22:15:30:1", nullptr},
        {"DD/MM/YYYY HH:MM[:SS]", "001/03/2025", nullptr},
        {"MM/DD/YYYY", "03/01/2025", "2025-03-01"},
        {"YYYYMMDD[HHMM]", "202503012215", "2025-03-01T22:15"},
        {"YYYYMMDD[HHMM]", "20250301", "2025-03-01"},
        {"YYYYMMDD[HHMM]", "2025031", nullptr},
        {"MM/YYYY", "3/2025", "2025-03"},
        {"HH:MM DD.MM.YYYY", "22:15 01.03.2025", "2025-03-01T22:15"},
        {"DD/MM/YYYY HH:MM", "31/02/2025 25:99", "2025-02-31T25:99"}, // whether it exists: later
    };
    for (const auto& [order, text, iso] : cases) {
        INFO(order << " | " << text);
        const auto found = TimePattern(order).to_iso(text);
        CHECK(found == (iso == nullptr ? std::nullopt : std::optional<std::string>(iso)));
    }
    for (const char* wrong : {"", "DD/MM/YY", "DD/MM", "YYYY", "DD/MM/YYYY HH", "MM/YYYY HH:MM",
                              "DD/MM/YYYY DD", "DD/MM/YYYY [HH:MM", "DD/MM/YYYY HH:MM]", "D/M/YYYY",
                              "DD/MM/YYYY HH:SS", "[DD/MM/YYYY]", "[[[[[DD/MM/YYYY]]]]]"}) {
        INFO(wrong);
        CHECK_THROWS_WITH(TimePattern(wrong), Contains("expected an order such as DD/MM/YYYY"));
    }
}
