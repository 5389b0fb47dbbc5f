// Oracle: the gazetteer's own points, for texts written in ways that the labelled set does not
// show.
#include "data/geocode/geocode.hpp"
#include "tests/catch.hpp"
#include "tests/data/geocode/unlike_texts.hpp"

#include <algorithm>
#include <iomanip>
#include <iostream>

namespace hotspots::tests {
namespace {

using data::GeocodeStatus;

constexpr int texts_of_each = 1500;
constexpr int most_shown = 3; // failures of each kind

void print(const std::string& kind, const Tally& tally, const std::vector<std::string>& failures) {
    std::cout << std::left << std::setw(18) << kind << std::right << std::setw(7) << tally.texts
              << std::setw(9) << tally.matched << std::setw(8) << tally.right << '\n';
    for (const auto& failure : failures) {
        std::cout << "    " << failure << '\n';
    }
}

template <class Make>
Tally tally_of(const std::string& kind, Make make) {
    Tally tally;
    std::vector<std::string> failures;
    for (int i = 0; i < texts_of_each; ++i) {
        const LabelledText text = make(kind);
        const auto location = data::geocode_text(*real_gazetteer(), text.text);
        const bool matched = location.status == GeocodeStatus::matched;
        const bool right = matched && is_right(text, *location.point);
        ++tally.texts;
        tally.matched += matched ? 1 : 0;
        tally.right += right ? 1 : 0;
        const bool placeable = text.tolerance_m > 0;
        if ((placeable ? !right : matched) && static_cast<int>(failures.size()) < most_shown) {
            failures.push_back((matched ? "WRONG '" : "refused '") + text.text + "' by " +
                               location.rule + " as '" + location.matched_text + "'");
        }
    }
    std::sort(failures.begin(), failures.end());
    failures.erase(std::unique(failures.begin(), failures.end()), failures.end());
    print(kind, tally, failures);
    return tally;
}

TEST_CASE("Texts unlike the labelled ones are placed right or not at all") {
    if (!real_gazetteer()) {
        return;
    }
    UnlikeTexts texts(*real_reference());
    Tally all;
    for (const auto& kind : UnlikeTexts::placeable_kinds()) {
        const Tally tally =
            tally_of(kind, [&](const std::string& k) { return texts.placeable(k); });
        all.texts += tally.texts;
        all.matched += tally.matched;
        all.right += tally.right;
    }
    CHECK(all.right >= 0.985 * all.texts);
    CHECK(all.right >= 0.995 * all.matched);
}

TEST_CASE("Texts unlike the labelled ones that are no place here are never mapped") {
    if (!real_gazetteer()) {
        return;
    }
    UnlikeTexts texts(*real_reference());
    for (const auto& kind : UnlikeTexts::unplaceable_kinds()) {
        const Tally tally =
            tally_of(kind, [&](const std::string& k) { return texts.unplaceable(k); });
        INFO(kind);
        // A street that we do not know may be one letter from a street of the same ward.
        CHECK(tally.matched <= (kind == "unknown street" ? texts_of_each / 200 : 0));
    }
}

TEST_CASE("Coordinates are quoted as the text has them") {
    const data::Gazetteer none({});
    for (const auto& [text, quoted] : std::vector<std::pair<std::string, std::string>>{
             {"field at SK 58592 04462, by gate", "SK 58592 04462"},
             {"E458592N304462 car park", "E458592N304462"},
             {"52.63475, -1.13566", "52.63475, -1.13566"},
             {"-1.13566,52.63475", "-1.13566,52.63475"},
             {"at 52\xC2\xB0"
              "38'05.1\"N 1\xC2\xB0"
              "08'08.4\"W",
              "52\xC2\xB0"
              "38'05.1\"N 1\xC2\xB0"
              "08'08.4\"W"}}) {
        INFO(text);
        const auto location = data::geocode_text(none, text);
        CHECK(location.status == GeocodeStatus::matched);
        CHECK(location.matched_text == quoted);
    }
}

} // namespace
} // namespace hotspots::tests
