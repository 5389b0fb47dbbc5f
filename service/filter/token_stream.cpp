#include "service/filter/expression.hpp"
#include "service/filter/filter_error.hpp"
#include "service/filter/tokens.hpp"

#include <algorithm>

namespace hotspots::service::filter {

namespace {

char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

// At most 40 bytes, and no half character.
std::string shortened(std::string_view text) {
    std::size_t length = std::min<std::size_t>(text.size(), 40);
    while (length < text.size() && length > 0 &&
           (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80) {
        --length;
    }
    return std::string(text.substr(0, length)) + (length < text.size() ? "…" : "");
}

} // namespace

TokenStream::TokenStream(std::string_view filter)
    : m_filter(filter), m_tokens(cut_tokens(filter)) {}

const Token& TokenStream::peek(std::size_t ahead) const {
    return m_tokens[std::min(m_next + ahead, m_tokens.size() - 1)];
}

Token TokenStream::take() {
    const Token token = peek();
    m_next = std::min(m_next + 1, m_tokens.size() - 1);
    return token;
}

bool TokenStream::at_symbol(std::string_view symbol, std::size_t ahead) const {
    const auto& token = peek(ahead);
    return token.kind == TokenKind::symbol && token.text == symbol;
}

bool TokenStream::at_keyword(std::string_view keyword, std::size_t ahead) const {
    const auto& token = peek(ahead);
    return token.kind == TokenKind::word && std::ranges::equal(token.text, keyword, {}, upper);
}

bool TokenStream::take_symbol(std::string_view symbol) {
    const bool there = at_symbol(symbol);
    m_next += there ? 1 : 0; // a symbol is never the last token
    return there;
}

bool TokenStream::take_keyword(std::string_view keyword) {
    const bool there = at_keyword(keyword);
    m_next += there ? 1 : 0;
    return there;
}

bool TokenStream::parentheses_end_item() const {
    int open = 0;
    for (std::size_t i = 0; m_next + i < m_tokens.size(); ++i) {
        open += at_symbol("(", i) ? 1 : at_symbol(")", i) ? -1 : 0;
        if (open == 0) {
            return at_symbol(",", i + 1) || at_symbol(")", i + 1);
        }
    }
    return true; // never closed: said where the list is read
}

void TokenStream::expect_symbol(std::string_view symbol, std::string_view expected) {
    if (!take_symbol(symbol)) {
        fail(expected);
    }
}

void TokenStream::expect_keyword(std::string_view keyword) {
    if (!take_keyword(keyword)) {
        fail(keyword);
    }
}

double TokenStream::expect_signed_number(std::string_view expected) {
    const bool negative = take_symbol("-");
    if (!negative) {
        take_symbol("+");
    }
    if (peek().kind != TokenKind::number) {
        fail(expected);
    }
    const double number = take().number;
    return negative ? -number : number;
}

void TokenStream::fail(std::string_view expected) const {
    const auto& token = peek();
    std::string found;
    if (token.kind == TokenKind::end) {
        found = "the end of the filter";
    } else if (token.kind == TokenKind::fault) {
        found = token.text;
    } else {
        found = '\'' + shortened(m_filter.substr(token.begin, token.end - token.begin)) + '\'';
    }
    throw FilterError("expected " + std::string(expected) + ", found " + found, token.begin);
}

TokenStream::Level::Level(TokenStream& stream) : m_stream(stream) {
    if (stream.m_levels >= most_levels) {
        throw FilterError("the filter is nested more than " + std::to_string(most_levels) +
                              " levels deep",
                          stream.peek().begin);
    }
    ++stream.m_levels;
}

void TokenStream::count_operation() {
    if (++m_operations > most_operations) {
        throw FilterError("the filter has more than " + std::to_string(most_operations) +
                              " operators and functions",
                          peek().begin);
    }
}

} // namespace hotspots::service::filter
