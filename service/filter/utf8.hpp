// Characters of UTF-8 text, and which of them CQL2 takes for names and spaces (cql2.bnf).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace hotspots::service::filter {

struct Character {
    char32_t code = 0;
    std::size_t bytes = 0; // that it takes
};

// The character at `at`; empty where the bytes there are none (RFC 3629) or at the end.
std::optional<Character> character_at(std::string_view text, std::size_t at);

// Of the first byte that is no part of a character; empty if all are.
std::optional<std::size_t> first_fault(std::string_view text);

void append_character(std::string& out, char32_t code);

bool is_space(char32_t code);
bool begins_name(char32_t code);
bool continues_name(char32_t code);

} // namespace hotspots::service::filter
