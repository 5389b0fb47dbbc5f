#include "data/quality/hit_rate.hpp"

namespace hotspots::data {

std::optional<double> hit_rate(std::int64_t placed, std::int64_t not_placed) {
    const auto tried = static_cast<double>(placed + not_placed);
    return tried > 0 ? std::optional(static_cast<double>(placed) / tried) : std::nullopt;
}

void LocationCounts::add(const Location& location, bool is_mapped, bool on_default_point) {
    ++records;
    ++by_status.at(static_cast<std::size_t>(location.status));
    if (is_mapped) {
        ++mapped;
        on_default_points += on_default_point ? 1 : 0;
        if (location.level) {
            ++by_level.at(static_cast<std::size_t>(*location.level));
        }
    }
}

std::int64_t LocationCounts::tried() const {
    return records - by_status[static_cast<std::size_t>(GeocodeStatus::outside)];
}

std::optional<double> LocationCounts::hit_rate() const {
    return data::hit_rate(mapped, tried() - mapped);
}

std::optional<double> LocationCounts::default_point_share() const {
    return mapped > 0
               ? std::optional(static_cast<double>(on_default_points) / static_cast<double>(mapped))
               : std::nullopt;
}

bool LocationCounts::below_gate() const {
    const auto rate = hit_rate();
    return rate && *rate < least_hit_rate;
}

} // namespace hotspots::data
