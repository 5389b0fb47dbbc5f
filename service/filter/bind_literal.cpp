#include "geo/geos.hpp"
#include "service/filter/binder.hpp"
#include "service/filter/filter_error.hpp"
#include "service/filter/time_literal.hpp"

#include <chrono>
#include <stdexcept>

namespace hotspots::service::filter {

namespace {

template <class... Visitors>
struct Overloaded : Visitors... {
    using Visitors::operator()...;
};
template <class... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

Node make_node(Type type, Value value) {
    Node node;
    node.type = type;
    node.value = std::move(value);
    return node;
}

Node text_node(const std::string& text) {
    const auto kept = std::make_shared<const std::string>(text);
    auto node = make_node(Type::text, std::string_view(*kept));
    node.text = kept;
    return node;
}

Node shape_node(const Expression& expression, const Meaning& meaning) {
    try {
        auto shape = std::make_shared<geo::Shape>(meaning.geometry(expression.literal));
        if (const auto fault = shape->fault(); !fault.empty()) {
            throw FilterError("the geometry is not valid: " + fault, expression.position);
        }
        shape->prepare();
        auto node = make_node(Type::geometry, ReadyShape(shape.get()));
        node.shape = std::move(shape);
        return node;
    } catch (const geo::GeometryError& error) {
        throw FilterError(error.what(), expression.position);
    } catch (const std::invalid_argument& error) {
        throw FilterError(error.what(), expression.position);
    }
}

} // namespace

Node bind_literal(const Expression& expression, const Meaning& meaning) {
    return std::visit(
        Overloaded{[](bool value) { return make_node(Type::boolean, value); },
                   [](double value) { return make_node(Type::number, value); },
                   [](const std::string& value) { return text_node(value); },
                   [&](const Date& value) { return make_node(Type::time, meaning.day(value)); },
                   [](const Timestamp& value) {
                       return make_node(Type::time, Instant{value.us, value.us});
                   },
                   [&](const OpenEnd&) -> Node {
                       throw FilterError("expected a value, found an open end",
                                         expression.position);
                   },
                   [&](const Geometry&) { return shape_node(expression, meaning); },
                   [&](const BoundingBox&) { return shape_node(expression, meaning); }},
        expression.literal);
}

std::optional<Instant> time_from_text(std::string_view text, const Meaning& meaning) {
    if (const auto day = parse_date(text)) {
        return meaning.day(*day);
    }
    if (const auto time = parse_timestamp(text)) {
        return Instant{time->us, time->us};
    }
    if (text.size() != 7) {
        return std::nullopt;
    }
    const auto first = parse_date(std::string(text) + "-01");
    if (!first) {
        return std::nullopt;
    }
    using namespace std::chrono;
    const year_month_day begin{sys_days(days(first->day))};
    const sys_days end(begin.year() / begin.month() / last);
    return Instant{meaning.day(*first).first_us,
                   meaning.day({end.time_since_epoch().count()}).last_us};
}

} // namespace hotspots::service::filter
