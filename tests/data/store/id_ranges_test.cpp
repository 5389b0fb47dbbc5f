#include "data/store/id_ranges.hpp"
#include "tests/catch.hpp"

#include <random>

using namespace hotspots::data::store;

TEST_CASE("Ids become ranges, and come back as they were") {
    CHECK(ranges_text({}).empty());
    CHECK(ranges_text(std::vector<std::int64_t>{7}) == "7");
    CHECK(ranges_text(std::vector<std::int64_t>{1, 2, 3, 5, 7, 8}) == "1-3 5 7-8");
    std::mt19937 random(7);
    for (int round = 0; round < 200; ++round) {
        std::vector<std::int64_t> ids;
        for (std::int64_t id = 0; id < 60; ++id) {
            if (random() % 3 != 0) {
                ids.push_back(id);
            }
        }
        REQUIRE(ids_of_ranges(ranges_text(ids)) == ids);
    }
}

TEST_CASE("A text that is no list of ascending ranges is refused") {
    for (const char* text : {"x", "1-", "3-1", "1 1", "5 3", "1,2", "1  2", "1 ", " 1", "-1",
                             "1-99999999999999999999", "0-9000000000000000000"}) {
        INFO(text);
        CHECK_FALSE(ids_of_ranges(text));
    }
}
