// Oracle: the textbook matrix of optimal string alignment, and a search through all names.
#include "data/geocode/edit_distance.hpp"
#include "data/geocode/fuzzy_index.hpp"
#include "tests/catch.hpp"

#include <algorithm>
#include <map>
#include <random>

namespace hotspots::tests {
namespace {

int textbook_distance(const std::string& a, const std::string& b) {
    std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                d[i][j] = static_cast<int>(i + j);
                continue;
            }
            const int change = a[i - 1] == b[j - 1] ? 0 : 1;
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
            }
        }
    }
    return d[a.size()][b.size()];
}

std::string random_word(std::mt19937& random, std::size_t longest) {
    std::uniform_int_distribution<std::size_t> length(1, longest);
    std::uniform_int_distribution<int> letter('a', 'd');
    std::string word(length(random), ' ');
    for (char& c : word) {
        c = static_cast<char>(letter(random));
    }
    return word;
}

TEST_CASE("The bounded edit distance is the textbook's, or absent beyond the bound") {
    std::mt19937 random(3);
    for (int i = 0; i < 20000; ++i) {
        const auto a = random_word(random, 12);
        const auto b = random_word(random, 12);
        const int expected = textbook_distance(a, b);
        for (int most = 0; most <= 2; ++most) {
            const auto found = data::edit_distance(a, b, most);
            REQUIRE(found == (expected <= most ? std::optional(expected) : std::nullopt));
        }
    }
}

data::NameIndex index_of(const std::vector<std::string>& names) {
    std::vector<data::NamedPlace> places;
    for (const auto& name : names) {
        data::NamedPlace place;
        place.name = name;
        place.point = {-1.13, 52.63};
        places.push_back(place);
    }
    const auto no_ward = [](const auto&, const auto&) { return std::optional<data::WardNumber>(); };
    return data::NameIndex(places, no_ward, [](const std::string&) { return false; });
}

TEST_CASE("The fuzzy index finds what a search through all names finds") {
    std::mt19937 random(4);
    std::vector<std::string> names;
    for (int i = 0; i < 400; ++i) {
        names.push_back(random_word(random, 12));
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    const auto index = index_of(names);
    const data::FuzzyIndex fuzzy(index);
    for (int i = 0; i < 500; ++i) {
        const auto word = random_word(random, 12);
        std::map<std::string, int> found;
        for (const auto& match : fuzzy.find(word, 2)) {
            found[index.group(match.name).name] = match.edits;
        }
        std::map<std::string, int> expected;
        for (const auto& name : names) {
            if (const int edits = textbook_distance(word, name); edits <= 2) {
                expected[name] = edits;
            }
        }
        REQUIRE(found == expected);
    }
}

TEST_CASE("Long and short street types are one name, and a missing space costs nothing") {
    const auto index = index_of({"Granby Street", "Saint Mary's Road", "Mill Lane"});
    CHECK(data::name_key(data::tokens_of("GRANBY ST.")) == "granby st");
    CHECK(data::name_key(data::tokens_of("St Marys Rd")) ==
          data::name_key(data::tokens_of("Saint Mary's Road")));
    const data::FuzzyIndex fuzzy(index);
    REQUIRE(fuzzy.find("granbystr", 0).size() == 1);
    CHECK(index.group(fuzzy.find("granbystr", 0).front().name).name == "Granby Street");
    REQUIRE(index.beginning_with("mill", 10).size() == 1);
    CHECK(index.beginning_with("m", 10).size() == 1);
    CHECK(index.beginning_with("x", 10).empty());
}

} // namespace
} // namespace hotspots::tests
