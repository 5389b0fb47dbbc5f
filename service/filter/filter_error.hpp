// What is wrong with a filter, and where: what was found, what was expected, and the byte.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace hotspots::service::filter {

class FilterError : public std::runtime_error {
public:
    FilterError(const std::string& what, std::size_t position)
        : std::runtime_error(what), m_position(position) {}

    std::size_t position() const { return m_position; } // byte of the filter, from 0

private:
    std::size_t m_position;
};

struct Place {
    std::size_t line = 1;   // from 1
    std::size_t column = 1; // in characters, from 1
    // The line of text around the place, at most 72 characters of it, and under it a caret.
    std::string excerpt;
};

// Any bytes, any position.
Place place_of(std::string_view filter, std::size_t position);

} // namespace hotspots::service::filter
