// A short name for some text: cache validators, manifest ids. Not for secrets.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hotspots::service {

// 64 bits of FNV-1a (Fowler, Noll and Vo) as 16 hexadecimal digits.
inline std::string digest(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    }
    std::string out(16, '0');
    for (auto digit = out.rbegin(); digit != out.rend(); ++digit, hash >>= 4U) {
        *digit = "0123456789abcdef"[hash & 15U];
    }
    return out;
}

} // namespace hotspots::service
