#include "service/filter/binder.hpp"

#include "geo/geos.hpp"
#include "service/filter/filter_error.hpp"

#include <algorithm>
#include <limits>
#include <string>

namespace hotspots::service::filter {

namespace {

// The beginning of what was written, for messages.
std::string shown(const Expression& expression) {
    return expression.op == Op::property ? "'" + expression.name.substr(0, 60) + "'"
                                         : "what stands here";
}

class Binder {
public:
    Binder(const Schema& schema, const Meaning& meaning) : m_schema(schema), m_meaning(meaning) {}

    Node bind(const Expression& e) const {
        if (e.op == Op::literal) {
            return bind_literal(e, m_meaning);
        }
        if (e.op == Op::property) {
            return bind_property(e);
        }
        auto node = bind_operation(e);
        node.op = e.op;
        return is_constant(node) ? folded(std::move(node), e) : node;
    }

private:
    [[noreturn]] static void refuse(const Expression& e, Type found, const std::string& wanted) {
        throw FilterError(shown(e) + " is " + std::string(name_of(found)) + "; " + wanted,
                          e.position);
    }

    Node bind_property(const Expression& e) const {
        const auto found =
            std::ranges::find(m_schema.properties, std::string_view(e.name), &Property::name);
        if (found == m_schema.properties.end()) {
            std::string names;
            for (const auto& property : m_schema.properties) {
                names.append(names.empty() ? "" : ", ").append(property.name);
            }
            throw FilterError("there is no property " + shown(e) + "; there are " + names,
                              e.position);
        }
        Node node;
        node.op = Op::property;
        node.type = found->type;
        node.column = m_schema.column(found->name);
        return node;
    }

    // What is made of literals alone is the same for every feature.
    Node folded(Node node, const Expression& e) const {
        if (node.op == Op::list) {
            return node; // looked through where it stands
        }
        try {
            Scratch scratch;
            const auto value = evaluate(node, 0, scratch);
            Node constant;
            constant.type = node.type;
            constant.value = value;
            if (const auto* text = std::get_if<std::string_view>(&value)) {
                constant.text = std::make_shared<const std::string>(*text);
                constant.value = std::string_view(*constant.text);
            }
            return constant;
        } catch (const geo::GeometryError& error) {
            throw FilterError(error.what(), e.position);
        }
    }

    Node bind_operation(const Expression& e) const {
        switch (e.op) {
        case Op::list:
            return bind_all(e, Type::list);
        case Op::interval:
            return bind_interval(e);
        case Op::all:
        case Op::any:
        case Op::negation:
            return bind_each(e, Type::boolean, Type::boolean,
                             std::string(e.op == Op::negation ? "NOT takes"
                                         : e.op == Op::all    ? "AND joins"
                                                              : "OR joins") +
                                 " conditions");
        case Op::like:
            return bind_like(e);
        case Op::in:
            return bind_in(e);
        case Op::is_null:
            return bind_all(e, Type::boolean);
        case Op::casei:
            return bind_each(e, Type::text, Type::text, "CASEI takes text");
        case Op::accenti:
            throw FilterError("ACCENTI is not offered here; CASEI is", e.position);
        default:
            break;
        }
        if (is_spatial(e.op)) {
            return bind_each(e, Type::geometry, Type::boolean, "S_... compare geometries");
        }
        if (is_temporal(e.op)) {
            return bind_temporal(e);
        }
        if (is_of_lists(e.op)) {
            return bind_each(e, Type::list, Type::boolean,
                             "A_... compare lists, such as ('a', 'b')");
        }
        return is_arithmetic(e.op) ? bind_each(e, Type::number, Type::number,
                                               "arithmetic takes numbers")
                                   : bind_comparison(e); // BETWEEN too
    }

    Node bind_each(const Expression& e, Type wanted, Type result, const std::string& rule) const {
        auto node = bind_all(e, result);
        for (std::size_t i = 0; i < e.arguments.size(); ++i) {
            if (node.arguments[i].type != wanted) {
                refuse(e.arguments[i], node.arguments[i].type, rule);
            }
        }
        return node;
    }

    Node bind_all(const Expression& e, Type result) const {
        Node node;
        node.type = result;
        for (const auto& argument : e.arguments) {
            node.arguments.push_back(bind(argument));
        }
        return node;
    }

    Node bind_like(const Expression& e) const {
        auto node = bind_each(e, Type::text, Type::boolean, "LIKE compares text with a pattern");
        const auto& pattern = node.arguments.at(1);
        const auto* text = std::get_if<std::string_view>(&pattern.value);
        if (pattern.op == Op::literal && text) {
            node.pattern.emplace(*text);
        }
        return node;
    }

    // Literal text beside a time is read as one.
    void read_as_time(Node& node, const Expression& e) const {
        const auto* text = std::get_if<std::string_view>(&node.value);
        if (node.op != Op::literal || !text) {
            return;
        }
        const auto time = time_from_text(*text, m_meaning);
        if (!time) {
            throw FilterError("expected a time such as DATE('2025-07-01') or "
                              "TIMESTAMP('2025-07-01T22:15:00Z'), found other text",
                              e.position);
        }
        node = Node();
        node.type = Type::time;
        node.value = *time;
    }

