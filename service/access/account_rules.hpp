// What names, roles and other words of accounts and keys may be, for the command line and HTTP
// alike.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hotspots::service {

inline constexpr std::size_t longest_account_name = 64;
inline constexpr std::size_t longest_line_bytes = 200;

// As it is kept and looked up: ASCII letters in lower case.
std::string account_name(std::string_view given);

// What is wrong with it, as words that follow "the name "; null if nothing is. Letters, digits and
// ". _ @ -", so that it can stand in a path, a log and a table alike.
const char* fault_of_account_name(std::string_view name);

// Of a purpose or a key's name: null if it is one line of UTF-8 of at most 200 bytes.
const char* fault_of_line(std::string_view text);

} // namespace hotspots::service
