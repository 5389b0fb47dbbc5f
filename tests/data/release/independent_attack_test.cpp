// Releases attacked from their published bytes alone by constraints written for this test, with
// counts of its own beside them. LLR_AREAS=all: all 50 areas, LLR_AREAS=7: that of a seed, else a
// sample.
#include "data/moment.hpp"
#include "data/release/create_release.hpp"
#include "tests/catch.hpp"
#include "tests/data/release/area.hpp"
#include "tests/data/release/intruder.hpp"

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <iostream>

using namespace hotspots;
using namespace hotspots::data;
using namespace hotspots::tests;
using nlohmann::ordered_json;

namespace {

struct CountedRecord {
    std::string ward;
    MonthSpan months; // that hold all of its time
    bool under_25 = false;
    bool knife = false;
    std::string group;
};

int month_of(Instant instant) {
    const auto day = london_time(instant).day;
    return int{day.year()} * 12 + static_cast<int>(unsigned{day.month()}) - 1;
}

std::vector<CountedRecord> counted_records(const Snapshot& snapshot) {
    const auto& decisions = snapshot.scopes.back().decisions;
    std::vector<CountedRecord> records;
    for (std::size_t i = 0; i < snapshot.incidents.size(); ++i) {
        const auto& [record, ward] =
            std::tie(snapshot.incidents[i].record, snapshot.incidents[i].ward_code);
        if (decisions[i].decision != Decision::in || ward.empty()) {
            continue;
        }
        const auto& end = record.occurred_to.value_or(record.occurred_from);
        const auto last = end.end > end.begin ? end.end - std::chrono::seconds(1) : end.begin;
        records.push_back({ward,
                           {month_of(record.occurred_from.begin), month_of(last)},
                           record.victim_age && *record.victim_age < 25,
                           record.weapon == Weapon::knife,
                           std::string(to_text(decisions[i].group.value()))});
    }
    return records;
}

bool is_counted(const CountedRecord& record, const std::string& area, const MonthSpan& span,
                const std::string& category,
                const std::map<std::string, std::string>& authorities) {
    const bool there = area == "LLR" || area == record.ward || area == authorities.at(record.ward);
    const bool then = span.first <= record.months.first && record.months.last <= span.last;
    const bool kind = category == "all" || (category == "under-25" && record.under_25) ||
                      (category == "knife" && record.knife) || category == record.group;
    return there && then && kind;
}

std::map<FigureName, std::int64_t> true_counts(const ordered_json& document,
                                               const std::vector<CountedRecord>& records) {
    std::map<std::string, std::string> authorities;
    for (const auto& area : document.at("areas")) {
        authorities[area.at("code")] = area.value("authority_code", std::string());
    }
    std::map<FigureName, std::int64_t> counts;
    for (const auto& [area, periods] : document.at("figures").items()) {
        for (const auto& [period, categories] : periods.items()) {
            const auto span = span_of(period);
            for (const auto& [category, figure] : categories.items()) {
                auto& count = counts[{area, period, category}];
                for (const auto& record : records) {
                    count += is_counted(record, area, span, category, authorities) ? 1 : 0;
                }
            }
        }
    }
    return counts;
}

// Each cell hidden or rounded by itself.
ordered_json carelessly(ordered_json document, const std::map<FigureName, std::int64_t>& counts) {
    for (const auto& [name, count] : counts) {
        const auto& [area, period, category] = name;
        document["figures"][area][period][category] =
            count >= 1 && count <= 7 ? ordered_json("*") : ordered_json((count + 2) / 5 * 5);
    }
    return document;
}

KnownCrossings crossings_of(const std::vector<CountedRecord>& records) {
    KnownCrossings crossings;
    for (const auto& record : records) {
        const MonthSpan quarters{record.months.first / 3 * 3, record.months.last / 3 * 3 + 2};
        if (quarters.last - quarters.first > 2) {
            crossings.emplace(record.ward, quarters);
        }
    }
    return crossings;
}

struct Outcome {
    int hidden = 0;
    std::vector<std::string> unsafe;
    std::int64_t fewest_values = std::numeric_limits<std::int64_t>::max();
};

Outcome attacked(const ordered_json& document, const std::vector<CountedRecord>& records,
                 const std::map<FigureName, std::int64_t>& counts) {
    Outcome outcome;
    for (const auto& [name, range] : attack_document(document, crossings_of(records))) {
        const auto& [area, period, category] = name;
        const auto count = counts.at(name);
        CAPTURE(area, period, category, count, range.lower, range.upper);
        REQUIRE(range.lower <= count);
        REQUIRE(count <= range.upper);
        ++outcome.hidden;
        if (!range.is_safe()) {
            outcome.unsafe.push_back(area + ' ' + period + ' ' + category + " is " +
                                     std::to_string(count) + ", narrowed to " +
                                     std::to_string(range.lower) + " to " +
                                     std::to_string(range.upper));
        }
        outcome.fewest_values = std::min(outcome.fewest_values, range.upper - range.lower);
    }
    ++outcome.fewest_values;
    return outcome;
}

std::vector<unsigned> seeds() {
    const char* wanted = std::getenv("LLR_AREAS");
    if (wanted == nullptr) {
        return {1, 3, 10};
    }
    if (const auto one = std::strtoul(wanted, nullptr, 10); one != 0) {
        return {static_cast<unsigned>(one)};
    }
    std::vector<unsigned> all;
    for (unsigned seed = 1; seed <= 50; ++seed) {
        all.push_back(seed);
    }
    return all;
}

} // namespace

TEST_CASE("An intruder who shares no code with releases narrows none, and breaks a careless one") {
    Outcome careful;
    int hidden_carelessly = 0;
    std::size_t broken_figures = 0;
    for (const auto seed : seeds()) {
        CAPTURE(seed);
        const MadeArea area{20, 2, 7, 500, seed};
        const auto snapshot = made_snapshot(area);
        const auto made = create_release(snapshot, "vrn-2021", {}, "test");
        const auto document = ordered_json::parse(made.release.document);
        const auto records = counted_records(snapshot);
        const auto counts = true_counts(document, records);
        const auto found = attacked(document, records, counts);
        CHECK(found.unsafe == std::vector<std::string>());
        careful.hidden += found.hidden;
        careful.fewest_values = std::min(careful.fewest_values, found.fewest_values);
        const auto broken = attacked(carelessly(document, counts), records, counts);
        hidden_carelessly += broken.hidden;
        broken_figures += broken.unsafe.size();
    }
    std::cout << careful.hidden << " hidden figures keep " << careful.fewest_values
              << " values or more; hidden by themselves alone, " << broken_figures << " of "
              << hidden_carelessly << " are broken\n";
    CHECK(careful.hidden > 100);
    CHECK(broken_figures > 0);
}
