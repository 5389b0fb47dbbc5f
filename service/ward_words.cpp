#include "service/ward_words.hpp"

#include <array>
#include <chrono>
#include <cmath>
#include <string_view>

namespace hotspots::service {

namespace {

constexpr double chance_z = 2;
constexpr double alarm_z = 3;

// The first and the last day of a period whose both ends are given.
struct WholeDays {
    std::chrono::year_month_day first;
    std::chrono::year_month_day last;
};

std::chrono::year_month_day day_of(std::string_view iso_day) {
    const auto number = [&](std::size_t begin, std::size_t length) {
        return std::stoi(std::string(iso_day.substr(begin, length)));
    };
    return std::chrono::year(number(0, 4)) / number(5, 2) / number(8, 2);
}

// format_period() writes whole London days as DAY/DAY, a single one as DAY.
std::optional<WholeDays> whole_days(const std::string& text) {
    constexpr std::size_t day_length = 10;
    if (text.size() == day_length) {
        return WholeDays{day_of(text), day_of(text)};
    }
    if (text.size() == 2 * day_length + 1 && text[day_length] == '/') {
        return WholeDays{day_of(text), day_of(std::string_view(text).substr(day_length + 1))};
    }
    return std::nullopt;
}

std::string month_name(std::chrono::month month) {
    static constexpr std::array<std::string_view, 12> names{
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    return std::string(names[static_cast<unsigned>(month) - 1]);
}

std::string year_text(std::chrono::year year) {
    return std::to_string(static_cast<int>(year));
}

bool is_of_whole_months(const WholeDays& days) {
    const auto last = days.last.year() / days.last.month() / std::chrono::last;
    return days.first.day() == std::chrono::day(1) &&
           days.last == std::chrono::year_month_day(last);
}

std::string months_words(const WholeDays& days) {
    const auto first = days.first.year() / days.first.month();
    const auto last = days.last.year() / days.last.month();
    const auto months = (last - first).count() + 1;
    const auto end = month_name(last.month()) + ' ' + year_text(last.year());
    if (months == 1) {
        return end;
    }
    if (months == 12) {
        return "12 months to " + end;
    }
    const auto begin = month_name(first.month());
    return first.year() == last.year() ? begin + " to " + end
                                       : begin + ' ' + year_text(first.year()) + " to " + end;
}

} // namespace

std::string count_text(const PublishedCount& count) {
    return count ? std::to_string(*count) : "*";
}

std::string period_words(const data::Period& period) {
    const auto text = data::format_period(period);
    const auto days = whole_days(text);
    return days && is_of_whole_months(*days) ? months_words(*days) : text;
}

std::string count_sentence(const std::string& place, const PublishedCount& count,
                           const std::string& period) {
    const std::string where = " in " + place + " in the " + period + '.';
    if (!count) {
        return "The number of incidents of serious violence in public places" +
               where.substr(0, where.size() - 1) +
               " is not shown, so that nobody can be recognised by it.";
    }
    if (*count == 0) {
        return "No incident of serious violence in public places was recorded" + where;
    }
    return "About " + std::to_string(*count) +
           " incidents of serious violence in public places were recorded" + where;
}

std::string change_sentence(const PublishedCount& now,
                            const std::optional<PublishedCount>& before) {
    if (!before) {
        return {};
    }
    if (!now || !*before) {
        return "It cannot be compared with the year before, as not both figures are shown.";
    }
    const double z =
        2 * (std::sqrt(static_cast<double>(*now)) - std::sqrt(static_cast<double>(**before)));
    const std::string than = " than in the year before (" + count_text(*before) + "), ";
    const std::string word = z > 0 ? "more" : "fewer";
    if (std::abs(z) <= chance_z) {
        return "That is about as many as in the year before (" + count_text(*before) + ").";
    }
    if (std::abs(z) <= alarm_z) {
        return "That is " + word + than + "which may still be chance.";
    }
    return "That is " + word + than + "by more than chance alone explains.";
}

std::string hidden_sentence(std::int64_t largest_hidden, std::int64_t rounding) {
    return "* stands for a number from 1 to " + std::to_string(largest_hidden) +
           ", or for another one that would give such a number away. It is not a 0: a 0 is "
           "written as 0. Other numbers are rounded to the nearest " +
           std::to_string(rounding) + '.';
}

} // namespace hotspots::service
