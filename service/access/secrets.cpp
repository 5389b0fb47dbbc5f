#include "service/access/secrets.hpp"

#include <sodium.h>
#include <sys/random.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace hotspots::service {

void begin_cryptography() {
    static const bool ready = sodium_init() >= 0;
    if (!ready) {
        throw std::runtime_error("libsodium could not be initialised");
    }
}

Sha256 sha256(std::string_view bytes) {
    begin_cryptography();
    Sha256 digest{};
    crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                       bytes.size());
    return digest;
}

std::string to_hex(const Sha256& digest) {
    std::array<char, 2 * std::tuple_size_v<Sha256> + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    return hex.data();
}

std::optional<Sha256> sha256_from_hex(std::string_view hex) {
    Sha256 digest{};
    std::size_t bytes = 0;
    const char* end = nullptr;
    const int result =
        sodium_hex2bin(digest.data(), digest.size(), hex.data(), hex.size(), nullptr, &bytes, &end);
    const bool whole = result == 0 && bytes == digest.size() && end == hex.data() + hex.size();
    return whole ? std::optional(digest) : std::nullopt;
}

bool are_equal(const Sha256& a, const Sha256& b) {
    begin_cryptography();
    return sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string random_key() {
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::array<unsigned char, 32> bytes{};
    // Up to 256 bytes come whole or not at all.
    while (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
        if (errno != EINTR) {
            throw std::system_error(errno, std::generic_category(), "no random bytes for a key");
        }
    }
    std::array<char, sodium_base64_ENCODED_LEN(32, variant)> text{};
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
    sodium_memzero(bytes.data(), bytes.size());
    return text.data();
}

std::optional<std::string> decode_base64(std::string_view text) {
    for (int i = 0; i < 2 && text.ends_with('='); ++i) {
        text.remove_suffix(1);
    }
    std::string out(text.size() / 4 * 3 + 3, '\0');
    std::size_t bytes = 0;
    const char* end = nullptr;
    const int result = sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(),
                                         text.data(), text.size(), nullptr, &bytes, &end,
                                         sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    if (result != 0 || end != text.data() + text.size()) {
        return std::nullopt;
    }
    out.resize(bytes);
    return out;
}

} // namespace hotspots::service
