#include "service/filter/time_literal.hpp"
#include "service/filter/tokens.hpp"
#include "service/filter/utf8.hpp"
#include "service/filter/writers.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>

namespace hotspots::service::filter {

namespace {

using geo::GeometryKind;

std::string in_capitals(std::string_view name) {
    std::string out(name);
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return out;
}

std::string quoted_text(std::string_view text) {
    static constexpr std::string_view letters = "abtnvfr";
    static constexpr std::string_view meanings = "\a\b\t\n\v\f\r";
    std::string out = "'";
    for (const char c : text) {
        if (const auto known = meanings.find(c); known != meanings.npos) {
            out.append({'\\', letters[known]});
        } else if (c == '\'' || c == '\\') {
            out.append({c, c});
        } else {
            out.push_back(c);
        }
    }
    return out + '\'';
}

// Bare where it cannot be taken for anything else.
std::string property_text(const std::string& name) {
    static constexpr std::array<std::string_view, 15> reserved{
        "AND", "OR",   "NOT",   "LIKE", "BETWEEN",   "IN",       "IS",  "NULL",
        "DIV", "TRUE", "FALSE", "DATE", "TIMESTAMP", "INTERVAL", "BBOX"};
    const auto capitals = in_capitals(name);
    if (is_plain_name(name) && std::ranges::find(reserved, capitals) == reserved.end()) {
        return name;
    }
    std::string out = "\"";
    for (const char c : name) {
        out.append(c == '"' ? 2 : 1, c);
    }
    return out + '"';
}

bool has_heights(const Geometry& geometry) {
    return std::ranges::all_of(geometry.points,
                               [](const Position& p) { return p.height.has_value(); }) &&
           std::ranges::all_of(geometry.parts, has_heights);
}

std::string position_text(const Position& position) {
    auto out = number_text(position.first) + ' ' + number_text(position.second);
    return position.height ? out + ' ' + number_text(*position.height) : out;
}

std::string_view keyword_of(GeometryKind kind) {
    static constexpr std::array<std::string_view, 7> kind_words{
        "POINT",           "LINESTRING",   "POLYGON",           "MULTIPOINT",
        "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION"};
    return kind_words[static_cast<std::size_t>(kind)];
}

std::string tagged_text(const Geometry& geometry);

std::string body_text(const Geometry& geometry) {
    std::string out = "(";
    const auto separate = [&] { out.append(out.size() > 1 ? ", " : ""); };
    for (const auto& point : geometry.points) {
        separate();
        out.append(position_text(point));
    }
    for (const auto& part : geometry.parts) {
        separate();
        out.append(geometry.kind == GeometryKind::collection ? tagged_text(part) : body_text(part));
    }
    return out + ')';
}

std::string tagged_text(const Geometry& geometry) {
    return std::string(keyword_of(geometry.kind)) + (has_heights(geometry) ? " Z " : " ") +
           body_text(geometry);
}

std::string box_text(const BoundingBox& box) {
    std::string out = "BBOX(";
    for (const auto* corner : {&box.low, &box.high}) {
        out.append(corner == &box.low ? "" : ", ").append(number_text(corner->first));
        out.append(", ").append(number_text(corner->second));
        if (corner->height) {
            out.append(", ").append(number_text(*corner->height));
        }
    }
    return out + ')';
}

struct LiteralText {
    bool in_interval;

    std::string operator()(bool value) const { return value ? "TRUE" : "FALSE"; }
    std::string operator()(double value) const { return number_text(value); }
    std::string operator()(const std::string& value) const { return quoted_text(value); }
    std::string operator()(const Date& value) const {
        return in_interval ? '\'' + to_text(value) + '\'' : "DATE('" + to_text(value) + "')";
    }
    std::string operator()(const Timestamp& value) const {
        return in_interval ? '\'' + to_text(value) + '\'' : "TIMESTAMP('" + to_text(value) + "')";
    }
    std::string operator()(const OpenEnd&) const { return "'..'"; }
    std::string operator()(const Geometry& value) const { return tagged_text(value); }
    std::string operator()(const BoundingBox& value) const { return box_text(value); }
};

// What binds tighter is higher. Whatever is not listed stands for itself.
int binding_of(Op op) {
    switch (op) {
    case Op::any:
    case Op::all:
        return 1;
    case Op::negation:
        return 2;
    case Op::add:
    case Op::subtract:
        return 4;
    case Op::multiply:
    case Op::divide:
    case Op::modulo:
    case Op::whole_divide:
        return 5;
    case Op::power:
        return 6;
    default:
        return op >= Op::equal && op <= Op::is_null ? 3 : 7;
    }
}

// In parentheses unless it binds at least as tight as `least`. No more of them than the filter was
// read from: its nesting is bounded.
std::string operand_text(const Expression& expression, int least) {
    const auto text = write_text(expression);
    return binding_of(expression.op) >= least ? text : '(' + text + ')';
}

std::string infix_text(const Expression& expression) {
    const auto& arguments = expression.arguments;
    const int binding = binding_of(expression.op);
    const bool chain = binding == 4 || binding == 5; // a - b - c is (a - b) - c
    const auto left = operand_text(arguments.at(0), chain ? binding : binding + 1);
    if (expression.op == Op::is_null) {
        return left + " IS NULL";
    }
    const auto right = operand_text(arguments.at(1), binding + 1);
    if (expression.op == Op::between) {
        return left + " BETWEEN " + right + " AND " + operand_text(arguments.at(2), binding + 1);
    }
    return left + ' ' + in_capitals(name_of(expression.op)) + ' ' + right;
}

std::string joined(const Expression& expression, std::string_view separator) {
    const bool chain = expression.op == Op::all || expression.op == Op::any;
    std::string out;
    for (const auto& argument : expression.arguments) {
        out.append(out.empty() ? "" : separator);
        out.append(chain ? operand_text(argument, 2) : write_text(argument));
    }
    return out;
}

std::string interval_text(const Expression& expression) {
    std::string out = "INTERVAL(";
    for (const auto& end : expression.arguments) {
        out.append(out.back() == '(' ? "" : ", ");
        out.append(end.op == Op::literal ? std::visit(LiteralText{true}, end.literal)
                                         : write_text(end));
    }
    return out + ')';
}

} // namespace

std::string number_text(double number) {
    std::array<char, 32> buffer{};
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    return error == std::errc{} ? std::string(buffer.data(), end) : std::string();
}

std::string write_text(const Expression& filter) {
    switch (filter.op) {
    case Op::literal:
        return std::visit(LiteralText{false}, filter.literal);
    case Op::property:
        return property_text(filter.name);
    case Op::list:
        return '(' + joined(filter, ", ") + ')';
    case Op::interval:
        return interval_text(filter);
    case Op::all:
        return joined(filter, " AND ");
    case Op::any:
        return joined(filter, " OR ");
    case Op::negation:
        return "NOT " + operand_text(filter.arguments.at(0), 3);
    default:
        break;
    }
    const bool function = (filter.op >= Op::casei && !is_arithmetic(filter.op));
    return function ? in_capitals(name_of(filter.op)) + '(' + joined(filter, ", ") + ')'
                    : infix_text(filter);
}

} // namespace hotspots::service::filter