    // Brings operands that are compared to one type.
    void match(Node& a, const Expression& of_a, Node& b, const Expression& of_b) const {
        if (a.type == Type::time) {
            read_as_time(b, of_b);
        } else if (b.type == Type::time) {
            read_as_time(a, of_a);
        }
        for (const auto& [node, e] : {std::pair(&a, &of_a), std::pair(&b, &of_b)}) {
            if (node->type == Type::geometry || node->type == Type::interval ||
                node->type == Type::list) {
                refuse(*e, node->type,
                       node->type == Type::geometry   ? "compare it with S_..."
                       : node->type == Type::interval ? "compare it with T_..."
                                                      : "compare it with A_...");
            }
        }
        if (a.type != b.type) {
            refuse(of_b, b.type, "it is compared with " + std::string(name_of(a.type)));
        }
    }

    void match_all(Node& first, const Expression& of_first, std::span<Node> others,
                   std::span<const Expression> of_others) const {
        const auto type = first.type;
        for (std::size_t i = 0; i < others.size(); ++i) {
            match(first, of_first, others[i], of_others[i]);
        }
        if (first.type != type) { // a later one made a time of the first
            match_all(first, of_first, others, of_others);
        }
    }

    Node bind_comparison(const Expression& e) const {
        auto node = bind_all(e, Type::boolean);
        auto& first = node.arguments.at(0);
        match_all(first, e.arguments[0], std::span(node.arguments).subspan(1),
                  std::span(e.arguments).subspan(1));
        const bool measured = first.type == Type::number || first.type == Type::time;
        if (e.op == Op::between && !measured) {
            refuse(e.arguments[0], first.type, "BETWEEN compares numbers or times");
        }
        return node;
    }

    Node bind_in(const Expression& e) const {
        auto node = bind_all(e, Type::boolean);
        auto& items = node.arguments.at(1).arguments;
        match_all(node.arguments[0], e.arguments[0], items, e.arguments[1].arguments);
        if (is_constant(node.arguments[1])) {
            sort_items(node);
        }
        return node;
    }

    static void sort_items(Node& node) {
        for (const auto& item : node.arguments[1].arguments) {
            if (const auto* text = std::get_if<std::string_view>(&item.value)) {
                node.texts.emplace_back(*text);
            } else if (const auto* number = std::get_if<double>(&item.value)) {
                node.numbers.push_back(*number);
            }
        }
        std::ranges::sort(node.texts);
        std::ranges::sort(node.numbers);
    }

    Node bind_interval(const Expression& e) const {
        Node node;
        node.type = Type::interval;
        for (const auto& end : e.arguments) {
            node.arguments.push_back(bind_end(end, node.arguments.empty()));
        }
        const auto* begin = std::get_if<Instant>(&node.arguments.at(0).value);
        const auto* end = std::get_if<Instant>(&node.arguments.at(1).value);
        if (begin && end && compare(*begin, *end) > 0) {
            throw FilterError("the interval ends before it begins", e.position);
        }
        return node;
    }

    Node bind_end(const Expression& e, bool is_begin) const {
        if (e.op == Op::literal && std::holds_alternative<OpenEnd>(e.literal)) {
            const auto open = is_begin ? std::numeric_limits<std::int64_t>::min()
                                       : std::numeric_limits<std::int64_t>::max();
            Node node;
            node.type = Type::time;
            node.value = Instant{open, open};
            return node;
        }
        auto node = bind(e);
        if (node.type != Type::time) {
            refuse(e, node.type, "an interval is from one time to another");
        }
        return node;
    }

    Node bind_temporal(const Expression& e) const {
        auto node = bind_all(e, Type::boolean);
        const bool with_instants = e.op == Op::t_after || e.op == Op::t_before ||
                                   e.op == Op::t_disjoint || e.op == Op::t_equals ||
                                   e.op == Op::t_intersects;
        for (std::size_t i = 0; i < e.arguments.size(); ++i) {
            auto& argument = node.arguments[i];
            if (with_instants && argument.type == Type::text) {
                read_as_time(argument, e.arguments[i]);
            }
            if (argument.type == Type::time && !with_instants) {
                refuse(e.arguments[i], Type::time,
                       "this function compares intervals: write INTERVAL(begin, end)");
            }
            if (argument.type != Type::time && argument.type != Type::interval) {
                refuse(e.arguments[i], argument.type, "T_... compare times and intervals");
            }
        }
        return node;
    }

    const Schema& m_schema;
    const Meaning& m_meaning;
};

} // namespace

bool is_constant(const Node& node) {
    return node.op != Op::property && std::ranges::all_of(node.arguments, is_constant);
}

Node bind(const Expression& expression, const Schema& schema, const Meaning& meaning) {
    return Binder(schema, meaning).bind(expression);
}

} // namespace hotspots::service::filter
