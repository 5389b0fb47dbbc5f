// The demo is a promise of shape: the same bytes everywhere, clusters, rhythm, gaps as in real
// feeds.
#include "data/demo/demo.hpp"
#include "data/demo/random.hpp"
#include "data/demo/tables.hpp"
#include "data/ingest/record_reader.hpp"
#include "data/scope.hpp"
#include "geo/crs.hpp"
#include "geo/geos.hpp"
#include "tests/catch.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <set>

using namespace hotspots;
using namespace hotspots::data;

namespace {

const std::vector<RawRecord>& records() {
    static const std::vector<RawRecord> all = [] {
        const std::string csv = demo_incidents_csv();
        std::string_view rest = csv;
        RecordReader reader(
            [&rest](std::span<char> block) {
                const auto size = std::min(block.size(), rest.size());
                std::memcpy(block.data(), rest.data(), size);
                rest.remove_prefix(size);
                return size;
            },
            "demo.csv", ImportFormat::vrn, Source::police);
        std::vector<RawRecord> read;
        while (auto row = reader.next()) {
            if (const auto* reject = std::get_if<Reject>(&*row)) {
                FAIL("line " << reject->line << ": " << reject->field << ": " << reject->reason);
            }
            read.push_back(std::get<RawRecord>(std::move(*row)));
        }
        return read;
    }();
    return all;
}

std::uint64_t fnv1a(std::string_view bytes) {
    std::uint64_t hash = 14695981039346656037U;
    for (const char c : bytes) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    }
    return hash;
}

template <class Test>
std::ptrdiff_t count(Test test) {
    return std::count_if(records().begin(), records().end(), test);
}

std::ptrdiff_t near(double easting_m, double northing_m, double radius_m) {
    return count([&](const RawRecord& record) {
        return record.given_bng && std::hypot(record.given_bng->easting_m - easting_m,
                                              record.given_bng->northing_m - northing_m) < radius_m;
    });
}

} // namespace

TEST_CASE("the demo's incidents are the same bytes on every machine") {
    const std::string csv = demo_incidents_csv();
    CHECK(fnv1a(csv) == 260286461647064306U);
    CHECK(csv == demo_incidents_csv());
}

