#include "data/geocode/aliases.hpp"

#include "data/geocode/text.hpp"

namespace hotspots::data {

std::string alias_key(std::string_view text) {
    if (text.size() > longest_text) {
        return {};
    }
    std::string key;
    for (const auto& token : tokens_of(text)) {
        // Letters of other alphabets are all one to the tokens, but not to the people who write
        // them.
        if (token.word.find('?') != std::string::npos) {
            return std::string(text);
        }
        if (!key.empty()) {
            key += token.gap == Gap::slash ? '/' : ' ';
        }
        key += (token.minus ? "-" : "") + token.word;
    }
    return key;
}

void Aliases::set(std::string_view text, const Location& location) {
    auto key = alias_key(text);
    if (!key.empty()) {
        m_answers.insert_or_assign(std::move(key), location);
    }
}

const Location* Aliases::find(std::string_view text) const {
    if (m_answers.empty()) {
        return nullptr;
    }
    const auto found = m_answers.find(alias_key(text));
    return found == m_answers.end() ? nullptr : &found->second;
}

} // namespace hotspots::data
