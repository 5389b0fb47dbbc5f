// What a panel reads of a ward, in plain words: sentences made of published figures alone, so that
// none says more than the table beside it.
#pragma once

#include "data/release/release.hpp"

#include <string>
#include <vector>

namespace hotspots::service {

// "12 months to June 2025", "April to June 2025", "June 2025".
std::string period_words(const data::ReleasePeriod& period);

// "About 45 incidents of serious violence in public places were recorded in Castle in the 12 months
// to June 2025." Says of a hidden figure that it is not shown, and no more.
std::string count_sentence(const std::string& place, const data::Figure& figure,
                           const data::ReleasePeriod& period);

// How the figure compares with that of the year before, by z = 2(sqrt(now) - sqrt(before)), which
// has a standard deviation of 1 where only chance differs: within 2 "about as many", beyond 3 more
// than chance explains. Says so where one of the two is not shown. `before` may be null: then it is
// empty.
std::string change_sentence(const data::Figure& now, const data::Figure* before);

// What the signs of a table mean, a sentence each.
std::vector<std::string> sign_sentences(const data::DisclosureRule& rule);

} // namespace hotspots::service
