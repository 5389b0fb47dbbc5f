// SHA-256 (FIPS 180-4) of what is published, through libsodium.
#pragma once

#include <string>
#include <string_view>

namespace hotspots::data {

std::string sha256_hex(std::string_view bytes); // 64 digits, lower case

} // namespace hotspots::data
