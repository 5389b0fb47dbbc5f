#include "service/access/passwords.hpp"

#include "data/ingest/utf8.hpp"
#include "service/access/secrets.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <new>

namespace hotspots::service {

const char* fault_of_password(std::string_view password) {
    if (password.size() > most_password_bytes) {
        return "is longer than 1024 bytes";
    }
    if (data::first_invalid_utf8(password)) {
        return "is not UTF-8";
    }
    const auto characters = std::count_if(password.begin(), password.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; // begins a character
    });
    if (static_cast<std::size_t>(characters) < least_password_characters) {
        return "has fewer than 12 characters";
    }
    return nullptr;
}

std::string hash_password(std::string_view password, PasswordCost cost) {
    begin_cryptography();
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), cost.passes,
                              cost.memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
        throw std::bad_alloc();
    }
    return text.data();
}

bool is_password_of(const std::string& hash, std::string_view password) {
    begin_cryptography();
    if (hash.size() >= crypto_pwhash_STRBYTES || password.size() > most_password_bytes) {
        return false;
    }
    return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

} // namespace hotspots::service
