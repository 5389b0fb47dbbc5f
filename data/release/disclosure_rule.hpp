// What may be shown of small counts, and by which kinds of record: part of a scope profile.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace hotspots::data {

enum class ReleaseCategory { all, under_25, homicide, violence_with_injury, robbery, knife };
inline constexpr std::size_t release_categories = 6;

// "all", "under-25", …
std::string_view to_text(ReleaseCategory value);
std::optional<ReleaseCategory> release_category_from_text(std::string_view text);

// From the scope profile's data (data/scopes/README.md).
struct DisclosureRule {
    int threshold = 7;  // counts of 1 to this are hidden
    int rounding = 5;   // others are rounded to a multiple of this
    int min_values = 5; // a hidden count must keep at least this many possible values,
    int reach = 5;      // the greatest of which is at least this
    std::vector<ReleaseCategory> categories{
        ReleaseCategory::all,      ReleaseCategory::under_25,
        ReleaseCategory::homicide, ReleaseCategory::violence_with_injury,
        ReleaseCategory::robbery,  ReleaseCategory::knife};
    friend bool operator==(const DisclosureRule&, const DisclosureRule&) = default;
};

} // namespace hotspots::data
