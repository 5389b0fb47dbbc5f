#include "service/ward_words.hpp"
#include "tests/catch.hpp"

using namespace hotspots;
using service::change_sentence;
using service::PublishedCount;

TEST_CASE("Periods of whole months are said in words", "[panel]") {
    const auto words = [](const char* text) {
        return service::period_words(data::parse_period(text));
    };
    CHECK(words("2024-07/2025-06") == "12 months to June 2025");
    CHECK(words("2025-04/2025-06") == "April to June 2025");
    CHECK(words("2024-11/2025-01") == "November 2024 to January 2025");
    CHECK(words("2024-02") == "February 2024");
    CHECK(words("2025-04-02/2025-06-30") == "2025-04-02/2025-06-30");
}

TEST_CASE("A hidden figure is not told by its sentence", "[panel]") {
    const auto hidden = service::count_sentence("Castle", std::nullopt, "12 months to June 2025");
    CHECK(hidden == "The number of incidents of serious violence in public places in Castle in the "
                    "12 months to June 2025 is not shown, so that nobody can be recognised by it.");
    CHECK_THAT(service::count_sentence("Castle", 0, "12 months to June 2025"),
               Catch::StartsWith("No incident "));
    CHECK_THAT(service::count_sentence("Castle", 45, "12 months to June 2025"),
               Catch::StartsWith("About 45 incidents "));
}

// z of 100 and 130 is 2(11.40 - 10) = 2.80, of 100 and 120 1.91, of 100 and 140 3.66.
TEST_CASE("Change is told from what chance alone would do, and never from hidden figures",
          "[panel]") {
    CHECK(change_sentence(120, PublishedCount(100)) ==
          "That is about as many as in the year before (100).");
    CHECK(change_sentence(130, PublishedCount(100)) ==
          "That is more than in the year before (100), which may still be chance.");
    CHECK(change_sentence(140, PublishedCount(100)) ==
          "That is more than in the year before (100), by more than chance alone explains.");
    CHECK(change_sentence(100, PublishedCount(140)) ==
          "That is fewer than in the year before (140), by more than chance alone explains.");
    CHECK(change_sentence(0, PublishedCount(0)) ==
          "That is about as many as in the year before (0).");
    const std::string not_shown =
        "It cannot be compared with the year before, as not both figures are shown.";
    CHECK(change_sentence(std::nullopt, PublishedCount(100)) == not_shown);
    CHECK(change_sentence(100, std::optional<PublishedCount>(PublishedCount())) == not_shown);
    CHECK(change_sentence(100, std::nullopt).empty());
}
