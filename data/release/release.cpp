#include "data/release/release.hpp"

#include <algorithm>
#include <cstdio>

namespace hotspots::data {

namespace {

using namespace std::chrono;

constexpr std::array<std::string_view, 3> level_words{"ward", "authority", "whole"};
constexpr std::array<std::string_view, 3> kind_words{"month", "quarter", "year"};
constexpr std::array<std::string_view, release_categories> category_words{
    "all", "under-25", "homicide", "violence_with_injury", "robbery", "knife"};

std::string month_text(year_month month) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u", int{month.year()},
                  unsigned{month.month()});
    return text.data();
}

std::optional<year_month> month_from_text(std::string_view text) {
    const auto moment = parse_moment(text);
    if (!moment || moment->precision != TimePrecision::month) {
        return std::nullopt;
    }
    const auto day = london_time(moment->begin).day;
    return day.year() / day.month();
}

} // namespace

std::string_view to_text(AreaLevel value) {
    return level_words[static_cast<std::size_t>(value)];
}

std::string_view to_text(PeriodKind value) {
    return kind_words[static_cast<std::size_t>(value)];
}

std::string_view to_text(ReleaseCategory value) {
    return category_words[static_cast<std::size_t>(value)];
}

std::optional<ReleaseCategory> release_category_from_text(std::string_view text) {
    const auto* const found = std::find(category_words.begin(), category_words.end(), text);
    if (found == category_words.end()) {
        return std::nullopt;
    }
    return static_cast<ReleaseCategory>(found - category_words.begin());
}

std::string ReleasePeriod::text() const {
    return kind == PeriodKind::month ? month_text(last)
                                     : month_text(first()) + '/' + month_text(last);
}

Period ReleasePeriod::period() const {
    return {london_midnight(first() / 1), london_midnight((last + std::chrono::months(1)) / 1)};
}

std::optional<ReleasePeriod> release_period_from_text(std::string_view text) {
    const auto slash = text.find('/');
    const auto first = month_from_text(text.substr(0, slash));
    const auto last =
        slash == std::string_view::npos ? first : month_from_text(text.substr(slash + 1));
    if (!first || !last) {
        return std::nullopt;
    }
    for (const auto kind : {PeriodKind::month, PeriodKind::quarter, PeriodKind::year}) {
        const ReleasePeriod period{kind, *last};
        if (period.first() == *first && period.text() == text) {
            return period;
        }
    }
    return std::nullopt;
}

std::string to_text(const Figure& figure) {
    if (figure.value) {
        return std::to_string(*figure.value);
    }
    return figure.hiding == Hiding::small ? "*" : "-";
}

const Figure* Release::find(std::string_view area_code, const ReleasePeriod& at,
                            ReleaseCategory category) const {
    const auto rows = figures.find(area_code);
    if (rows == figures.end()) {
        return nullptr;
    }
    const auto row = rows->second.find(at.text());
    if (row == rows->second.end()) {
        return nullptr;
    }
    const auto& figure = row->second[static_cast<std::size_t>(category)];
    return figure ? &*figure : nullptr;
}

void Release::set(std::string_view area_code, const ReleasePeriod& at, ReleaseCategory category,
                  const Figure& figure) {
    figures[std::string(area_code)][at.text()][static_cast<std::size_t>(category)] = figure;
}

const ReleasedArea* Release::area(std::string_view code) const {
    const auto found = std::find_if(areas.begin(), areas.end(),
                                    [&](const auto& entry) { return entry.code == code; });
    return found == areas.end() ? nullptr : &*found;
}

std::optional<ReleasePeriod> Release::period_of(const Period& datetime) const {
    for (const auto* list : {&years, &quarters, &months}) {
        for (const auto& entry : *list) {
            if (entry.period() == datetime) {
                return entry;
            }
        }
    }
    return std::nullopt;
}

std::shared_ptr<const Release> Releases::find(std::int64_t number) const {
    for (const auto& release : all) {
        if (release->number == number) {
            return release;
        }
    }
    return nullptr;
}

std::shared_ptr<const Release> Releases::latest(std::string_view profile) const {
    std::shared_ptr<const Release> found;
    for (const auto& release : all) {
        if (!release->withdrawn && (profile.empty() || release->profile == profile)) {
            found = release;
        }
    }
    return found;
}

} // namespace hotspots::data
