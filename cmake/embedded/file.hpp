// A file compiled into the executable; written by cmake/embed.cmake.
#pragma once

#include <span>
#include <string_view>

namespace hotspots::embedded {

struct File {
    std::string_view path; // relative to the embedded folder, '/' between parts
    std::string_view bytes;
};

} // namespace hotspots::embedded
