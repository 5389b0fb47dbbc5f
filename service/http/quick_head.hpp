// The header of the plainest requests, read in one pass and without copying: GET of a path, one
// local Host, at most one field of each kind that tells who asks, nothing that asks for more than
// an answer that may be there already. All others are read_head()'s matter, which refuses what is
// to be refused.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace hotspots::service {

struct QuickHead {
    std::size_t bytes = 0;   // of the header, its empty line included
    std::string_view target; // "/path?query", visible ASCII
    std::string_view accept_encoding;
    std::string_view if_none_match;
    std::string_view authorization; // as sent; empty where there is none
    std::string_view cookie;        // likewise
};

// What `bytes` begins with; empty if it is not whole or not plain. Accepts nothing that read_head()
// would refuse. Views into `bytes`.
std::optional<QuickHead> read_quick_head(std::string_view bytes);

} // namespace hotspots::service
