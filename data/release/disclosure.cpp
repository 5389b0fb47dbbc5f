#include "data/release/disclosure.hpp"

#include <algorithm>

namespace hotspots::data {

Figure figure_of(std::int64_t count, const DisclosureRule& rule) {
    if (count == 0) {
        return {0, Hiding::none};
    }
    if (count <= rule.threshold) {
        return {std::nullopt, Hiding::small};
    }
    return {(count + rule.rounding / 2) / rule.rounding * rule.rounding, Hiding::none};
}

CountRange range_of(const Figure& figure, const DisclosureRule& rule) {
    if (!figure.value) {
        return figure.hiding == Hiding::small ? CountRange{1, rule.threshold} : CountRange{};
    }
    const auto value = *figure.value;
    if (value == 0) {
        return {0, 0};
    }
    const auto lower = value - rule.rounding / 2;
    return {std::max<std::int64_t>(lower, rule.threshold + 1), lower + rule.rounding - 1};
}

bool is_safe(const CountRange& range, const DisclosureRule& rule) {
    return range.upper - range.lower + 1 >= rule.min_values && range.upper >= rule.reach;
}

} // namespace hotspots::data
