// Location texts that a person placed: the same text, however it is written, gets the same answer.
#pragma once

#include "data/record.hpp"

#include <string>
#include <string_view>
#include <unordered_map>

namespace hotspots::data {

// What texts share that say the same: words and slashes, without case, accents and punctuation.
// Empty for a text that is empty, or too long for a location text: it has no alias.
std::string alias_key(std::string_view text);

class Aliases {
public:
    // The later answer for a text holds. A text without a key is left out.
    void set(std::string_view text, const Location& location);
    // Null where nobody placed this text.
    const Location* find(std::string_view text) const;

private:
    std::unordered_map<std::string, Location> m_answers;
};

} // namespace hotspots::data
