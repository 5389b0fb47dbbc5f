#include "service/filter/text_parser.hpp"

#include "service/filter/filter_error.hpp"
#include "service/filter/utf8.hpp"

#include <array>
#include <string>
#include <utility>

namespace hotspots::service::filter {

namespace {

class TextParser {
public:
    explicit TextParser(std::string_view filter) : m_tokens(filter) {}

    Expression parse() {
        auto filter = parse_any();
        if (m_tokens.peek().kind != TokenKind::end) {
            m_tokens.fail("AND, OR, an operator or the end of the filter");
        }
        return filter;
    }

private:
    Expression operation(Op op, std::size_t position, std::vector<Expression> arguments) {
        m_tokens.count_operation();
        return make_operation(op, position, std::move(arguments));
    }

    template <class... Arguments>
    Expression apply(Op op, std::size_t position, Arguments&&... arguments) {
        std::vector<Expression> all;
        all.reserve(sizeof...(arguments));
        (all.push_back(std::forward<Arguments>(arguments)), ...);
        return operation(op, position, std::move(all));
    }

    // booleanExpression
    Expression parse_any() {
        const TokenStream::Level level(m_tokens);
        return parse_chain(Op::any, "OR", [this] { return parse_all(); });
    }

    // booleanTerm
    Expression parse_all() {
        return parse_chain(Op::all, "AND", [this] { return parse_factor(); });
    }

    template <class Parse>
    Expression parse_chain(Op op, std::string_view keyword, const Parse& parse) {
        auto first = parse();
        if (!m_tokens.at_keyword(keyword)) {
            return first;
        }
        const auto position = first.position;
        std::vector<Expression> arguments;
        arguments.push_back(std::move(first));
        while (m_tokens.take_keyword(keyword)) {
            m_tokens.count_operation();
            arguments.push_back(parse());
        }
        return operation(op, position, std::move(arguments));
    }

    // booleanFactor
    Expression parse_factor() {
        const auto begin = m_tokens.peek().begin;
        return m_tokens.take_keyword("NOT") ? apply(Op::negation, begin, parse_predicate())
                                            : parse_predicate();
    }

    Expression parse_predicate() {
        auto left = parse_arithmetic();
        static constexpr std::array<std::pair<std::string_view, Op>, 6> comparisons{
            {{"=", Op::equal},
             {"<>", Op::not_equal},
             {"<", Op::less},
             {">", Op::greater},
             {"<=", Op::less_or_equal},
             {">=", Op::greater_or_equal}}};
        const auto begin = left.position;
        for (const auto& [symbol, op] : comparisons) {
            if (m_tokens.take_symbol(symbol)) {
                return apply(op, begin, std::move(left), parse_arithmetic());
            }
        }
        if (m_tokens.take_keyword("IS")) {
            const bool negated = m_tokens.take_keyword("NOT");
            m_tokens.expect_keyword("NULL");
            return negated_if(negated, begin, apply(Op::is_null, begin, std::move(left)));
        }
        const bool negated = m_tokens.at_keyword("NOT") &&
                             (m_tokens.at_keyword("LIKE", 1) || m_tokens.at_keyword("BETWEEN", 1) ||
                              m_tokens.at_keyword("IN", 1));
        if (negated) {
            m_tokens.take();
        }
        return parse_word_predicate(std::move(left), negated);
    }

    Expression negated_if(bool negated, std::size_t begin, Expression predicate) {
        return negated ? apply(Op::negation, begin, std::move(predicate)) : std::move(predicate);
    }

    Expression parse_word_predicate(Expression left, bool negated) {
        const auto begin = left.position;
        if (m_tokens.take_keyword("LIKE")) {
            auto pattern = parse_arithmetic();
            return negated_if(negated, begin,
                              apply(Op::like, begin, std::move(left), std::move(pattern)));
        }
        if (m_tokens.take_keyword("BETWEEN")) {
            auto low = parse_arithmetic();
            m_tokens.expect_keyword("AND");
            auto high = parse_arithmetic();
            return negated_if(
                negated, begin,
                apply(Op::between, begin, std::move(left), std::move(low), std::move(high)));
        }
        if (m_tokens.take_keyword("IN")) {
            const auto list_begin = m_tokens.peek().begin;
            auto list = make_operation(Op::list, list_begin, {});
            m_tokens.expect_symbol("(", "'(' and the list");
            do {
                list.arguments.push_back(parse_any());
            } while (m_tokens.take_symbol(","));
            m_tokens.expect_symbol(")", "',' or ')'");
            return negated_if(negated, begin,
                              apply(Op::in, begin, std::move(left), std::move(list)));
        }
        return left;
    }

    // arithmeticExpression
    Expression parse_arithmetic() {
        auto left = parse_term();
        while (m_tokens.at_symbol("+") || m_tokens.at_symbol("-")) {
            const auto op = m_tokens.take().text == "+" ? Op::add : Op::subtract;
            const auto begin = left.position;
            left = apply(op, begin, std::move(left), parse_term());
        }
        return left;
    }

