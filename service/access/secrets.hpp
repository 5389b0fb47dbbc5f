// What cryptography the service needs, through libsodium: random keys, digests of them, and their
// comparison. A key has 256 random bits, so a plain digest of it cannot be turned back; passwords
// need a slow one.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace hotspots::service {

// Before any other use of libsodium. Throws std::runtime_error.
void begin_cryptography();

// FIPS 180-4.
using Sha256 = std::array<unsigned char, 32>;

Sha256 sha256(std::string_view bytes);

std::string to_hex(const Sha256& digest); // 64 digits, lower case
// Empty if it is not 64 hexadecimal digits.
std::optional<Sha256> sha256_from_hex(std::string_view hex);

// Takes as long wherever they differ.
bool are_equal(const Sha256& a, const Sha256& b);

// 256 bits of the system's randomness as 43 characters of [A-Za-z0-9_-] (RFC 4648, 5). Throws
// std::system_error.
std::string random_key();

// RFC 4648, 4; padding may be left out. Empty if it is not base64.
std::optional<std::string> decode_base64(std::string_view text);

} // namespace hotspots::service
