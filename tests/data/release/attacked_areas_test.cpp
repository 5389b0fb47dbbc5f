// Whole releases, made and attacked again from what was published. In the release build: linear
// programming under sanitizers takes minutes.
#include "data/release/create_release.hpp"
#include "data/release/document.hpp"
#include "data/release/protection.hpp"
#include "tests/catch.hpp"
#include "tests/data/release/area.hpp"
#include "tests/data/release/release_attack.hpp"

#include <chrono>

using namespace hotspots;
using namespace hotspots::data;
using namespace hotspots::tests;

TEST_CASE("No hidden figure of 50 seeded areas of 20 wards is narrowed below the rule") {
    std::int64_t hidden = 0;
    for (unsigned seed = 1; seed <= 50; ++seed) {
        CAPTURE(seed);
        const MadeArea area{20, 2, 7, 500, seed};
        const auto made = create_release(made_snapshot(area), "vrn-2021", {}, "test");
        const auto system = known_of({made});
        Attack attack(system, {});
        for (std::size_t cell = 0; cell < system.cells.size(); ++cell) {
            const auto& known = system.cells[cell];
            if (known.figure.value) {
                continue;
            }
            const auto range = attack.range_of_cell(cell);
            CAPTURE(to_text(known.key), known.truth, range.lower, range.upper);
            REQUIRE(range.holds(known.truth));
            REQUIRE(range.upper - range.lower + 1 >= 5);
            REQUIRE(range.upper >= 5);
            ++hidden;
        }
    }
    CHECK(hidden > 2000);
}

TEST_CASE("Ward quarters beside the years, hidden cell by cell, are broken") {
    const MadeArea area{20, 2, 7, 500, 3};
    const auto snapshot = made_snapshot(area);
    const auto system = careless_system(snapshot, snapshot.scopes.back());
    Attack attack(system, {});
    int narrowed = 0;
    for (std::size_t cell = 0; cell < system.cells.size(); ++cell) {
        if (!system.cells[cell].figure.value) {
            const auto range = attack.range_of_cell(cell);
            REQUIRE(range.holds(system.cells[cell].truth));
            narrowed += is_safe(range, system.rule) ? 0 : 1;
        }
    }
    CHECK(narrowed > 0);
}

TEST_CASE("A release of 176 wards and 4,500 incidents a year takes less than two minutes") {
    const MadeArea area{176, 9, 11, 4500, 1};
    const auto snapshot = made_snapshot(area);
    const auto begin = std::chrono::steady_clock::now();
    const auto made = create_release(snapshot, "vrn-2021", {}, "test");
    const auto seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    WARN("made in " << seconds << " s, " << made.release.report.hidden << " hidden and "
                    << made.release.report.hidden_in_addition << " more of "
                    << made.release.report.cells);
    CHECK(seconds < 120);
    CHECK(made.release.years.size() == most_release_years);
    CHECK(made.release.report.hidden > 500);
    CHECK(made.release.report.hidden_in_addition < made.release.report.cells / 20);
}

TEST_CASE("Two releases together tell of no hidden figure, and no published one changes") {
    const MadeArea area{20, 2, 8, 500, 11};
    auto incidents = made_incidents(area);
    auto first_part = incidents;
    const auto second_begin = parse_moment("2024-10-01").value().begin;
    std::erase_if(first_part, [&](const Incident& incident) {
        return incident.record.occurred_from.begin >= second_begin;
    });
    std::mt19937 random(5);
    first_part.push_back(made_incident(900000, ward_code(1), "2024-09-28T12:00", random));
    incidents.push_back(first_part.back());
    const auto first = create_release(made_snapshot(area, first_part), "vrn-2021", {}, "test");
    // Late records of a time that was published already.
    for (int i = 0; i < 40; ++i) {
        incidents.push_back(
            made_incident(1000000 + i, ward_code(i % 20), "2024-05-05T12:00", random));
    }
    const auto second = create_release(made_snapshot(area, incidents), "vrn-2021", {first}, "test");
    CHECK(second.release.number == 2);
    CHECK(second.release.report.repeated > 0);
    CHECK_FALSE(second.release.notes.empty());
    for (const auto& [key, figure] : cells_of(first.release)) {
        const auto* later = second.release.find(key.area, key.period, key.category);
        REQUIRE(later);
        CAPTURE(to_text(key));
        REQUIRE(*later == figure);
    }
    const auto system = known_of({first, second});
    Attack attack(system, {});
    for (std::size_t cell = 0; cell < system.cells.size(); ++cell) {
        if (!system.cells[cell].figure.value) {
            const auto range = attack.range_of_cell(cell);
            CAPTURE(to_text(system.cells[cell].key), range.lower, range.upper);
            REQUIRE(range.holds(system.cells[cell].truth));
            REQUIRE(is_safe(range, system.rule));
        }
    }
}