    // arithmeticTerm
    Expression parse_term() {
        auto left = parse_power();
        while (const auto op = multiplying()) {
            m_tokens.take();
            const auto begin = left.position;
            left = apply(*op, begin, std::move(left), parse_power());
        }
        return left;
    }

    std::optional<Op> multiplying() const {
        return m_tokens.at_symbol("*")      ? std::optional(Op::multiply)
               : m_tokens.at_symbol("/")    ? std::optional(Op::divide)
               : m_tokens.at_symbol("%")    ? std::optional(Op::modulo)
               : m_tokens.at_keyword("DIV") ? std::optional(Op::whole_divide)
                                            : std::nullopt;
    }

    // powerTerm
    Expression parse_power() {
        auto left = parse_operand();
        if (m_tokens.take_symbol("^")) {
            const auto begin = left.position;
            return apply(Op::power, begin, std::move(left), parse_operand());
        }
        return left;
    }

    // arithmeticFactor
    Expression parse_operand() {
        const auto begin = m_tokens.peek().begin;
        const bool is_signed = m_tokens.at_symbol("-") || m_tokens.at_symbol("+");
        if (is_signed && m_tokens.peek(1).kind == TokenKind::number) {
            return make_literal(m_tokens.expect_signed_number("a number"), begin);
        }
        if (m_tokens.take_symbol("-")) {
            auto minus_one = make_literal(-1.0, begin);
            return apply(Op::multiply, begin, std::move(minus_one), parse_primary());
        }
        return parse_primary();
    }

    Expression parse_primary() {
        const auto& token = m_tokens.peek();
        const auto begin = token.begin;
        switch (token.kind) {
        case TokenKind::number:
            return make_literal(m_tokens.take().number, begin);
        case TokenKind::text:
            return make_literal(m_tokens.take().text, begin);
        case TokenKind::name:
            return make_property(m_tokens.take().text, begin);
        case TokenKind::word:
            return parse_word();
        default:
            break;
        }
        if (!m_tokens.take_symbol("(")) {
            m_tokens.fail("a property, a value or a condition");
        }
        auto inner = parse_any();
        inner.position = begin;
        m_tokens.expect_symbol(")", m_tokens.at_symbol(",")
                                        ? "')': lists stand after IN and in functions A_..."
                                        : "')' or an operator");
        return inner;
    }

    Expression parse_word() {
        const auto begin = m_tokens.peek().begin;
        for (const bool value : {true, false}) {
            if (m_tokens.take_keyword(value ? "TRUE" : "FALSE")) {
                return make_literal(value, begin);
            }
        }
        static constexpr std::array<std::string_view, 9> reserved{
            "AND", "OR", "NOT", "LIKE", "BETWEEN", "IN", "IS", "NULL", "DIV"};
        for (const auto word : reserved) {
            if (m_tokens.at_keyword(word)) {
                m_tokens.fail("a property, a value or a condition (a property of that name needs "
                              "double quotes)");
            }
        }
        if (at_geometry(m_tokens)) {
            return parse_geometry(m_tokens);
        }
        return m_tokens.at_symbol("(", 1) ? parse_function()
                                          : make_property(m_tokens.take().text, begin);
    }

    Expression parse_function() {
        if (at_time(m_tokens)) {
            return parse_time(m_tokens);
        }
        const auto op = function_of_text(m_tokens.peek().text);
        if (!op) {
            m_tokens.fail("CASEI, ACCENTI, a function S_..., T_... or A_..., a geometry, DATE, "
                          "TIMESTAMP or INTERVAL before '('");
        }
        const auto begin = m_tokens.take().begin;
        const TokenStream::Level level(m_tokens);
        m_tokens.take(); // '('
        const auto argument = [&] { return is_of_lists(*op) ? parse_array() : parse_any(); };
        std::vector<Expression> arguments;
        arguments.push_back(argument());
        if (*op != Op::casei && *op != Op::accenti) {
            m_tokens.expect_symbol(",", "',' and the second argument");
            arguments.push_back(argument());
        }
        m_tokens.expect_symbol(")", "')'");
        return operation(*op, begin, std::move(arguments));
    }

    // arrayExpression, or what stands for one. Parentheses around all of it are a list's.
    Expression parse_array() {
        if (!m_tokens.at_symbol("(") || !m_tokens.parentheses_end_item()) {
            return parse_any();
        }
        const TokenStream::Level level(m_tokens);
        auto list = make_operation(Op::list, m_tokens.take().begin, {});
        if (m_tokens.take_symbol(")")) {
            return list;
        }
        do {
            list.arguments.push_back(parse_array());
        } while (m_tokens.take_symbol(","));
        m_tokens.expect_symbol(")", "',' or ')'");
        return list;
    }

    TokenStream m_tokens;
};

} // namespace

Expression parse_text(std::string_view filter) {
    if (filter.size() > most_bytes) {
        throw FilterError("the filter has more than " + std::to_string(most_bytes) + " bytes",
                          most_bytes);
    }
    if (const auto fault = first_fault(filter)) {
        throw FilterError("expected UTF-8, found other bytes", *fault);
    }
    auto expression = TextParser(filter).parse();
    check_depth(expression);
    return expression;
}

} // namespace hotspots::service::filter
