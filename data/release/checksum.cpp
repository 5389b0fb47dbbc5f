#include "data/release/checksum.hpp"

#include <sodium.h>

#include <array>

namespace hotspots::data {

std::string sha256_hex(std::string_view bytes) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    std::array<char, crypto_hash_sha256_BYTES * 2 + 1> hex{};
    std::array<unsigned char, 1> nothing{};
    const auto* data =
        bytes.empty() ? nothing.data()
                      : static_cast<const unsigned char*>(static_cast<const void*>(bytes.data()));
    crypto_hash_sha256(digest.data(), data, bytes.size());
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    return hex.data();
}

} // namespace hotspots::data