TEST_CASE("draws are even, and lie within their bounds") {
    demo::Random random(1);
    std::array<int, 7> seen{};
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 70'000; ++i) {
        ++seen[random.below(7)];
        const double bell = random.bell();
        sum += bell;
        squares += bell * bell;
    }
    for (const int times : seen) {
        CHECK(std::abs(times - 10'000) < 400); // four standard deviations
    }
    CHECK(std::abs(sum / 70'000) < 0.02);
    CHECK(squares / 70'000 == Approx(1).margin(0.03));
    const std::array<int, 4> weights{0, 3, 0, 1};
    std::array<int, 4> drawn{};
    for (int i = 0; i < 4'000; ++i) {
        ++drawn[random.weighted(weights)];
    }
    CHECK(drawn[0] + drawn[2] == 0);
    CHECK(std::abs(drawn[1] - 3'000) < 120);
}

TEST_CASE("every record reads, and says that it is synthetic") {
    REQUIRE(records().size() == 26'600);
    std::set<std::string> ids;
    for (const auto& record : records()) {
        REQUIRE(record.incident_id.starts_with("DEMO-"));
        REQUIRE(record.extra.find("synthetic") != std::string::npos);
        ids.insert(record.incident_id);
    }
    CHECK(ids.size() == 26'600);
}

TEST_CASE("the records lie in 48 months that end on 31 October 2026, some known only to the day") {
    const auto period = parse_period("2022-11-01/2026-10-31");
    CHECK(count([&](const auto& r) { return !touches(r.occurred_from, r.occurred_to, period); }) ==
          0);
    CHECK(count([](const auto& r) { return r.occurred_from.precision == TimePrecision::day; }) >
          500);
    CHECK(count([](const auto& r) { return r.occurred_from.precision == TimePrecision::month; }) >
          100);
    for (const auto* month : {"2022-11", "2023-10", "2023-11", "2025-02", "2026-10"}) {
        const auto one = parse_period(month);
        CHECK(count([&](const auto& r) { return touches(r.occurred_from, {}, one); }) > 300);
    }
}

TEST_CASE("about half of the records are in scope of vrn-2021, for many reasons") {
    const auto& profile = scope_profiles().back();
    REQUIRE(profile.name() == "vrn-2021");
    std::map<Decision, int> decisions;
    std::set<std::string_view> reasons;
    for (const auto& record : records()) {
        const auto decision = profile.decide(record);
        ++decisions[decision.decision];
        reasons.insert(decision.reason);
    }
    CHECK(decisions[Decision::in] > 12'500);
    CHECK(decisions[Decision::in] < 15'000);
    CHECK(decisions[Decision::review] > 1'000);
    CHECK(decisions[Decision::out] > 4'000);
    CHECK(reasons.size() >= 15);
}

TEST_CASE("three sources have the gaps that such sources have") {
    const auto of = [](Source source, auto test) {
        return count([&](const auto& r) { return r.source == source && test(r); });
    };
    const auto any = [](const auto&) { return true; };
    CHECK(of(Source::police, any) > 11'000);
    CHECK(of(Source::ed, any) > 3'500);
    CHECK(of(Source::ambulance, any) > 2'800);
    CHECK(of(Source::ed, [](const auto& r) { return r.victim_age || r.given_bng; }) == 0);
    CHECK(of(Source::ed, [](const auto& r) { return r.domestic != Domestic::unknown; }) == 0);
    CHECK(of(Source::ambulance, [](const auto& r) { return !r.offence_code.empty(); }) == 0);
    CHECK(of(Source::police, [](const auto& r) { return !r.given_bng; }) > 2'000);
    CHECK(of(Source::police, [](const auto& r) { return r.domestic == Domestic::yes; }) > 500);
}

TEST_CASE("a street of the night-time economy holds many, a field in the country few") {
    // Granby Street, and a field near Billesdon.
    CHECK(near(459150, 304220, 200) > 100);
    CHECK(near(474000, 304000, 200) < 5);
    // A town's market place, in each district's main town.
    CHECK(near(453650, 319650, 400) > 150); // Loughborough
    CHECK(near(475250, 319050, 400) > 100); // Melton Mowbray
    CHECK(near(442550, 293850, 400) > 100); // Hinckley
}

TEST_CASE("nights at weekends are busy in the centre, afternoons of school days for the young") {
    int weekend_night = 0;
    int other_night = 0;
    int after_school = 0;
    int other_young = 0;
    for (const auto& record : records()) {
        if (record.occurred_from.precision != TimePrecision::exact) {
            continue;
        }
        const auto time = london_time(record.occurred_from.begin);
        const bool night = time.hour >= 22 || time.hour < 4;
        if (night && record.given_bng &&
            std::hypot(record.given_bng->easting_m - 458800,
                       record.given_bng->northing_m - 304500) < 800) {
            const unsigned evening = time.hour < 4 ? (time.weekday + 6) % 7 : time.weekday;
            ++(evening == 4 || evening == 5 ? weekend_night : other_night);
        }
        if (record.victim_age && *record.victim_age < 18) {
            ++(time.hour >= 15 && time.hour < 18 && time.weekday < 5 ? after_school : other_young);
        }
    }
    CHECK(weekend_night > other_night);    // two evenings against five
    CHECK(after_school * 3 > other_young); // 15 hours of the week against 153
    CHECK(after_school > 300);
}

TEST_CASE("location texts are messy in the ways of such feeds") {
    const auto holds = [](const char* part) {
        return count(
            [&](const auto& r) { return r.location_text.find(part) != std::string::npos; });
    };
    for (const auto* part : {"o/s ", "O/S ", "jitty", " j/w ", "JCT ", "car park of", " Rd",
                             "REFUSED", "town centre", "can't remember", "bus stop"}) {
        INFO(part);
        CHECK(holds(part) > 5);
    }
}

TEST_CASE("the demo's 176 wards are valid, cover the outline and do not overlap") {
    const auto wards = demo_wards();
    REQUIRE(wards.size() == 176);
    std::vector<geo::MultiPolygon<geo::BngPoint>> outlines;
    double sum_km2 = 0;
    for (const auto& ward : wards) {
        INFO(ward.code);
        REQUIRE(ward.indicative);
        REQUIRE_FALSE(ward.outline.empty());
        REQUIRE(geo::is_valid(ward.outline));
        outlines.push_back(geo::to_bng(ward.outline));
        sum_km2 += geo::area_km2(outlines.back());
    }
    CHECK(std::is_sorted(wards.begin(), wards.end(),
                         [](const auto& a, const auto& b) { return a.code < b.code; }));
    const double outline_km2 = geo::area_km2(demo::outline());
    const double united_km2 = geo::area_km2(geo::unite<geo::BngPoint>(outlines));
    CHECK(outline_km2 == Approx(2548).epsilon(0.05)); // LLR: 2,156 + 382 + 73 less water, km2
    CHECK(united_km2 == Approx(outline_km2).epsilon(1e-6));
    CHECK(sum_km2 == Approx(united_km2).epsilon(1e-6));
    const auto castle = std::find_if(wards.begin(), wards.end(),
                                     [](const auto& ward) { return ward.code == "E05010463"; });
    REQUIRE(castle != wards.end());
    CHECK(castle->name == "Castle");
    CHECK(castle->authority == "Leicester");
}

TEST_CASE("the demo's places lie in LLR and its population has every ward") {
    const auto places = demo_places();
    CHECK(places.size() > 280);
    for (const auto& place : places) {
        INFO(place.name);
        CHECK_FALSE(place.ward_code.empty());
    }
    const auto population = demo_population();
    REQUIRE(population.size() == 176);
    std::int64_t residents = 0;
    for (const auto& ward : population) {
        residents += ward.residents;
    }
    CHECK(residents > 1'000'000);
    CHECK(residents < 1'250'000);
}
