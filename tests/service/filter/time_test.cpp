// Times: precision, intervals and the relations between them (OWL-Time's, after Allen 1983).
#include "tests/service/filter/parsing.hpp"

#include <array>

using namespace hotspots;
using namespace hotspots::service::filter;

namespace {

constexpr std::int64_t day_us = 86'400'000'000;

Instant day(std::int64_t number) {
    return {number * day_us, (number + 1) * day_us - 1};
}

constexpr std::int64_t july_1 = 20'270; // 2025-07-01

tests::Feature feature() {
    return {{{"exact", Type::time,
              Instant{july_1 * day_us + 80'100'000'000, july_1 * day_us + 80'100'000'000}}, // 22:15
             {"day", Type::time, day(july_1)},
             {"month", Type::time, Instant{july_1 * day_us, (july_1 + 31) * day_us - 1}},
             {"later", Type::time, day(july_1 + 2)},
             {"never", Type::time, Value()}}};
}

} // namespace

TEST_CASE("Times of different precision are compared at the coarser one", "[filter]") {
    const auto item = feature();
    for (const std::string text : {"exact = TIMESTAMP('2025-07-01T22:15:00Z')",
                                   "exact > TIMESTAMP('2025-07-01T22:14:59.9Z')",
                                   "exact = DATE('2025-07-01')",
                                   "exact <= DATE('2025-07-01')",
                                   "exact < DATE('2025-07-02')",
                                   "NOT exact > DATE('2025-07-01')",
                                   "day = DATE('2025-07-01')",
                                   "day = TIMESTAMP('2025-07-01T03:00:00Z')",
                                   "day < TIMESTAMP('2025-07-02T00:00:00Z')",
                                   "month = DATE('2025-07-20')",
                                   "month >= DATE('2025-07-20')",
                                   "month <= DATE('2025-07-20')",
                                   "NOT month < DATE('2025-07-20')",
                                   "month > DATE('2025-06-30')",
                                   "month < DATE('2025-08-01')",
                                   "month = '2025-07'",
                                   "exact = '2025-07'",
                                   "day = '2025-07-01'",
                                   "'2025-07-01T22:15:00Z' = exact",
                                   "day BETWEEN '2025-06' AND '2025-07'",
                                   "'2025-07-01' BETWEEN '2025-06' AND day",
                                   "day IN ('2025-06-30', '2025-07-01')",
                                   "'2025-07-01' IN ('2024-01', day)",
                                   "exact <> later"}) {
        CAPTURE(text);
        CHECK(item.truth(text) == "true");
    }
    CHECK_THROWS_AS(item.matches("day = '2025'"), FilterError); // a year alone is no time
    CHECK(item.truth("never = DATE('2025-07-01')") == "null");
    CHECK(item.truth("T_AFTER(never, DATE('2025-07-01'))") == "null");
    CHECK(item.truth("T_EQUALS(INTERVAL(day, never), INTERVAL('2025-07-01', '..'))") == "null");
    CHECK(item.truth("T_INTERSECTS(INTERVAL(later, day), INTERVAL('..', '..'))") == "null");
}

TEST_CASE("Of Allen's thirteen relations exactly the right one holds", "[filter]") {
    const auto item = feature();
    // The second interval is 2025-01-10/2025-01-20.
    const std::pair<const char*, const char*> cases[]{
        {"'2025-01-01','2025-01-05'", "T_BEFORE"},
        {"'2025-01-25','2025-01-30'", "T_AFTER"},
        {"'2025-01-01','2025-01-10'", "T_MEETS"},
        {"'2025-01-20','2025-01-30'", "T_METBY"},
        {"'2025-01-01','2025-01-15'", "T_OVERLAPS"},
        {"'2025-01-15','2025-01-30'", "T_OVERLAPPEDBY"},
        {"'2025-01-10','2025-01-15'", "T_STARTS"},
        {"'2025-01-10','2025-01-30'", "T_STARTEDBY"},
        {"'2025-01-12','2025-01-15'", "T_DURING"},
        {"'2025-01-01','2025-01-30'", "T_CONTAINS"},
        {"'2025-01-15','2025-01-20'", "T_FINISHES"},
        {"'2025-01-01','2025-01-20'", "T_FINISHEDBY"},
        {"'2025-01-10','2025-01-20'", "T_EQUALS"}};
    const auto with_times = [](std::string text) {
        for (auto at = text.find("',"); at != text.npos; at = text.find("',", at + 1)) {
            text.insert(at, "T00:00:00Z");
            at += 10;
        }
        return text.insert(text.size() - 1, "T00:00:00Z");
    };
    for (const auto& [first, relation] : cases) {
        for (const bool times : {false, true}) {
            const std::string second = "'2025-01-10','2025-01-20'";
            const auto a = times ? with_times(first) : std::string(first);
            const auto b = times ? with_times(second) : second;
            const auto pair = "(INTERVAL(" + a + "),INTERVAL(" + b + "))";
            for (const auto& [ignored, other] : cases) {
                CAPTURE(pair, other);
                CHECK(item.matches(other + pair) == (std::string(other) == relation));
            }
            const bool apart =
                std::string(relation) == "T_BEFORE" || std::string(relation) == "T_AFTER";
            CHECK(item.matches("T_DISJOINT" + pair) == apart);
            CHECK(item.matches("T_INTERSECTS" + pair) == !apart);
        }
    }
}

TEST_CASE("Instants and open intervals are compared too", "[filter]") {
    const auto item = feature();
    for (const std::string text :
         {"T_AFTER(later, day)", "T_BEFORE(day, INTERVAL('2025-07-02', '..'))",
          "T_INTERSECTS(exact, INTERVAL('..', '2025-07-01T22:15:00Z'))",
          "T_EQUALS(INTERVAL('2025-07-01', '2025-07-31'), month)",
          "T_EQUALS(INTERVAL(day, '..'), INTERVAL('2025-07-01', '..'))",
          "T_CONTAINS(INTERVAL('..', '..'), INTERVAL(day, later))",
          "T_DURING(INTERVAL(day, later), INTERVAL('2025-06-30', '2025-07-04'))",
          "T_STARTS(INTERVAL(day, later), INTERVAL('2025-07-01', '..'))",
          "T_INTERSECTS('2025-07-01', day)",
          "T_DISJOINT(day, TIMESTAMP('2025-07-02T00:00:00Z'))"}) {
        CAPTURE(text);
        CHECK(item.truth(text) == "true");
    }
}

TEST_CASE("The first and last days of the calendar are days", "[filter]") {
    const auto item = feature();
    CHECK(item.truth("day > DATE('0000-01-01')") == "true");
    CHECK(item.truth("day < TIMESTAMP('9999-12-31T23:59:59.999999Z')") == "true");
    CHECK(tests::rewritten("a = TIMESTAMP('0000-02-29T00:00:00.000001Z')") ==
          "a = TIMESTAMP('0000-02-29T00:00:00.000001Z')");
    CHECK(tests::rewritten("a = TIMESTAMP('1969-12-31T23:59:59.25Z')") ==
          "a = TIMESTAMP('1969-12-31T23:59:59.25Z')");
    CHECK_THROWS_AS(parse_text("a = DATE('2025-02-29')"), FilterError);
}
