// How sure a share or a change of counts is: exact intervals for small numbers. Counts are taken as
// draws of a binomial or a Poisson distribution; nothing is approximated by a normal one.
#pragma once

#include <cstdint>
#include <optional>

namespace hotspots::geo {

inline constexpr double usual_confidence = 0.95;

struct Interval {
    double low = 0;
    double high = 0;
    friend bool operator==(const Interval&, const Interval&) = default;
};

// The share that `part` of `whole` draws lets one believe in: the exact interval of Clopper &
// Pearson 1934, Biometrika 26(4), which holds the true share at least as often as it says. 0..1
// where nothing was drawn. Throws std::invalid_argument unless 0 <= part <= whole and 0 <
// confidence < 1.
Interval share_interval(std::int64_t part, std::int64_t whole,
                        double confidence = usual_confidence);

// Counts of two periods. Rates are counts over the periods' lengths, in whatever unit both have.
struct RateChange {
    std::int64_t now = 0;
    std::int64_t before = 0;
    double scaled_before = 0;    // what the count before would be in a period as long as now's
    std::optional<double> ratio; // rate now / rate before; empty where nothing was counted before
    // Of the ratio. No upper end where nothing was counted before; 0 and no upper end where nothing
    // was counted at all.
    double ratio_low = 0;
    std::optional<double> ratio_high;
    // 2 (sqrt now - sqrt before), before scaled: about normal with a spread of sqrt 2 where nothing
    // changed; beyond 3 is the alarm (Wheeler 2016, International Journal of Police Science and
    // Management 18(3)).
    double z = 0;
};

// The exact conditional interval of a ratio of two Poisson rates (Przyborowski & Wilenski 1940,
// Biometrika 31; R's poisson.test): given how many were counted in both periods, how many of them
// are now's is binomial. Throws std::invalid_argument for negative counts, for lengths that are not
// above 0 and finite, and for a confidence as above.
RateChange compare_rates(std::int64_t now, std::int64_t before, double length_now = 1,
                         double length_before = 1, double confidence = usual_confidence);

} // namespace hotspots::geo
