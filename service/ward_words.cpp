#include "service/ward_words.hpp"

#include <array>
#include <chrono>
#include <cmath>
#include <string_view>

namespace hotspots::service {

namespace {

constexpr double chance_z = 2;
constexpr double alarm_z = 3;

std::string month_name(std::chrono::month month) {
    static constexpr std::array<std::string_view, 12> names{
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    return std::string(names[static_cast<unsigned>(month) - 1]);
}

std::string month_words(std::chrono::year_month month) {
    return month_name(month.month()) + ' ' + std::to_string(static_cast<int>(month.year()));
}

// Of a period within a sentence.
std::string in_period(const data::ReleasePeriod& period) {
    const auto words = period_words(period);
    return period.kind == data::PeriodKind::year ? " in the " + words : " in " + words;
}

} // namespace

std::string period_words(const data::ReleasePeriod& period) {
    switch (period.kind) {
    case data::PeriodKind::month:
        return month_words(period.last);
    case data::PeriodKind::quarter:
        return month_name(period.first().month()) + " to " + month_words(period.last);
    case data::PeriodKind::year:
        break;
    }
    return "12 months to " + month_words(period.last);
}

std::string count_sentence(const std::string& place, const data::Figure& figure,
                           const data::ReleasePeriod& period) {
    const auto where = " in " + place + in_period(period);
    if (!figure.value) {
        return "The number of incidents of serious violence in public places" + where +
               " is not shown, so that nobody can be recognised by it.";
    }
    if (*figure.value == 0) {
        return "No incident of serious violence in public places was recorded" + where + '.';
    }
    return "About " + std::to_string(*figure.value) +
           " incidents of serious violence in public places were recorded" + where + '.';
}

std::string change_sentence(const data::Figure& now, const data::Figure* before) {
    if (!before) {
        return {};
    }
    if (!now.value || !before->value) {
        return "It cannot be compared with the year before, as not both figures are shown.";
    }
    const double z = 2 * (std::sqrt(static_cast<double>(*now.value)) -
                          std::sqrt(static_cast<double>(*before->value)));
    const auto year_before = "the year before (" + std::to_string(*before->value) + ")";
    if (std::abs(z) <= chance_z) {
        return "That is about as many as in " + year_before + '.';
    }
    return "That is " + std::string(z > 0 ? "more" : "fewer") + " than in " + year_before +
           (std::abs(z) <= alarm_z ? ", which may still be chance."
                                   : ", by more than chance alone explains.");
}

std::vector<std::string> sign_sentences(const data::DisclosureRule& rule) {
    return {"* is a number from 1 to " + std::to_string(rule.threshold) +
                ": too small to be shown, as it could point to a person.",
            "– is any other number that is left out, because a small one could be worked out "
            "from it.",
            "0 means that none was recorded. Other numbers are rounded to the nearest " +
                std::to_string(rule.rounding) + ", so that totals can differ from their parts."};
}

} // namespace hotspots::service
