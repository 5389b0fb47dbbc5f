// The words are those of DESIGN.md's 'Incident file' and 'Words'.
#include "data/record.hpp"
#include "tests/catch.hpp"

using namespace hotspots::data;

namespace {

template <class Enum>
void check_words(std::initializer_list<std::string_view> expected) {
    const auto list = words<Enum>();
    REQUIRE(std::equal(list.begin(), list.end(), expected.begin(), expected.end()));
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto value = static_cast<Enum>(i);
        CHECK(to_text(value) == list[i]);
        CHECK(from_text<Enum>(list[i]) == value);
        CHECK_FALSE(from_text<Enum>(std::string(list[i]) + " "));
    }
    CHECK_FALSE(from_text<Enum>(""));
    CHECK_FALSE(from_text<Enum>("Public"));
}

} // namespace

TEST_CASE("each enum has its words, both ways, and no others") {
    check_words<Source>({"police", "ed", "ambulance"});
    check_words<PlaceType>({"public", "private", "mixed", "unknown"});
    check_words<Domestic>({"yes", "no", "unknown"});
    check_words<Weapon>({"knife", "firearm", "blunt", "other", "none", "unknown"});
    check_words<GeocodeStatus>({"matched", "ambiguous", "area_only", "outside", "unmatched"});
    check_words<GeocodeLevel>({"given", "snapped", "grid_ref", "address", "junction", "street",
                               "poi", "postcode", "place"});
    CHECK(to_text(PlaceType::private_place) == "private");
    CHECK(from_text<PlaceType>("public") == PlaceType::public_place);
    CHECK(to_text(GeocodeStatus::area_only) == "area_only");
    CHECK(to_text(GeocodeLevel::grid_ref) == "grid_ref");
}

TEST_CASE("counts add up when every row ended somewhere") {
    CHECK(ImportCounts{10, 4, 3, 2, 1}.add_up());
    CHECK_FALSE(ImportCounts{10, 4, 3, 2, 0}.add_up());
}
