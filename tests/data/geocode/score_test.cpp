// Scores mean what they say: fitted on one half of the texts, checked on the other.
#include "data/geocode/geocode.hpp"
#include "data/geocode/score.hpp"
#include "tests/catch.hpp"
#include "tests/data/geocode/score_texts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iomanip>
#include <iostream>
#include <map>

namespace hotspots::tests {
namespace {

struct Outcome {
    std::string rule; // its class
    double score = 0;
    bool right = false;
    std::string text = {};
};

std::vector<Outcome> outcomes(bool for_fit) {
    std::vector<Outcome> all;
    for (const auto& [text, gazetteer, fits] : scored_texts()) {
        if (fits != for_fit) {
            continue;
        }
        const auto location = data::geocode_text(*gazetteer, text.text);
        if (location.status == data::GeocodeStatus::matched) {
            // A named place is as large as it is: within twice the uncertainty it is the one.
            LabelledText judged = text;
            const bool code = location.level == data::GeocodeLevel::grid_ref ||
                              location.level == data::GeocodeLevel::postcode;
            judged.tolerance_m =
                code ? text.tolerance_m : std::max(text.tolerance_m, 2 * *location.uncertainty_m);
            all.push_back({data::score_class(location.rule), location.score,
                           text.placeable() && is_right(judged, *location.point), text.text});
        }
    }
    return all;
}

struct Count {
    int texts = 0;
    int right = 0;
    double promised = 0;
    double variance = 0;

    void add(const Outcome& outcome) {
        ++texts;
        right += outcome.right ? 1 : 0;
        promised += outcome.score;
        variance += outcome.score * (1 - outcome.score);
    }
};

std::map<std::string, Count> by_rule(const std::vector<Outcome>& all) {
    std::map<std::string, Count> counts;
    for (const auto& outcome : all) {
        counts[outcome.rule].add(outcome);
    }
    return counts;
}

// Sceptical of rules with few answers: a Beta prior worth four answers, 85 % of them right.
constexpr double prior = 4;
double fitted_rate(const Count& count) {
    return (count.right + prior * 0.85) / (count.texts + prior);
}

double share_right(const std::vector<Outcome>& all) {
    return static_cast<double>(
               std::count_if(all.begin(), all.end(), [](const Outcome& o) { return o.right; })) /
           static_cast<double>(all.size());
}

TEST_CASE("Print the score table as the fitting half gives it", "[.fit]") {
    const auto all = outcomes(true);
    std::cout << "// " << all.size() << " answers, " << share_right(all) << " right\n";
    for (const auto& [rule, count] : by_rule(all)) {
        std::cout << "    {\"" << rule << "\", " << std::fixed << std::setprecision(4)
                  << fitted_rate(count) << "}, // " << count.right << " of " << count.texts << '\n';
        int shown = 0;
        for (const auto& outcome : all) {
            if (outcome.rule == rule && !outcome.right && ++shown <= 3) {
                std::cout << "    //     wrong: " << outcome.text << '\n';
            }
        }
    }
}

TEST_CASE("Committed scores are those that the fitting half gives") {
    const auto all = outcomes(true);
    if (all.empty()) {
        return;
    }
    const auto counts = by_rule(all);
    for (const auto& [rule, count] : counts) {
        INFO(rule << ", " << count.right << " right of " << count.texts);
        const auto fitted = data::fitted_scores();
        CHECK(std::any_of(fitted.begin(), fitted.end(),
                          [&](const auto& entry) { return entry.rule == rule; }));
        // Another rule of reading may move some texts: one deviation of the share is let pass.
        const double rate = fitted_rate(count);
        const double deviation = std::sqrt(rate * (1 - rate) / (count.texts + prior));
        CHECK(std::abs(data::score_of(rule) - rate) <= deviation + 0.001);
    }
}

void print_bin(double from, double to, const Count& count) {
    std::cout << std::fixed << std::setprecision(3) << "  " << from << " to " << to << std::setw(8)
              << count.texts << " answers, promised " << count.promised / count.texts << ", right "
              << static_cast<double>(count.right) / count.texts << '\n';
}

TEST_CASE("On the half that was not fitted each bin of scores is right as often as it says") {
    const auto all = outcomes(false);
    if (all.empty()) {
        return;
    }
    constexpr std::array<double, 8> edges = {0, 0.6, 0.8, 0.9, 0.95, 0.98, 0.995, 1.0001};
    std::cout << "scores on the half that was not fitted:\n";
    for (std::size_t bin = 0; bin + 1 < edges.size(); ++bin) {
        Count count;
        for (const auto& outcome : all) {
            if (outcome.score >= edges[bin] && outcome.score < edges[bin + 1]) {
                count.add(outcome);
            }
        }
        if (count.texts == 0) {
            continue;
        }
        print_bin(edges[bin], edges[bin + 1], count);
        // Three deviations of the binomial count, and one answer for bins that expect hardly any
        // wrong.
        CHECK(std::abs(count.right - count.promised) <= 3 * std::sqrt(count.variance) + 1);
    }
}

TEST_CASE("No rule promises more than it keeps on the half that was not fitted") {
    for (const auto& [rule, count] : by_rule(outcomes(false))) {
        INFO(rule << ", " << count.right << " right of " << count.texts << ", promised "
                  << count.promised);
        // The rate itself is uncertain by the fitting half's deviation, as large as this half's.
        CHECK(count.right >= count.promised - 3 * std::sqrt(2 * count.variance) - 1);
    }
}

TEST_CASE("Scores tell more than the one share of right answers would") {
    const auto fit = outcomes(true);
    const auto all = outcomes(false);
    if (all.empty()) {
        return;
    }
    const double constant = share_right(fit);
    double brier = 0;
    double brier_constant = 0;
    double loss = 0;
    double loss_constant = 0;
    for (const auto& [rule, score, right, text] : all) {
        const double truth = right ? 1 : 0;
        brier += std::pow(score - truth, 2);
        brier_constant += std::pow(constant - truth, 2);
        loss -= std::log(right ? score : 1 - score);
        loss_constant -= std::log(right ? constant : 1 - constant);
    }
    const auto n = static_cast<double>(all.size());
    std::cout << std::setprecision(5) << "Brier score " << brier / n << " (constant "
              << brier_constant / n << "), log loss " << loss / n << " (constant "
              << loss_constant / n << ") on " << all.size() << " answers\n";
    CHECK(brier < brier_constant);
    CHECK(loss < 0.9 * loss_constant);
}

} // namespace
} // namespace hotspots::tests
