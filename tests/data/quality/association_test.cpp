// Oracles: R 4.2.2's chisq.test through association_oracle.R beside this file; SciPy's documented
// example of stats.contingency.association; the example of R's confintr::cramersv.
#include "data/quality/association.hpp"
#include "tests/catch.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using namespace hotspots::data;

namespace {

using Table = std::vector<PlacedMissed>;

const Table scipy{{100, 150}, {203, 322}, {420, 700}, {320, 210}};

Table random_table(std::mt19937& random, int records, double rate) {
    Table table(24);
    std::uniform_int_distribution<std::size_t> column(0, table.size() - 1);
    std::bernoulli_distribution placed(rate);
    for (int i = 0; i < records; ++i) {
        auto& chosen = table[column(random)];
        ++(placed(random) ? chosen.placed : chosen.missed);
    }
    return table;
}

} // namespace

TEST_CASE("Cramér's V and the corrected V are those that R gives", "[quality]") {
    struct Expected {
        Table table;
        std::int64_t n;
        double v;
        double corrected;
    };
    const std::vector<Expected> all{
        {scipy, 2425, 0.186178130775, 0.182861880565},
        {{{12, 6}, {7, 7}}, 32, 0.168345124585, 0},
        {{{30, 10}, {60, 20}, {90, 30}}, 240, 0, 0},
        {{{40, 0}, {0, 35}, {25, 0}}, 100, 1, 0.994884876942},
        {{{3, 2}, {1, 7}, {4, 1}, {1, 8}, {5, 2}, {9, 8}, {2, 1}, {6, 8}},
         68,
         0.445295575883,
         0.308596678122},
        {{{20101, 1601}, {8012, 1207}, {4444, 388}}, 35753, 0.086145347588, 0.085821244428},
    };
    for (const auto& expected : all) {
        const auto found = associate(expected.table);
        INFO("n " << expected.n);
        CHECK(found.records == expected.n);
        CHECK(found.rows == 2);
        CHECK(found.columns == expected.table.size());
        CHECK(found.v.value() == Approx(expected.v).margin(1e-11));
        CHECK(found.v_corrected.value() == Approx(expected.corrected).margin(1e-11));
    }
}

TEST_CASE("V agrees with what SciPy and confintr document", "[quality]") {
    CHECK(associate(scipy).v.value() == Approx(0.18617813077483678).epsilon(1e-13));
    CHECK(associate(Table{{12, 7}, {6, 7}}).v.value() == Approx(0.1683451).epsilon(1e-6));
}

TEST_CASE("The corrected V of independent tables is near nothing where V is not", "[quality]") {
    std::mt19937 random(20130101);
    double v = 0;
    double corrected = 0;
    constexpr int tables = 200;
    for (int i = 0; i < tables; ++i) {
        const auto found = associate(random_table(random, 1000, 0.85));
        v += found.v.value() / tables;
        corrected += found.v_corrected.value() / tables;
        CHECK(*found.v_corrected <= *found.v + 1e-3);
    }
    CHECK(v > 0.13); // about sqrt(23 / 1000)
    CHECK(corrected < 0.05);
}

TEST_CASE("V does not depend on the order of columns, empty ones, or which row is which",
          "[quality]") {
    std::mt19937 random(7);
    for (int i = 0; i < 50; ++i) {
        auto table = random_table(random, 400, 0.7);
        const auto found = associate(table);
        std::shuffle(table.begin(), table.end(), random);
        table.insert(table.begin(), {0, 0});
        for (auto& column : table) {
            std::swap(column.placed, column.missed);
        }
        const auto again = associate(table);
        CHECK(again.columns == found.columns);
        CHECK(again.v.value() == Approx(found.v.value()).epsilon(1e-12));
        CHECK(again.v_corrected.value() == Approx(found.v_corrected.value()).margin(1e-12));
    }
}

TEST_CASE("A table of one row or one column has no V, and the words say why", "[quality]") {
    CHECK_FALSE(associate(Table{}).v);
    CHECK(reading_of(associate(Table{})) == "there are no records");
    const auto all_placed = associate(Table{{5, 0}, {7, 0}});
    CHECK(all_placed.rows == 1);
    CHECK_FALSE(all_placed.v);
    CHECK(reading_of(all_placed) == "nothing to compare: all records are placed, or none is");
    const auto one_kind = associate(Table{{5, 3}, {0, 0}});
    CHECK(one_kind.columns == 1);
    CHECK_FALSE(one_kind.v_corrected);
    CHECK(reading_of(one_kind) == "nothing to compare: all records are of one kind");
    const auto as_many_columns = associate(Table{{1, 0}, {0, 1}});
    CHECK(as_many_columns.v.value() == 1);
    CHECK_FALSE(as_many_columns.v_corrected);
    CHECK(reading_of(as_many_columns) == "too few records for so many kinds");
}

TEST_CASE("The words change at Cohen's 0.1, 0.3 and 0.5", "[quality]") {
    const auto words = [](double v) {
        Association association{1000, 2, 3, v, v};
        return std::string(reading_of(association)).substr(0, 5);
    };
    CHECK(words(0.0999) == "negli");
    CHECK(words(0.1) == "small");
    CHECK(words(0.2999) == "small");
    CHECK(words(0.3) == "mediu");
    CHECK(words(0.4999) == "mediu");
    CHECK(words(0.5) == "large");
}
