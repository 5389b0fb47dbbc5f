#include "service/access/account_rules.hpp"

#include "data/ascii.hpp"
#include "data/ingest/utf8.hpp"

#include <algorithm>

namespace hotspots::service {

std::string account_name(std::string_view given) {
    return data::lower_case(given);
}

const char* fault_of_account_name(std::string_view name) {
    constexpr std::string_view others = "._@-";
    const auto allowed = [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || others.find(c) != others.npos;
    };
    if (name.empty() || name.size() > longest_account_name) {
        return "must have 1 to 64 characters";
    }
    if (!std::all_of(name.begin(), name.end(), allowed) || others.find(name[0]) != others.npos) {
        return "may hold letters, digits, and after the first of them . _ @ -";
    }
    return nullptr;
}

const char* fault_of_line(std::string_view text) {
    const bool plain = std::none_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    });
    if (!plain || text.size() > longest_line_bytes || data::first_invalid_utf8(text)) {
        return "is not one line of UTF-8 of at most 200 bytes";
    }
    return nullptr;
}

} // namespace hotspots::service
