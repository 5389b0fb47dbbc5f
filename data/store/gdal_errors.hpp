// GDAL's messages as our exceptions. Free of GDAL's headers, which only .cpp files of the store
// see.
#pragma once

#include <string>

namespace hotspots::data::store {

// While it lives, GDAL's messages of this thread are kept for throw_store_error instead of printed.
class QuietErrors {
public:
    QuietErrors();
    ~QuietErrors();
    QuietErrors(const QuietErrors&) = delete;
    QuietErrors& operator=(const QuietErrors&) = delete;
};

// Throws StoreError with GDAL's last message behind `what`.
[[noreturn]] void throw_store_error(const std::string& what);

} // namespace hotspots::data::store
