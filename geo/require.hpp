// What a function of geo/ says when it is called with a value that it cannot take.
#pragma once

namespace hotspots::geo {

// Throws std::invalid_argument "WHERE: WHAT is VALUE, must be RIGHT".
[[noreturn]] void refuse(const char* where, const char* what, double value, const char* right);

// Refuses unless `holds`.
inline void require(const char* where, bool holds, const char* what, double value,
                    const char* right) {
    if (!holds) {
        refuse(where, what, value, right);
    }
}

} // namespace hotspots::geo
