// Texts made from the real gazetteer with other words, areas, refusals and typing errors than those
// of the labelled set: what was learned must carry over.
#include "data/geocode/geocode.hpp"
#include "geo/crs.hpp"
#include "tests/catch.hpp"
#include "tests/data/geocode/reference_fixture.hpp"

#include <cmath>
#include <iostream>
#include <map>
#include <random>
#include <set>

namespace hotspots::tests {
namespace {

using data::GeocodeStatus;

constexpr int texts_of_each = 2000;

class Maker {
public:
    explicit Maker(const data::ReferenceData& reference) : m_reference(reference) {
        for (const auto& place : reference.places) {
            m_by_name[place.name].push_back(&place);
        }
    }

    template <class Items>
    auto one_of(const Items& items) {
        std::uniform_int_distribution<std::size_t> at(0, std::size(items) - 1);
        return *(std::begin(items) + static_cast<std::ptrdiff_t>(at(m_random)));
    }
    bool chance(double share) {
        return std::uniform_real_distribution<double>(0, 1)(m_random) < share;
    }

    // A street whose name lies in one spot of its ward; elsewhere it may occur again.
    const data::NamedPlace& street() {
        for (;;) {
            std::uniform_int_distribution<std::size_t> at(0, m_reference.places.size() - 1);
            const auto& place = m_reference.places[at(m_random)];
            int in_ward = 0;
            for (const auto* other : m_by_name[place.name]) {
                in_ward += other->ward_code == place.ward_code ? 1 : 0;
            }
            if (place.kind == data::PlaceKind::street && in_ward == 1 &&
                place.name.find(' ') != std::string::npos) {
                return place;
            }
        }
    }

    std::string opening() {
        static const std::vector<std::string> words = {"",
                                                       "in front of",
                                                       "close to",
                                                       "incident at",
                                                       "fight on",
                                                       "seen near",
                                                       "footpath at",
                                                       "across from",
                                                       "bus stop on",
                                                       "adj to",
                                                       "towards",
                                                       "layby",
                                                       "the bottom of",
                                                       "just off",
                                                       "robbed on",
                                                       "entry off",
                                                       "further along",
                                                       "shop on",
                                                       "waste ground behind",
                                                       "o/side"};
        const std::string opening =
            one_of(words) + (chance(0.4) ? " " + std::to_string(1 + m_random() % 199) : "");
        return opening.empty() || opening.front() != ' ' ? opening + ' ' : opening.substr(1) + ' ';
    }

    std::string area(const data::NamedPlace& street) {
        return one_of(std::vector<std::string>{", ", " - ", " "}) + street.ward + ", " +
               street.authority;
    }

    // One letter left out, doubled, changed or swapped with the next; the type stays as it is.
    std::string misspelt(const std::string& name) {
        const std::size_t stem = name.rfind(' ');
        const std::size_t at = m_random() % (stem - 1);
        std::string text = name;
        switch (m_random() % 4) {
        case 0:
            return text.erase(at, 1);
        case 1:
            return text.insert(at, 1, text[at]);
        case 2:
            text[at] = static_cast<char>('a' + m_random() % 26);
            return text;
        default:
            std::swap(text[at], text[at + 1]);
            return text;
        }
    }

