#include "service/ward_words.hpp"
#include "tests/catch.hpp"

using namespace hotspots;
using service::change_sentence;

namespace {

data::ReleasePeriod released_period(const char* text) {
    return data::release_period_from_text(text).value();
}

data::Figure shown(std::int64_t value) {
    return {value, data::Hiding::none};
}

} // namespace

TEST_CASE("Periods of whole months are said in words", "[panel]") {
    const auto words = [](const char* text) {
        return service::period_words(released_period(text));
    };
    CHECK(words("2024-07/2025-06") == "12 months to June 2025");
    CHECK(words("2025-04/2025-06") == "April to June 2025");
    CHECK(words("2024-02") == "February 2024");
}

TEST_CASE("A hidden figure is not told by its sentence", "[panel]") {
    const auto year = released_period("2024-07/2025-06");
    const std::string not_shown =
        "The number of incidents of serious violence in public places in Castle in the 12 months "
        "to June 2025 is not shown, so that nobody can be recognised by it.";
    for (const auto hiding : {data::Hiding::small, data::Hiding::added}) {
        CHECK(service::count_sentence("Castle", {std::nullopt, hiding}, year) == not_shown);
    }
    CHECK(service::count_sentence("Castle", shown(0), year) ==
          "No incident of serious violence in public places was recorded in Castle in the 12 "
          "months to June 2025.");
    CHECK(service::count_sentence("Castle", shown(45), released_period("2025-04/2025-06")) ==
          "About 45 incidents of serious violence in public places were recorded in Castle in "
          "April to June 2025.");
}

// z of 100 and 130 is 2(11.40 - 10) = 2.80, of 100 and 120 1.91, of 100 and 140 3.66.
TEST_CASE("Change is told from what chance alone would do, and never from hidden figures",
          "[panel]") {
    const auto before = shown(100);
    CHECK(change_sentence(shown(120), &before) ==
          "That is about as many as in the year before (100).");
    CHECK(change_sentence(shown(130), &before) ==
          "That is more than in the year before (100), which may still be chance.");
    CHECK(change_sentence(shown(140), &before) ==
          "That is more than in the year before (100), by more than chance alone explains.");
    CHECK(change_sentence(shown(60), &before) ==
          "That is fewer than in the year before (100), by more than chance alone explains.");
    const auto none = shown(0);
    CHECK(change_sentence(none, &none) == "That is about as many as in the year before (0).");
    const data::Figure hidden{std::nullopt, data::Hiding::small};
    const std::string not_both =
        "It cannot be compared with the year before, as not both figures are shown.";
    CHECK(change_sentence(hidden, &before) == not_both);
    CHECK(change_sentence(before, &hidden) == not_both);
    CHECK(change_sentence(before, nullptr).empty());
}
