// A filter as a tree: what CQL2 text and CQL2 JSON (OGC 21-065r2) are read into and written from.
// Names are not looked up and types not checked here: see service/filter/filter.hpp.
#pragma once

#include "geo/any_geometry.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace hotspots::service::filter {

enum class Op : std::uint8_t {
    literal,
    property,
    list,
    interval, // two arguments: a date, timestamp, open end or property each
    // Truth
    all,
    any,
    negation,
    // Comparisons
    equal,
    not_equal,
    less,
    greater,
    less_or_equal,
    greater_or_equal,
    like,
    between,
    in,
    is_null,
    // Text
    casei,
    accenti,
    // Geometry
    s_contains,
    s_crosses,
    s_disjoint,
    s_equals,
    s_intersects,
    s_overlaps,
    s_touches,
    s_within,
    // Time
    t_after,
    t_before,
    t_contains,
    t_disjoint,
    t_during,
    t_equals,
    t_finished_by,
    t_finishes,
    t_intersects,
    t_meets,
    t_met_by,
    t_overlapped_by,
    t_overlaps,
    t_started_by,
    t_starts,
    // Lists
    a_contained_by,
    a_contains,
    a_equals,
    a_overlaps,
    // Arithmetic
    add,
    subtract,
    multiply,
    divide,
    modulo,
    whole_divide,
    power
};

// The name that CQL2 JSON gives an operator, e.g. "t_finishedBy"; empty for those before `all`.
// In text it is the same in capitals, as far as it is a word.
std::string_view name_of(Op op);
std::optional<Op> op_of_json(std::string_view name);
// Of CASEI, ACCENTI, S_..., T_... and A_..., in capitals or not.
std::optional<Op> function_of_text(std::string_view name);

constexpr bool is_spatial(Op op) {
    return op >= Op::s_contains && op <= Op::s_within;
}
constexpr bool is_temporal(Op op) {
    return op >= Op::t_after && op <= Op::t_starts;
}
constexpr bool is_of_lists(Op op) {
    return op >= Op::a_contained_by && op <= Op::a_overlaps;
}
constexpr bool is_arithmetic(Op op) {
    return op >= Op::add && op <= Op::power;
}
constexpr bool is_comparison(Op op) {
    return op >= Op::equal && op <= Op::greater_or_equal;
}

// A calendar day without a time zone, in days since 1970-01-01.
struct Date {
    std::int64_t day = 0;
    friend bool operator==(const Date&, const Date&) = default;
};

// UTC, in microseconds since 1970-01-01T00:00:00Z.
struct Timestamp {
    std::int64_t us = 0;
    friend bool operator==(const Timestamp&, const Timestamp&) = default;
};

// '..' of an interval.
struct OpenEnd {
    friend bool operator==(const OpenEnd&, const OpenEnd&) = default;
};

// As written, in the axis order of the filter's CRS.
struct Position {
    double first = 0;
    double second = 0;
    std::optional<double> height;
    friend bool operator==(const Position&, const Position&) = default;
};

using Geometry = geo::AnyGeometry<Position>;

// Two corners; `low.first` beyond `high.first` may mean a box across the antimeridian.
struct BoundingBox {
    Position low;
    Position high;
    friend bool operator==(const BoundingBox&, const BoundingBox&) = default;
};

using Literal =
    std::variant<bool, double, std::string, Date, Timestamp, OpenEnd, Geometry, BoundingBox>;

struct Expression {
    Op op = Op::literal;
    std::size_t position = 0; // byte of the filter that it begins at
    std::vector<Expression> arguments = {};
    Literal literal = false; // of Op::literal
    std::string name = {};   // of Op::property
};

// Whether they are the same filter, wherever it was written.
bool operator==(const Expression& a, const Expression& b);

Expression make_literal(Literal value, std::size_t position);
Expression make_operation(Op op, std::size_t position, std::vector<Expression> arguments);
Expression make_property(std::string name, std::size_t position);

// What bounds the time and stack that reading and evaluating take, whatever the bytes.
inline constexpr std::size_t most_bytes = 65'536;
inline constexpr int most_depth = 40;  // of arguments in arguments; a + b + c is three deep
inline constexpr int most_levels = 90; // of text: at most two for each of depth, and spare ones
inline constexpr int most_operations = 500; // operators and functions

// Throws FilterError for a filter deeper than most_depth.
void check_depth(const Expression& filter);

} // namespace hotspots::service::filter
