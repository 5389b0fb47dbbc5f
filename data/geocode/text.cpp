#include "data/geocode/text.hpp"

#include "data/ascii.hpp"
#include "data/geocode/characters.hpp"

#include <algorithm>

namespace hotspots::data {
namespace {

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || c == '?';
}
bool is_word(char c) {
    return is_letter(c) || is_digit(c);
}

// Cuts folded characters into tokens.
class Tokeniser {
public:
    explicit Tokeniser(const std::vector<FoldedCharacter>& characters) : m_characters(characters) {}

    std::vector<Token> run() {
        for (m_at = 0; m_at < m_characters.size(); ++m_at) {
            step(m_characters[m_at].value);
        }
        finish();
        return std::move(m_tokens);
    }

private:
    // '\0' beyond the ends.
    char ahead(std::size_t steps) const {
        return m_at + steps < m_characters.size() ? m_characters[m_at + steps].value : '\0';
    }
    char behind(std::size_t steps) const {
        return m_at >= steps ? m_characters[m_at - steps].value : '\0';
    }

    void step(char c) {
        if (is_word(c)) {
            grow(c);
        } else if ((c == '.' && joins_initials()) || (c == '\'' && joins_letters())) {
            return; // "N.W." and "King's" are one word
        } else if (c == '.' && is_digit(behind(1)) && is_digit(ahead(1))) {
            grow(c);
        } else if (c == '/' && joins_short_form()) {
            grow(c);
        } else {
            finish();
            separate(c);
        }
    }

    void separate(char c) {
        if (c == '&' || c == '+' || c == '@') {
            m_tokens.push_back({c == '@' ? "at" : "and", m_characters[m_at].begin,
                                m_characters[m_at].end, m_gap, false});
            m_gap = Gap::space;
        } else if (c == '/' || c == '\\') {
            widen(Gap::slash);
        } else if (c == '-') {
            widen(is_word(behind(1)) && is_word(ahead(1)) ? Gap::hyphen : Gap::stop);
        } else if (c != ' ' && c != '.' && c != '\'') {
            widen(Gap::stop);
        }
    }

    bool joins_letters() const { return is_letter(behind(1)) && is_letter(ahead(1)); }

    // A single letter on both sides: initials.
    bool joins_initials() const {
        return is_letter(behind(1)) && !is_word(behind(2)) && is_letter(ahead(1)) &&
               !is_word(ahead(2));
    }

    // "o/s", "r/o", "c/p", "jct/w": up to three letters before, one or two after.
    bool joins_short_form() const {
        const bool starts = m_word.size() == 1 && is_letter(m_word[0]);
        const bool ends = is_letter(ahead(1)) && !is_word(ahead(2)) && ahead(2) != '/';
        return starts && ends;
    }

    void grow(char c) {
        if (m_word.empty()) {
            m_begin = m_characters[m_at].begin;
            m_minus = behind(1) == '-' && !is_word(behind(2));
        }
        m_end = m_characters[m_at].end;
        m_word.push_back(c);
    }

    void finish() {
        if (!m_word.empty()) {
            m_tokens.push_back({std::move(m_word), m_begin, m_end, m_gap, m_minus});
            m_word.clear();
            m_gap = Gap::space;
        }
    }

    void widen(Gap gap) { m_gap = std::max(m_gap, gap); }

    const std::vector<FoldedCharacter>& m_characters;
    std::size_t m_at = 0;
    std::vector<Token> m_tokens;
    std::string m_word;
    std::uint16_t m_begin = 0;
    std::uint16_t m_end = 0;
    Gap m_gap = Gap::stop;
    bool m_minus = false;
};

} // namespace

std::vector<Token> tokens_of(std::string_view text) {
    return Tokeniser(fold_characters(text.substr(0, longest_text))).run();
}

} // namespace hotspots::data
