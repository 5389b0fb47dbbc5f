// Releases of areas so small that every table which fits can be listed: the ranges that the attack
// finds are compared with those. And the words, the bytes and the rule.
#include "data/release/attack.hpp"
#include "data/release/create_release.hpp"
#include "data/release/document.hpp"
#include "tests/catch.hpp"
#include "tests/data/release/area.hpp"
#include "tests/data/release/release_attack.hpp"

#include <map>
#include <set>

using namespace hotspots;
using namespace hotspots::data;
using namespace hotspots::tests;

namespace {

// Under 25 and all.
using AgeCounts = std::pair<std::int64_t, std::int64_t>;

bool may_be(const Release& release, std::string_view area, const ReleasePeriod& period,
            const AgeCounts& counts) {
    const auto fits = [&](ReleaseCategory category, std::int64_t count) {
        const auto figure = *release.find(area, period, category);
        // Said again, not taken from the code: 1 to 7 are hidden, others rounded to 5.
        const bool rounded =
            figure.value &&
            (*figure.value == 0 ? count == 0 : count > 7 && std::abs(*figure.value - count) < 3);
        return rounded || (figure.hiding == Hiding::small && count >= 1 && count <= 7) ||
               figure.hiding == Hiding::added;
    };
    return fits(ReleaseCategory::under_25, counts.first) &&
           fits(ReleaseCategory::all, counts.second);
}

std::set<AgeCounts> sums(const std::set<AgeCounts>& a, const std::set<AgeCounts>& b) {
    std::set<AgeCounts> all;
    for (const auto& one : a) {
        for (const auto& other : b) {
            all.insert({one.first + other.first, one.second + other.second});
        }
    }
    return all;
}

// All that the one authority, which is the whole, may have had in the year, quarter by quarter.
std::set<AgeCounts> listed_year(const Release& release, std::string_view authority,
                                std::int64_t most) {
    std::set<AgeCounts> year{{0, 0}};
    for (const auto& quarter : release.quarters) {
        std::set<AgeCounts> possible;
        for (std::int64_t all = 0; all <= most; ++all) {
            for (std::int64_t young = 0; young <= all; ++young) {
                if (may_be(release, authority, quarter, {young, all}) &&
                    may_be(release, whole_area_code, quarter, {young, all})) {
                    possible.insert({young, all});
                }
            }
        }
        year = sums(year, possible);
    }
    std::erase_if(year, [&](const AgeCounts& counts) {
        return !may_be(release, authority, release.years.front(), counts) ||
               !may_be(release, whole_area_code, release.years.front(), counts);
    });
    return year;
}

} // namespace

TEST_CASE(
    "In an area of three wards every hidden ward figure may be what listing all tables says") {
    int compared = 0;
    for (unsigned seed = 1; seed <= 5; ++seed) {
        CAPTURE(seed);
        const auto made = create_release(made_snapshot({3, 1, 4, 34, seed}), "vrn-2021", {}, "t");
        const auto& release = made.release;
        REQUIRE(release.years.size() == 1);
        if (release.report.left_out.without_quarter != Figure{}) {
            continue; // a year is then more than its quarters, which the list does not know
        }
        const auto& year = release.years.front();
        const auto whole = listed_year(release, "E070", 40);
        std::vector<std::set<AgeCounts>> wards(3);
        for (int ward = 0; ward < 3; ++ward) {
            for (std::int64_t all = 0; all <= 40; ++all) {
                for (std::int64_t young = 0; young <= all; ++young) {
                    if (may_be(release, ward_code(ward), year, {young, all})) {
                        wards[static_cast<std::size_t>(ward)].insert({young, all});
                    }
                }
            }
        }
        std::map<std::pair<int, int>, CountRange> listed; // ward, category
        for (int ward = 0; ward < 3; ++ward) {
            const auto others = sums(wards[static_cast<std::size_t>((ward + 1) % 3)],
                                     wards[static_cast<std::size_t>((ward + 2) % 3)]);
            for (const auto& own : wards[static_cast<std::size_t>(ward)]) {
                const bool fits = std::any_of(others.begin(), others.end(), [&](const auto& rest) {
                    return whole.contains({own.first + rest.first, own.second + rest.second});
                });
                for (int category = 0; fits && category < 2; ++category) {
                    const auto count = category == 0 ? own.second : own.first;
                    auto& range = listed.try_emplace({ward, category}, CountRange{count, count})
                                      .first->second;
                    range = {std::min(range.lower, count), std::max(range.upper, count)};
                }
            }
        }
        const auto system = known_of({made});
        Attack attack(system, {});
        for (std::size_t cell = 0; cell < system.cells.size(); ++cell) {
            const auto& known = system.cells[cell];
            if (known.figure.value || known.key.level != AreaLevel::ward) {
                continue;
            }
            const int ward = std::stoi(known.key.area.substr(3));
            const auto range = attack.range_of_cell(cell);
            const auto& true_range =
                listed.at({ward, known.key.category == ReleaseCategory::all ? 0 : 1});
            CAPTURE(to_text(known.key), range.lower, range.upper, true_range.lower,
                    true_range.upper);
            // The months narrow what this list of quarters leaves, never widen it.
            CHECK(range.lower >= true_range.lower);
            CHECK(range.upper <= true_range.upper);
            CHECK(range.holds(known.truth));
            CHECK(true_range.upper - true_range.lower >= 4);
            ++compared;
        }
    }
    CHECK(compared > 4);
}

