// Many ids as a short text: "1-500 502".
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hotspots::data::store {

using IdRange = std::pair<std::int64_t, std::int64_t>; // first and last

// Precondition: ascending, none twice.
std::vector<IdRange> ranges_of(std::span<const std::int64_t> ids);
std::string ranges_text(std::span<const std::int64_t> ids);

// Empty for a text that ranges_text() does not write.
std::optional<std::vector<std::int64_t>> ids_of_ranges(std::string_view text);

} // namespace hotspots::data::store
