// CQL2 text cut into tokens (cql2.bnf).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::service::filter {

enum class TokenKind {
    end,
    word,   // a name or keyword
    name,   // "in double quotes"
    text,   // 'in single quotes'
    number, // without a sign
    symbol, // ( ) , + - * / % ^ = <> < > <= >=
    fault   // bytes that are no token
};

struct Token {
    TokenKind kind = TokenKind::end;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string text;  // without quotes and escapes; of a fault what is wrong
    double number = 0; // of TokenKind::number
};

std::vector<Token> cut_tokens(std::string_view filter);

// Whether the text can stand for itself as a name, without quotes. Keywords are names too.
bool is_plain_name(std::string_view text);

// Walks over the tokens of a filter; every function that cannot go on throws FilterError.
class TokenStream {
public:
    explicit TokenStream(std::string_view filter);

    const Token& peek(std::size_t ahead = 0) const;
    Token take();

    bool at_symbol(std::string_view symbol, std::size_t ahead = 0) const;
    bool at_keyword(std::string_view keyword, std::size_t ahead = 0) const; // in capitals
    bool take_symbol(std::string_view symbol); // false, and nothing taken, if another is next
    bool take_keyword(std::string_view keyword);
    // At '(': whether ',' or ')' follows the ')' that closes it.
    bool parentheses_end_item() const;
    void expect_symbol(std::string_view symbol, std::string_view expected);
    void expect_keyword(std::string_view keyword);
    double expect_signed_number(std::string_view expected);

    // "expected ..., found ..." at the next token.
    [[noreturn]] void fail(std::string_view expected) const;

    // Counts levels of nesting and operators, which are bounded.
    class Level {
    public:
        explicit Level(TokenStream& stream);
        ~Level() { --m_stream.m_levels; }
        Level(const Level&) = delete;
        Level& operator=(const Level&) = delete;

    private:
        TokenStream& m_stream;
    };
    void count_operation();

private:
    std::string_view m_filter;
    std::vector<Token> m_tokens; // the last is TokenKind::end
    std::size_t m_next = 0;
    int m_levels = 0;
    int m_operations = 0;
};

} // namespace hotspots::service::filter