    std::string cased(std::string text) {
        const auto style = m_random() % 3;
        for (char& c : text) {
            c = style == 0   ? static_cast<char>(std::toupper(c))
                : style == 1 ? static_cast<char>(std::tolower(c))
                             : c;
        }
        return text;
    }

private:
    const data::ReferenceData& m_reference;
    std::map<std::string, std::vector<const data::NamedPlace*>> m_by_name;
    std::mt19937 m_random{20261122};
};

Tally tally_of(Maker& maker, bool typing_errors) {
    Tally tally;
    for (int i = 0; i < texts_of_each; ++i) {
        const auto& street = maker.street();
        const std::string name = typing_errors ? maker.misspelt(street.name) : street.name;
        const std::string text = maker.cased(maker.opening() + name + maker.area(street));
        const auto location = data::geocode_text(*real_gazetteer(), text);
        ++tally.texts;
        if (location.status != GeocodeStatus::matched) {
            continue;
        }
        ++tally.matched;
        const auto truth = *geo::to_bng(street.point);
        tally.right += std::hypot(location.point->easting_m - truth.easting_m,
                                  location.point->northing_m - truth.northing_m) <= 150;
    }
    return tally;
}

double share(int part, int whole) {
    return static_cast<double>(part) / whole;
}

TEST_CASE("Other words before a street, and other wards, are read as well") {
    if (!real_gazetteer()) {
        return;
    }
    Maker maker(*real_reference());
    const Tally exact = tally_of(maker, false);
    const Tally misspelt = tally_of(maker, true);
    std::cout << "variations: " << exact.right << " right of " << exact.matched << " matched of "
              << exact.texts << "; misspelt: " << misspelt.right << " of " << misspelt.matched
              << " of " << misspelt.texts << '\n';
    CHECK(share(exact.right, exact.texts) >= 0.985);
    CHECK(share(exact.right, exact.matched) >= 0.995);
    CHECK(share(misspelt.right, misspelt.texts) >= 0.93);
    CHECK(share(misspelt.right, misspelt.matched) >= 0.995);
}

TEST_CASE("A street of ours in a place elsewhere is never mapped, known to us or not") {
    if (!real_gazetteer()) {
        return;
    }
    static const std::vector<std::string> elsewhere = {"Ripon",
                                                       "Uppermill",
                                                       "Thornbury",
                                                       "Arnold",
                                                       "Cosgrove",
                                                       "Peterborough",
                                                       "Swadlincote",
                                                       "Long Eaton",
                                                       "Castle Bromwich",
                                                       "West Bridgford",
                                                       "Melbourne, Derbyshire",
                                                       "Llandrindod Wells"};
    Maker maker(*real_reference());
    for (int i = 0; i < texts_of_each; ++i) {
        const std::string text =
            maker.cased(maker.opening() + maker.street().name + ", " + maker.one_of(elsewhere));
        INFO(text);
        CHECK(data::geocode_text(*real_gazetteer(), text).status != GeocodeStatus::matched);
    }
}

TEST_CASE("Refusals, remarks and areas are never mapped") {
    if (!real_gazetteer()) {
        return;
    }
    for (const char* text : {"would not say",
                             "victim unable to recall",
                             "no fixed abode",
                             "???",
                             "see log",
                             "at home",
                             "somewhere in Leicester",
                             "on a bus",
                             "walking home",
                             "town",
                             "the park",
                             "Loughborough",
                             "Hinckley town centre",
                             "LE2",
                             "SK",
                             "A46",
                             "TBC",
                             "declined to answer",
                             "in the street",
                             "the pub",
                             "hospital",
                             "near a park, Leicester",
                             "in the town centre, Melton",
                             "Castle",
                             "Westcotes, Leicester",
                             "x",
                             "0",
                             "999",
                             "street",
                             "The Street",
                             "High Street",
                             "M69 northbound",
                             "car park",
                             "at work",
                             "dont know",
                             "Rutland",
                             "pub in Hinckley",
                             "the shops, Wigston",
                             "near home, Blaby",
                             "12345 12345",
                             "XX 123 456",
                             "99999 99999",
                             "refused, Leicester",
                             "not known - Leicester",
                             "mill, Blaby",
                             "the church, Melton",
                             "somewhere near the green, Leicester",
                             "house party, Leicester",
                             "n/k Hinckley",
                             "New Street, Birmingham",
                             "LE",
                             "town centre",
                             "0 0",
                             ""}) {
        INFO(text);
        CHECK(data::geocode_text(*real_gazetteer(), text).status != GeocodeStatus::matched);
    }
}

} // namespace
} // namespace hotspots::tests
