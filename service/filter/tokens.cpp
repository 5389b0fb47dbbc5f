#include "service/filter/tokens.hpp"

#include "data/ascii.hpp"
#include "service/filter/utf8.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace hotspots::service::filter {

namespace {

class Cutter {
public:
    explicit Cutter(std::string_view filter) : m_filter(filter) {}

    // One token; of kind end at the end, of kind fault where there is none.
    Token cut() {
        skip_spaces();
        m_begin = m_at;
        const auto character = character_at(m_filter, m_at);
        if (!character) {
            return m_at == m_filter.size() ? token(TokenKind::end, {})
                                           : token(TokenKind::fault, "bytes that are not UTF-8");
        }
        const char c = m_filter[m_at];
        if (c == '\'') {
            return cut_text();
        }
        if (c == '"') {
            return cut_name();
        }
        if (data::is_digit(c) || (c == '.' && data::is_digit(at(m_at + 1)))) {
            return cut_number();
        }
        return begins_name(character->code) ? cut_word() : cut_symbol(character->bytes);
    }

private:
    char at(std::size_t place) const { return place < m_filter.size() ? m_filter[place] : '\0'; }

    Token token(TokenKind kind, std::string text) const {
        return {kind, m_begin, m_at, std::move(text), 0};
    }

    void skip_spaces() {
        for (auto c = character_at(m_filter, m_at); c && is_space(c->code);
             c = character_at(m_filter, m_at)) {
            m_at += c->bytes;
        }
    }

    void skip_digits() {
        while (data::is_digit(at(m_at))) {
            ++m_at;
        }
    }

    Token cut_word() {
        for (auto c = character_at(m_filter, m_at); c && continues_name(c->code);
             c = character_at(m_filter, m_at)) {
            m_at += c->bytes;
        }
        return token(TokenKind::word, std::string(m_filter.substr(m_begin, m_at - m_begin)));
    }

    Token cut_name() {
        std::string name;
        for (++m_at; m_at < m_filter.size(); ++m_at) {
            if (m_filter[m_at] != '"') {
                name.push_back(m_filter[m_at]);
            } else if (at(m_at + 1) == '"') {
                name.push_back(m_filter[m_at++]);
            } else {
                ++m_at;
                return name.empty() ? token(TokenKind::fault, "a name without a character")
                                    : token(TokenKind::name, std::move(name));
            }
        }
        return token(TokenKind::fault, "a name whose closing \" is missing");
    }

    Token cut_text() {
        std::string text;
        for (++m_at; m_at < m_filter.size(); ++m_at) {
            const char c = m_filter[m_at];
            if (c == '\\') {
                append_escaped(text);
            } else if (c != '\'') {
                text.push_back(c);
            } else if (at(m_at + 1) == '\'') {
                text.push_back(m_filter[m_at++]);
            } else {
                ++m_at;
                return token(TokenKind::text, std::move(text));
            }
        }
        return token(TokenKind::fault, "a text whose closing ' is missing");
    }

    // What a backslash makes of the character after it; it stays before those it does not know,
    // for LIKE.
    void append_escaped(std::string& text) {
        static constexpr std::string_view letters = "abtnvfr'\\";
        static constexpr std::string_view meanings = "\a\b\t\n\v\f\r'\\";
        const auto known =
            m_at + 1 < m_filter.size() ? letters.find(m_filter[m_at + 1]) : std::string_view::npos;
        if (known == std::string_view::npos) {
            text.push_back('\\');
        } else {
            text.push_back(meanings[known]);
            ++m_at;
        }
    }

    Token cut_number() {
        skip_digits();
        if (at(m_at) == '.') {
            ++m_at;
            skip_digits();
        }
        const bool exponent = at(m_at) == 'e' || at(m_at) == 'E';
        const bool is_signed = at(m_at + 1) == '+' || at(m_at + 1) == '-';
        if (exponent && data::is_digit(at(m_at + (is_signed ? 2 : 1)))) {
            m_at += is_signed ? 2 : 1;
            skip_digits();
        }
        const auto next = character_at(m_filter, m_at);
        if (next && continues_name(next->code)) {
            return token(TokenKind::fault, "a number that runs into a letter");
        }
        auto number = token(TokenKind::number, {});
        const auto [end, error] =
            std::from_chars(m_filter.data() + m_begin, m_filter.data() + m_at, number.number);
        if (error != std::errc{} && !is_tiny(m_filter.substr(m_begin, m_at - m_begin))) {
            return token(TokenKind::fault, "a number beyond 1.8e308");
        }
        return number;
    }

    // Of a number that from_chars finds out of range: whether it is so for being small; it stays 0.
    static bool is_tiny(std::string_view number) {
        return number.find("e-") != number.npos || number.find("E-") != number.npos;
    }

    Token cut_symbol(std::size_t bytes) {
        static constexpr std::array<std::string_view, 15> symbols{
            "<>", "<=", ">=", "(", ")", ",", "+", "-", "*", "/", "%", "^", "=", "<", ">"};
        for (const auto symbol : symbols) {
            if (m_filter.substr(m_at).starts_with(symbol)) {
                m_at += symbol.size();
                return token(TokenKind::symbol, std::string(symbol));
            }
        }
        m_at += bytes;
        return token(TokenKind::fault,
                     "'" + std::string(m_filter.substr(m_begin, bytes)) + "', which CQL2 has not");
    }

    std::string_view m_filter;
    std::size_t m_begin = 0;
    std::size_t m_at = 0;
};

} // namespace

std::vector<Token> cut_tokens(std::string_view filter) {
    Cutter cutter(filter);
    std::vector<Token> tokens;
    do {
        tokens.push_back(cutter.cut());
    } while (tokens.back().kind != TokenKind::end && tokens.back().kind != TokenKind::fault);
    return tokens;
}

bool is_plain_name(std::string_view text) {
    const auto first = character_at(text, 0);
    if (!first || !begins_name(first->code)) {
        return false;
    }
    for (std::size_t at = first->bytes; at < text.size();) {
        const auto next = character_at(text, at);
        if (!next || !continues_name(next->code)) {
            return false;
        }
        at += next->bytes;
    }
    return true;
}

} // namespace hotspots::service::filter
