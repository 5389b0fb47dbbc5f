// LIKE of CQL2: % stands for any characters, _ for one, a backslash takes the next as it is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hotspots::service::filter {

class LikePattern {
public:
    explicit LikePattern(std::string_view pattern);

    // O(text x pattern) at worst, without recursion.
    bool matches(std::string_view text) const;

private:
    enum class Kind { byte, one, any };
    struct Item {
        Kind kind;
        char byte;
    };
    std::vector<Item> m_items;
};

} // namespace hotspots::service::filter
