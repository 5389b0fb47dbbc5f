#include "data/quality/hit_rate.hpp"
#include "tests/catch.hpp"

using namespace hotspots::data;

namespace {

LocationCounts counts_of(int matched, int ambiguous, int area_only, int outside, int unmatched) {
    LocationCounts counts;
    const auto add = [&](int times, GeocodeStatus status) {
        for (int i = 0; i < times; ++i) {
            Location location;
            location.status = status;
            const bool mapped = status == GeocodeStatus::matched;
            if (mapped) {
                location.level = i % 2 == 0 ? GeocodeLevel::street : GeocodeLevel::given;
            }
            counts.add(location, mapped, mapped && i % 4 == 0);
        }
    };
    add(matched, GeocodeStatus::matched);
    add(ambiguous, GeocodeStatus::ambiguous);
    add(area_only, GeocodeStatus::area_only);
    add(outside, GeocodeStatus::outside);
    add(unmatched, GeocodeStatus::unmatched);
    return counts;
}

} // namespace

TEST_CASE("A hit rate leaves out what is outside the study area", "[quality]") {
    const auto counts = counts_of(12, 1, 2, 50, 1);
    CHECK(counts.records == 66);
    CHECK(counts.tried() == 16);
    CHECK(counts.hit_rate().value() == 0.75);
    CHECK(counts.by_status == std::array<std::int64_t, 5>{12, 1, 2, 50, 1});
    CHECK(counts.by_level.at(static_cast<std::size_t>(GeocodeLevel::street)) == 6);
    CHECK(counts.by_level.at(static_cast<std::size_t>(GeocodeLevel::given)) == 6);
    CHECK(counts.on_default_points == 3);
    CHECK(counts.default_point_share().value() == 0.25);
}

TEST_CASE("The gate is 85 %, and a rate of exactly that passes it", "[quality]") {
    CHECK_FALSE(counts_of(85, 0, 0, 0, 15).below_gate());
    CHECK(counts_of(84, 0, 0, 0, 16).below_gate());
    CHECK_FALSE(counts_of(0, 0, 0, 7, 0).below_gate());
    CHECK_FALSE(counts_of(0, 0, 0, 7, 0).hit_rate());
    CHECK_FALSE(counts_of(0, 0, 0, 0, 7).default_point_share());
    CHECK_FALSE(hit_rate(0, 0));
}
