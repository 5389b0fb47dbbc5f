#include "data/reference/column_names.hpp"

#include "data/ascii.hpp"

#include <algorithm>

namespace hotspots::data {

namespace {

bool fits(std::string_view name, std::string_view pattern) {
    const auto year = pattern.find("##");
    if (year == std::string_view::npos) {
        return name == pattern;
    }
    const auto before = pattern.substr(0, year);
    const auto after = pattern.substr(year + 2);
    if (!name.starts_with(before) || !name.ends_with(after) ||
        name.size() < before.size() + after.size()) {
        return false;
    }
    const auto middle = name.substr(year, name.size() - before.size() - after.size());
    return middle.empty() || (middle.size() == 2 && is_digit(middle[0]) && is_digit(middle[1]));
}

} // namespace

std::optional<std::size_t> find_column(std::span<const std::string> names,
                                       const NamePatterns& patterns) {
    for (const auto pattern : patterns) {
        std::optional<std::size_t> found;
        std::string best;
        for (std::size_t column = 0; column < names.size(); ++column) {
            auto name = lower_case(names[column]);
            if (fits(name, pattern) && (!found || name > best)) {
                found = column;
                best = std::move(name);
            }
        }
        if (found) {
            return found;
        }
    }
    return std::nullopt;
}

std::string list_names(std::span<const std::string> names) {
    constexpr std::size_t shown = 60;
    std::string list;
    for (std::size_t i = 0; i < std::min(names.size(), shown); ++i) {
        list += (list.empty() ? "" : ", ") + names[i];
    }
    return names.size() > shown ? list + ", …" : list;
}

} // namespace hotspots::data
