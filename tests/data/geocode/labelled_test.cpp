// Oracle: 3,000 labelled police-style texts with acceptable points (real open data).
#include "data/geocode/geocode.hpp"
#include "tests/data/geocode/reference_fixture.hpp"
#include "tests/real_data.hpp"

#include <iomanip>
#include <iostream>
#include <map>

namespace hotspots::tests {
namespace {

using data::GeocodeStatus;

void print(const std::map<std::string, Tally>& tallies) {
    std::cout << std::left << std::setw(14) << "kind" << std::right << std::setw(8) << "texts"
              << std::setw(9) << "matched" << std::setw(8) << "right" << '\n';
    for (const auto& [kind, tally] : tallies) {
        std::cout << std::left << std::setw(14) << kind << std::right << std::setw(8) << tally.texts
                  << std::setw(9) << tally.matched << std::setw(8) << tally.right << '\n';
    }
}

double share(int part, int whole) {
    return whole > 0 ? static_cast<double>(part) / whole : 1;
}

TEST_CASE("Labelled texts are placed where they belong, and what is no place never is") {
    const auto path = real_data("geocode-labelled.csv");
    const auto* gazetteer = real_gazetteer();
    if (!path || !gazetteer) {
        return;
    }
    std::map<std::string, Tally> tallies;
    Tally placeable;
    for (const auto& text : labelled_texts(*path)) {
        const auto location = data::geocode_text(*gazetteer, text.text);
        const bool matched = location.status == GeocodeStatus::matched;
        const bool right = matched && is_right(text, *location.point);
        auto& tally = tallies[text.kind];
        ++tally.texts;
        tally.matched += matched ? 1 : 0;
        tally.right += right ? 1 : 0;
        if (text.placeable()) {
            ++placeable.texts;
            placeable.matched += matched ? 1 : 0;
            placeable.right += right ? 1 : 0;
        } else {
            INFO(text.kind << ": '" << text.text << "' by " << location.rule);
            CHECK_FALSE(matched);
        }
    }
    print(tallies);
    CHECK(share(placeable.right, placeable.texts) >= 0.995);
    CHECK(share(placeable.right, placeable.matched) >= 0.998);
    for (const char* kind : {"street", "shared-name", "postcode", "grid"}) {
        INFO(kind);
        CHECK(share(tallies[kind].right, tallies[kind].texts) >= 0.995);
    }
    CHECK(share(tallies["street-typo"].right, tallies["street-typo"].texts) >= 0.96);
}

} // namespace
} // namespace hotspots::tests
