#include "service/filter/json_parser.hpp"

#include "service/filter/filter_error.hpp"
#include "service/filter/time_literal.hpp"

#include <string>
#include <utility>

namespace hotspots::service::filter {

namespace {

struct Arity {
    std::size_t least;
    std::size_t most;
};

Arity arity_of(Op op) {
    switch (op) {
    case Op::all:
    case Op::any:
        return {2, most_bytes};
    case Op::negation:
    case Op::is_null:
    case Op::casei:
    case Op::accenti:
        return {1, 1};
    case Op::between:
        return {3, 3};
    default:
        return {2, 2};
    }
}

class Reader {
public:
    Expression read(const JsonValue& value) {
        switch (value.kind) {
        case JsonKind::boolean:
            return make_literal(value.boolean, value.position);
        case JsonKind::number:
            return make_literal(value.number, value.position);
        case JsonKind::text:
            return make_literal(value.text, value.position);
        case JsonKind::array:
            return read_list(value);
        case JsonKind::object:
            return read_object(value);
        case JsonKind::null:
            break;
        }
        throw FilterError("expected a condition or a value, found null; use the operator isNull",
                          value.position);
    }

private:
    Expression read_list(const JsonValue& value) {
        auto list = make_operation(Op::list, value.position, {});
        for (const auto& item : value.items) {
            list.arguments.push_back(read(item));
        }
        return list;
    }

    Expression read_object(const JsonValue& value) {
        if (value.find("op")) {
            return read_operation(value);
        }
        if (const auto* property = value.find("property")) {
            if (text_of(*property, "a property's name").empty()) {
                throw FilterError("expected a property's name, found an empty one",
                                  property->position);
            }
            return make_property(property->text, value.position);
        }
        if (const auto* date = value.find("date")) {
            return make_literal(read_date(*date), value.position);
        }
        if (const auto* timestamp = value.find("timestamp")) {
            return make_literal(read_timestamp(*timestamp), value.position);
        }
        if (const auto* interval = value.find("interval")) {
            return read_interval(*interval, value.position);
        }
        if (const auto* box = value.find("bbox"); box && !value.find("type")) {
            return make_literal(parse_json_box(*box), value.position);
        }
        if (value.find("type")) {
            return make_literal(parse_json_geometry(value), value.position);
        }
        throw FilterError("expected an object with a member op, property, date, timestamp, "
                          "interval, bbox or type, found none of these",
                          value.position);
    }

    Expression read_operation(const JsonValue& value) {
        const auto& name = *value.find("op");
        const auto op = op_of_json(text_of(name, "an operator's name"));
        if (!op) {
            throw FilterError("expected an operator or function of CQL2 such as and, =, like, "
                              "casei, s_intersects or t_after, found '" +
                                  name.text.substr(0, 40) + "'",
                              name.position);
        }
        const auto* arguments = value.find("args");
        if (!arguments || arguments->kind != JsonKind::array) {
            throw FilterError("expected a list 'args' of '" + name.text + "', found none",
                              arguments ? arguments->position : value.position);
        }
        const auto count = arguments->items.size();
        const auto arity = arity_of(*op);
        if (count < arity.least || count > arity.most) {
            throw FilterError("expected " + std::to_string(arity.least) +
                                  (arity.most > arity.least ? " or more" : "") + " arguments of '" +
                                  name.text + "', found " + std::to_string(count),
                              arguments->position);
        }
        count_operations(*op == Op::all || *op == Op::any ? count : 1, value.position);
        auto operation = make_operation(*op, value.position, {});
        for (const auto& argument : arguments->items) {
            operation.arguments.push_back(read(argument));
        }
        check_lists(operation);
        return operation;
    }

    // Lists stand second after `in`, and in the functions of lists.
    static void check_lists(const Expression& operation) {
        for (std::size_t i = 0; i < operation.arguments.size(); ++i) {
            const auto& argument = operation.arguments[i];
            const bool second_of_in = operation.op == Op::in && i == 1;
            if (second_of_in && (argument.op != Op::list || argument.arguments.empty())) {
                throw FilterError("expected a list of at least one value, found another",
                                  argument.position);
            }
            if (argument.op == Op::list && !second_of_in && !is_of_lists(operation.op)) {
                throw FilterError("expected a value, found a list: lists stand in 'in' and in "
                                  "the functions a_...",
                                  argument.position);
            }
        }
    }

    void count_operations(std::size_t count, std::size_t position) {
        m_operations += count;
        if (m_operations > static_cast<std::size_t>(most_operations)) {
            throw FilterError("the filter has more than " + std::to_string(most_operations) +
                                  " operators and functions",
                              position);
        }
    }

    Expression read_interval(const JsonValue& value, std::size_t position) {
        if (value.kind != JsonKind::array || value.items.size() != 2) {
            throw FilterError("expected an interval of two ends, found another value",
                              value.position);
        }
        count_operations(1, position);
        auto interval = make_operation(Op::interval, position, {});
        for (const auto& end : value.items) {
            interval.arguments.push_back(read_end(end));
        }
        return interval;
    }

    Expression read_end(const JsonValue& value) {
        if (value.kind == JsonKind::object && value.find("property")) {
            return read_object(value);
        }
        if (value.kind == JsonKind::text) {
            if (value.text == "..") {
                return make_literal(OpenEnd{}, value.position);
            }
            if (const auto date = parse_date(value.text)) {
                return make_literal(*date, value.position);
            }
            if (const auto timestamp = parse_timestamp(value.text)) {
                return make_literal(*timestamp, value.position);
            }
        }
        throw FilterError("expected a day \"2025-07-01\", a UTC time \"2025-07-01T22:15:00Z\", "
                          "\"..\" or a property, found another value",
                          value.position);
    }

    static const std::string& text_of(const JsonValue& value, const std::string& expected) {
        if (value.kind != JsonKind::text) {
            throw FilterError("expected " + expected + ", found another value", value.position);
        }
        return value.text;
    }

    static Date read_date(const JsonValue& value) {
        const auto date = parse_date(text_of(value, "a day such as \"2025-07-01\""));
        if (!date) {
            throw FilterError("expected a day such as \"2025-07-01\", found '" +
                                  value.text.substr(0, 40) + "'",
                              value.position);
        }
        return *date;
    }

    static Timestamp read_timestamp(const JsonValue& value) {
        const auto time =
            parse_timestamp(text_of(value, "a UTC time such as \"2025-07-01T22:15:00Z\""));
        if (!time) {
            throw FilterError("expected a UTC time such as \"2025-07-01T22:15:00Z\", found '" +
                                  value.text.substr(0, 40) + "'",
                              value.position);
        }
        return *time;
    }

    std::size_t m_operations = 0;
};

} // namespace

Expression parse_json_filter(std::string_view filter) {
    if (filter.size() > most_bytes) {
        throw FilterError("the filter has more than " + std::to_string(most_bytes) + " bytes",
                          most_bytes);
    }
    const auto value = parse_json(filter);
    if (value.kind == JsonKind::array) {
        throw FilterError("expected a condition, found a list", value.position);
    }
    auto expression = Reader().read(value);
    check_depth(expression);
    return expression;
}

} // namespace hotspots::service::filter