TEST_CASE("What is shown of a count, and what it may stand for, agree for every count") {
    const DisclosureRule rule;
    CHECK(to_text(figure_of(0, rule)) == "0");
    CHECK(to_text(figure_of(1, rule)) == "*");
    CHECK(to_text(figure_of(7, rule)) == "*");
    CHECK(to_text(figure_of(8, rule)) == "10");
    CHECK(to_text(figure_of(12, rule)) == "10");
    CHECK(to_text(figure_of(13, rule)) == "15");
    for (std::int64_t count = 0; count < 200; ++count) {
        for (std::int64_t other = 0; other < 200; ++other) {
            const bool same = figure_of(count, rule) == figure_of(other, rule);
            REQUIRE(range_of(figure_of(count, rule), rule).holds(other) == same);
        }
    }
}

TEST_CASE("The same records give the same document, which says nothing else than its figures") {
    const auto snapshot = made_snapshot({6, 2, 5, 120, 2});
    const auto made = create_release(snapshot, "vrn-2021", {}, "test");
    CHECK(create_release(snapshot, "vrn-2021", {}, "test").release.document ==
          made.release.document);
    const auto read = read_release(made.release.document);
    CHECK(write_release(read) == made.release.document);
    CHECK(read.sha256 == made.release.sha256);
    CHECK(read.figures == made.release.figures);
    CHECK(made.release.document.find("atoms") == std::string::npos);
    CHECK(made.release.document.find("incident") == std::string::npos);
    CountedRelease working;
    read_working(write_working(made), working);
    CHECK(working.counts.atoms == made.counts.atoms);
    CHECK(working.counts.span == made.counts.span);
}

TEST_CASE("A record counts in each period that holds its time, and in no shorter one") {
    std::mt19937 random(1);
    MadeArea area{2, 1, 4, 0, 1};
    std::vector<Incident> incidents;
    for (int month = 0; month < 12; ++month) {
        incidents.push_back(made_incident(month + 1, ward_code(0), made_time(month, 28), random));
    }
    const auto count_with = [&](const std::string& from, const std::string& to) {
        auto all = incidents;
        all.push_back(made_incident(100, ward_code(1), from, random));
        all.back().record.occurred_to = parse_moment(to);
        const auto snapshot = made_snapshot(area, all);
        const auto& scope = snapshot.scopes.back();
        const auto span = covered_span(snapshot, scope, std::nullopt, 8).value();
        return count_records(snapshot, scope, span);
    };
    const auto across_quarters = count_with("2023-03-31T23:00", "2023-04-01T02:00");
    CHECK(across_quarters.left_out.without_quarter == 1);
    CHECK(across_quarters.left_out.without_month == 0);
    const auto across_months = count_with("2023-04-30T23:00", "2023-05-01T02:00");
    CHECK(across_months.left_out.without_quarter == 0);
    CHECK(across_months.left_out.without_month == 1);
    const auto before = count_with("2022-12-31T23:00", "2023-01-01T02:00");
    CHECK(before.left_out.time_too_coarse == 1);
    const auto whole_year = count_with("2023-01-01", "2023-12-31");
    CHECK(whole_year.left_out.without_quarter == 1);
}

TEST_CASE("Less than four whole quarters are no release, and the error says so") {
    CHECK_THROWS_WITH(create_release(made_snapshot({4, 1, 3, 100, 1}), "vrn-2021", {}, "test"),
                      Catch::Matchers::Contains("four whole quarters"));
    CHECK_THROWS_WITH(create_release(made_snapshot({4, 1, 4, 100, 1}), "vrn", {}, "test"),
                      Catch::Matchers::Contains("there are police-uk-open, vrn-2021"));
}
