// GDAL's messages as our exceptions. Free of GDAL's headers, which only .cpp files of the store
// see.
#pragma once

#include <string>

namespace hotspots::data::store {

// Throws StoreError with GDAL's last message of this thread behind `what`.
[[noreturn]] void throw_store_error(const std::string& what);

} // namespace hotspots::data::store
