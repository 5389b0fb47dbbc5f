// DATE, TIMESTAMP and INTERVAL of CQL2 text.
#include "service/filter/text_parser.hpp"
#include "service/filter/time_literal.hpp"

#include <optional>
#include <utility>

namespace hotspots::service::filter {

namespace {

// The day or time that a text stands for.
std::optional<Literal> instant_of(const Token& token) {
    if (token.kind == TokenKind::text) {
        if (const auto date = parse_date(token.text)) {
            return *date;
        }
        if (const auto time = parse_timestamp(token.text)) {
            return *time;
        }
    }
    return std::nullopt;
}

bool at_call(const TokenStream& tokens, std::string_view keyword) {
    return tokens.at_keyword(keyword) && tokens.at_symbol("(", 1);
}

Expression parse_instant(TokenStream& tokens) {
    const bool is_date = tokens.at_keyword("DATE");
    const auto begin = tokens.take().begin;
    tokens.take(); // '('
    auto instant = instant_of(tokens.peek());
    if (!instant || std::holds_alternative<Date>(*instant) != is_date) {
        tokens.fail(is_date ? "a day such as '2025-07-01'"
                            : "a UTC time such as '2025-07-01T22:15:00Z'");
    }
    tokens.take();
    tokens.expect_symbol(")", "')'");
    return make_literal(std::move(*instant), begin);
}

Expression parse_end(TokenStream& tokens) {
    if (at_call(tokens, "DATE") || at_call(tokens, "TIMESTAMP")) {
        return parse_instant(tokens);
    }
    const auto& token = tokens.peek();
    const auto begin = token.begin;
    const bool word = token.kind == TokenKind::word && !tokens.at_symbol("(", 1);
    if (word || token.kind == TokenKind::name) {
        return make_property(tokens.take().text, begin);
    }
    if (token.kind == TokenKind::text && token.text == "..") {
        tokens.take();
        return make_literal(OpenEnd{}, begin);
    }
    auto instant = instant_of(token);
    if (!instant) {
        tokens.fail("a day '2025-07-01', a UTC time '2025-07-01T22:15:00Z', '..' or a property");
    }
    tokens.take();
    return make_literal(std::move(*instant), begin);
}

} // namespace

bool at_time(const TokenStream& tokens) {
    return at_call(tokens, "DATE") || at_call(tokens, "TIMESTAMP") || at_call(tokens, "INTERVAL");
}

Expression parse_time(TokenStream& tokens) {
    if (!tokens.at_keyword("INTERVAL")) {
        return parse_instant(tokens);
    }
    tokens.count_operation();
    const auto begin = tokens.take().begin;
    tokens.take(); // '('
    std::vector<Expression> ends;
    ends.push_back(parse_end(tokens));
    tokens.expect_symbol(",", "',' and the end of the interval");
    ends.push_back(parse_end(tokens));
    tokens.expect_symbol(")", "')'");
    return make_operation(Op::interval, begin, std::move(ends));
}

} // namespace hotspots::service::filter
