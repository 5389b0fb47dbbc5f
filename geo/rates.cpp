#include "geo/rates.hpp"

#include <boost/math/special_functions/beta.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace hotspots::geo {

namespace {

// In double: the same on every machine, and good to some 1e-14.
using InDouble = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

double beta_quantile(double a, double b, double p) {
    return boost::math::ibeta_inv(a, b, p, InDouble());
}

void require_rate(bool holds, const std::string& what, double value, const char* right) {
    if (!holds) {
        throw std::invalid_argument("rates: " + what + " is " + std::to_string(value) +
                                    ", must be " + right);
    }
}

void require_confidence(double confidence) {
    require_rate(confidence > 0 && confidence < 1, "confidence", confidence, "between 0 and 1");
}

void require_length(const char* what, double length) {
    require_rate(length > 0 && std::isfinite(length), what, length, "above 0 and finite");
}

} // namespace

Interval share_interval(std::int64_t part, std::int64_t whole, double confidence) {
    require_rate(part >= 0 && part <= whole, "the part of " + std::to_string(whole),
                 static_cast<double>(part), "from 0 to the whole");
    require_confidence(confidence);
    const double tail = (1 - confidence) / 2;
    const auto in = static_cast<double>(part);
    const auto out = static_cast<double>(whole - part);
    return {part == 0 ? 0 : beta_quantile(in, out + 1, tail),
            part == whole ? 1 : beta_quantile(in + 1, out, 1 - tail)};
}

RateChange compare_rates(std::int64_t now, std::int64_t before, double length_now,
                         double length_before, double confidence) {
    require_rate(now >= 0, "the count now", static_cast<double>(now), "0 or more");
    require_rate(before >= 0, "the count before", static_cast<double>(before), "0 or more");
    require_length("the length of the period now", length_now);
    require_length("the length of the period before", length_before);
    const double lengths = length_now / length_before;
    RateChange change;
    change.now = now;
    change.before = before;
    change.scaled_before = static_cast<double>(before) * lengths;
    change.z = 2 * (std::sqrt(static_cast<double>(now)) - std::sqrt(change.scaled_before));
    if (before > 0) {
        change.ratio = static_cast<double>(now) / change.scaled_before;
    }
    // A share p of now's among both is a ratio of rates of p / (1 - p) / lengths.
    const auto share = share_interval(now, now + before, confidence);
    change.ratio_low = share.low / (1 - share.low) / lengths;
    if (share.high < 1) {
        change.ratio_high = share.high / (1 - share.high) / lengths;
    }
    return change;
}

} // namespace hotspots::geo
