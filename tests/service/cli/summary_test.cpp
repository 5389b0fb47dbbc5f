#include "service/cli/summary.hpp"
#include "tests/catch.hpp"

#include <sstream>

using namespace hotspots::service;
using hotspots::data::Reject;

TEST_CASE("The counts are the one line of JSON that the contract names") {
    CHECK(counts_json({10, 4, 3, 2, 1}) ==
          R"({"rows":10,"stored":4,"updated":3,"duplicate":2,"rejected":1})");
}

TEST_CASE("A rejected row is told with file, line, field, value and reason") {
    std::ostringstream out;
    print_rejects(out,
                  {{"a.csv", 7, "occurred_from", "yesterday", "is no date; use 2025-03-01"},
                   {"a.csv", 9, "", "", "has 3 fields, the header 5"}},
                  1234);
    CHECK(out.str() == "rejected: a.csv:7: occurred_from 'yesterday': is no date; use 2025-03-01\n"
                       "rejected: a.csv:9: has 3 fields, the header 5\n"
                       "rejected: and 1,232 more rows\n");
}

TEST_CASE("A rejected value cannot control the terminal") {
    std::ostringstream out;
    print_rejects(out, {{"a.csv", 2, "offence", "\x1B[2J\nrejected: forged", "is wrong"}}, 1);
    CHECK(out.str() == "rejected: a.csv:2: offence '?[2J?rejected: forged': is wrong\n");
}

TEST_CASE("An import's summary says where its records are and which are in scope") {
    hotspots::data::ImportResult result;
    result.entry.id = 12;
    result.entry.format = "vrn";
    result.entry.counts = {1500, 1400, 50, 40, 10};
    result.entry.report = R"({"status":{"matched":1400,"unmatched":50},"level":{"given":1400},
        "scope":{"vrn-2021":{"version":1,"in":700,"out":650,"review":100}},
        "crs":{"operation":"OSTN15","accuracy_m":0.1,"grid_used":true},
        "tables":[],"left_out":["readme.txt"]})";
    result.revision.number = 3;
    result.changed = true;
    std::ostringstream out;
    print_import_summary(out, result);
    CHECK(out.str() == "rejected: and 10 more rows\n"
                       "all of them are kept: table rejects of the store, import_id 12\n"
                       "1,500 rows of vrn: 1,400 stored, 50 updated, 40 duplicate, 10 rejected\n"
                       "locations: matched 1,400, unmatched 50\n"
                       "found by: given 1,400\n"
                       "scope vrn-2021: in 700, out 650, review 100\n"
                       "coordinates: OSTN15, accurate to 0.1 m\n"
                       "left out, holds no incidents: readme.txt\n"
                       "revision 3\n");
}
