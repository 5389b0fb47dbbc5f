#include "service/filter/case_folding.hpp"
#include "service/filter/node.hpp"

#include <algorithm>
#include <cmath>

namespace hotspots::service::filter {

namespace {

bool is_null(const Value& value) {
    return std::holds_alternative<Null>(value);
}

// Whether any (all) of the arguments are true; unknown where an unknown one would decide.
Value evaluate_chain(const Node& node, std::uint32_t row, Scratch& scratch) {
    const bool decides = node.op == Op::any; // one true is enough, or one false
    bool unknown = false;
    for (const auto& argument : node.arguments) {
        const auto value = evaluate(argument, row, scratch);
        const auto* truth = std::get_if<bool>(&value);
        if (truth && *truth == decides) {
            return decides;
        }
        unknown = unknown || !truth;
    }
    return unknown ? Value() : Value(!decides);
}

// -1, 0 or 1; empty where one is null.
template <class Item>
std::optional<int> order_as(const Value& a, const Value& b) {
    const auto* left = std::get_if<Item>(&a);
    const auto* right = std::get_if<Item>(&b);
    if (!left || !right) {
        return std::nullopt;
    }
    return *left < *right ? -1 : *right < *left ? 1 : 0;
}

std::optional<int> order(Type type, const Value& a, const Value& b) {
    switch (type) {
    case Type::boolean:
        return order_as<bool>(a, b);
    case Type::number:
        return order_as<double>(a, b);
    case Type::text:
        return order_as<std::string_view>(a, b); // by code point, as UTF-8's bytes are
    default:
        break;
    }
    const auto* left = std::get_if<Instant>(&a);
    const auto* right = std::get_if<Instant>(&b);
    return left && right ? std::optional(compare(*left, *right)) : std::nullopt;
}

bool holds(Op op, int order) {
    switch (op) {
    case Op::equal:
        return order == 0;
    case Op::not_equal:
        return order != 0;
    case Op::less:
        return order < 0;
    case Op::greater:
        return order > 0;
    case Op::less_or_equal:
        return order <= 0;
    default:
        return order >= 0;
    }
}

Value evaluate_between(const Node& node, std::uint32_t row, Scratch& scratch) {
    const auto type = node.arguments[0].type;
    const auto value = evaluate(node.arguments[0], row, scratch);
    const auto low = order(type, evaluate(node.arguments[1], row, scratch), value);
    const auto high = order(type, value, evaluate(node.arguments[2], row, scratch));
    return low && high ? Value(*low <= 0 && *high <= 0) : Value();
}

Value evaluate_in(const Node& node, std::uint32_t row, Scratch& scratch) {
    const auto value = evaluate(node.arguments[0], row, scratch);
    if (is_null(value)) {
        return {};
    }
    if (const auto* text = std::get_if<std::string_view>(&value); text && !node.texts.empty()) {
        return std::ranges::binary_search(node.texts, *text, std::less<>());
    }
    if (const auto* number = std::get_if<double>(&value); number && !node.numbers.empty()) {
        return std::ranges::binary_search(node.numbers, *number);
    }
    bool unknown = false;
    for (const auto& item : node.arguments[1].arguments) {
        const auto order_of_item =
            order(node.arguments[0].type, value, evaluate(item, row, scratch));
        if (order_of_item == 0) {
            return true;
        }
        unknown = unknown || !order_of_item;
    }
    return unknown ? Value() : Value(false);
}

Value evaluate_like(const Node& node, std::uint32_t row, Scratch& scratch) {
    const auto value = evaluate(node.arguments[0], row, scratch);
    const auto* text = std::get_if<std::string_view>(&value);
    if (!text) {
        return {};
    }
    if (node.pattern) {
        return node.pattern->matches(*text);
    }
    const auto pattern = evaluate(node.arguments[1], row, scratch);
    const auto* pattern_text = std::get_if<std::string_view>(&pattern);
    return pattern_text ? Value(LikePattern(*pattern_text).matches(*text)) : Value();
}

Value evaluate_arithmetic(Op op, const Value& a, const Value& b) {
    const auto* left = std::get_if<double>(&a);
    const auto* right = std::get_if<double>(&b);
    if (!left || !right) {
        return {};
    }
    const auto result = [&] {
        switch (op) {
        case Op::add:
            return *left + *right;
        case Op::subtract:
            return *left - *right;
        case Op::multiply:
            return *left * *right;
        case Op::divide:
            return *left / *right;
        case Op::modulo:
            return std::fmod(*left, *right);
        case Op::whole_divide:
            return std::trunc(*left / *right);
        default:
            return std::pow(*left, *right);
        }
    }();
    return std::isfinite(result) ? Value(result) : Value(); // 1 / 0 is no number
}

Value evaluate_interval(const Value& begin, const Value& end) {
    const auto* first = std::get_if<Instant>(&begin);
    const auto* last = std::get_if<Instant>(&end);
    // What ends before it begins is no interval.
    return first && last && compare(*first, *last) <= 0 ? Value(Interval{*first, *last}) : Value();
}

Value evaluate_text(const Value& value, Scratch& scratch) {
    const auto* text = std::get_if<std::string_view>(&value);
    return text ? Value(scratch.keep(fold_case(*text))) : Value();
}

Value evaluate_list(const Node& node, std::uint32_t row, Scratch& scratch) {
    auto list = std::make_shared<List>();
    for (const auto& item : node.arguments) {
        list->values.push_back(evaluate(item, row, scratch));
    }
    return std::shared_ptr<const List>(std::move(list));
}

Value evaluate_pair(const Node& node, std::uint32_t row, Scratch& scratch) {
    const auto a = evaluate(node.arguments[0], row, scratch);
    const auto b = evaluate(node.arguments[1], row, scratch);
    if (is_comparison(node.op)) {
        const auto found = order(node.arguments[0].type, a, b);
        return found ? Value(holds(node.op, *found)) : Value();
    }
    return is_spatial(node.op)      ? evaluate_spatial(node.op, a, b)
           : is_temporal(node.op)   ? evaluate_temporal(node.op, a, b)
           : is_of_lists(node.op)   ? evaluate_lists(node.op, a, b)
           : is_arithmetic(node.op) ? evaluate_arithmetic(node.op, a, b)
                                    : evaluate_interval(a, b);
}

} // namespace

Value evaluate(const Node& node, std::uint32_t row, Scratch& scratch) {
    switch (node.op) {
    case Op::literal:
        return node.value;
    case Op::property:
        return node.column(row);
    case Op::list:
        return evaluate_list(node, row, scratch);
    case Op::all:
    case Op::any:
        return evaluate_chain(node, row, scratch);
    case Op::negation: {
        const auto value = evaluate(node.arguments[0], row, scratch);
        const auto* truth = std::get_if<bool>(&value);
        return truth ? Value(!*truth) : Value();
    }
    case Op::like:
        return evaluate_like(node, row, scratch);
    case Op::between:
        return evaluate_between(node, row, scratch);
    case Op::in:
        return evaluate_in(node, row, scratch);
    case Op::is_null:
        return is_null(evaluate(node.arguments[0], row, scratch));
    case Op::casei:
        return evaluate_text(evaluate(node.arguments[0], row, scratch), scratch);
    default:
        return evaluate_pair(node, row, scratch);
    }
}

} // namespace hotspots::service::filter
