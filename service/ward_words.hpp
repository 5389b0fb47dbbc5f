// What a panel reads of a ward, in plain words: sentences made of published figures alone, so that
// none says more than the table beside it.
#pragma once

#include "data/moment.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace hotspots::service {

// A cell of a release: a rounded count, or empty where it is hidden.
using PublishedCount = std::optional<std::int64_t>;

// "45", or "*" where hidden.
std::string count_text(const PublishedCount& count);

// "12 months to June 2025" of whole months, "April to June 2025" of a quarter, else the dates.
std::string period_words(const data::Period& period);

// "About 45 incidents of serious violence in public places were recorded in Castle in the 12 months
// to June 2025." Says of a hidden figure that it is not shown, and no more.
std::string count_sentence(const std::string& place, const PublishedCount& count,
                           const std::string& period);

// How the figure compares with that of the year before, by z = 2(sqrt(now) - sqrt(before)), which
// has a standard deviation of 1 where only chance differs: within 2 "about as many", beyond 3 more
// than chance explains. Says so where one of the two is not shown; empty where there is no earlier
// period.
std::string change_sentence(const PublishedCount& now, const std::optional<PublishedCount>& before);

// What "*" in a table means.
std::string hidden_sentence(std::int64_t largest_hidden, std::int64_t rounding);

} // namespace hotspots::service
