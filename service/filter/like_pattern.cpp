#include "service/filter/like_pattern.hpp"

#include "service/filter/utf8.hpp"

namespace hotspots::service::filter {

namespace {

// Of the character that begins there; one where the bytes are none.
std::size_t length_at(std::string_view text, std::size_t at) {
    const auto character = character_at(text, at);
    return character ? character->bytes : 1;
}

} // namespace

LikePattern::LikePattern(std::string_view pattern) {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if (c == '%') {
            if (m_items.empty() || m_items.back().kind != Kind::any) {
                m_items.push_back({Kind::any, c});
            }
        } else if (c == '_') {
            m_items.push_back({Kind::one, c});
        } else {
            i += c == '\\' && i + 1 < pattern.size() ? 1U : 0U;
            m_items.push_back({Kind::byte, pattern[i]});
        }
    }
}

bool LikePattern::matches(std::string_view text) const {
    constexpr auto none = static_cast<std::size_t>(-1);
    std::size_t at = 0;
    std::size_t item = 0;
    std::size_t after_any = none; // the item to come back to, and where it was tried last
    std::size_t tried = 0;
    while (at < text.size()) {
        if (item < m_items.size() && m_items[item].kind == Kind::any) {
            after_any = ++item;
            tried = at;
        } else if (item < m_items.size() && m_items[item].kind == Kind::one) {
            at += length_at(text, at);
            ++item;
        } else if (item < m_items.size() && m_items[item].byte == text[at]) {
            ++at;
            ++item;
        } else if (after_any != none) {
            tried += length_at(text, tried);
            at = tried;
            item = after_any;
        } else {
            return false;
        }
    }
    while (item < m_items.size() && m_items[item].kind == Kind::any) {
        ++item;
    }
    return item == m_items.size();
}

} // namespace hotspots::service::filter
