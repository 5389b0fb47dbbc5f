// Passwords as Argon2id hashes (RFC 9106), through libsodium, and what a new one has to be.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace hotspots::service {

struct PasswordCost {
    unsigned long long passes = 0;
    std::size_t memory_bytes = 0;
};

// 0.1 to 0.2 s on a core of 2024: a guess costs as much as a person at the door can be asked to
// wait. libsodium's 'interactive' cost, above the least that OWASP's password storage sheet names.
inline constexpr PasswordCost password_cost{2, std::size_t{64} << 20};

inline constexpr std::size_t least_password_characters = 12;
inline constexpr std::size_t most_password_bytes = 1024;

// What is wrong with it as a new password, as words that follow "the password "; null if nothing
// is. Any UTF-8 will do: length is what makes it hard to guess (NIST SP 800-63B, 5.1.1.2).
const char* fault_of_password(std::string_view password);

// With a salt of its own: "$argon2id$v=19$m=…". Throws std::bad_alloc.
std::string hash_password(std::string_view password, PasswordCost cost = password_cost);

// Takes as long whether or not it is the one. False for a hash that cannot be read.
bool is_password_of(const std::string& hash, std::string_view password);

} // namespace hotspots::service
