#include "service/filter/expression.hpp"

#include "service/filter/filter_error.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace hotspots::service::filter {

namespace {

constexpr std::array<std::pair<Op, std::string_view>, 49> names{
    {{Op::all, "and"},
     {Op::any, "or"},
     {Op::negation, "not"},
     {Op::equal, "="},
     {Op::not_equal, "<>"},
     {Op::less, "<"},
     {Op::greater, ">"},
     {Op::less_or_equal, "<="},
     {Op::greater_or_equal, ">="},
     {Op::like, "like"},
     {Op::between, "between"},
     {Op::in, "in"},
     {Op::is_null, "isNull"},
     {Op::casei, "casei"},
     {Op::accenti, "accenti"},
     {Op::s_contains, "s_contains"},
     {Op::s_crosses, "s_crosses"},
     {Op::s_disjoint, "s_disjoint"},
     {Op::s_equals, "s_equals"},
     {Op::s_intersects, "s_intersects"},
     {Op::s_overlaps, "s_overlaps"},
     {Op::s_touches, "s_touches"},
     {Op::s_within, "s_within"},
     {Op::t_after, "t_after"},
     {Op::t_before, "t_before"},
     {Op::t_contains, "t_contains"},
     {Op::t_disjoint, "t_disjoint"},
     {Op::t_during, "t_during"},
     {Op::t_equals, "t_equals"},
     {Op::t_finished_by, "t_finishedBy"},
     {Op::t_finishes, "t_finishes"},
     {Op::t_intersects, "t_intersects"},
     {Op::t_meets, "t_meets"},
     {Op::t_met_by, "t_metBy"},
     {Op::t_overlapped_by, "t_overlappedBy"},
     {Op::t_overlaps, "t_overlaps"},
     {Op::t_started_by, "t_startedBy"},
     {Op::t_starts, "t_starts"},
     {Op::a_contained_by, "a_containedBy"},
     {Op::a_contains, "a_contains"},
     {Op::a_equals, "a_equals"},
     {Op::a_overlaps, "a_overlaps"},
     {Op::add, "+"},
     {Op::subtract, "-"},
     {Op::multiply, "*"},
     {Op::divide, "/"},
     {Op::modulo, "%"},
     {Op::whole_divide, "div"},
     {Op::power, "^"}}};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equal_words(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

void check_depth(const Expression& expression, int depth) {
    if (depth > most_depth) {
        throw FilterError("the filter is nested more than " + std::to_string(most_depth) +
                              " levels deep",
                          expression.position);
    }
    for (const auto& argument : expression.arguments) {
        check_depth(argument, depth + 1);
    }
}

} // namespace

void check_depth(const Expression& filter) {
    check_depth(filter, 1);
}

std::string_view name_of(Op op) {
    for (const auto& [value, name] : names) {
        if (value == op) {
            return name;
        }
    }
    return {};
}

std::optional<Op> op_of_json(std::string_view name) {
    for (const auto& [value, known] : names) {
        if (known == name) {
            return value;
        }
    }
    return std::nullopt;
}

std::optional<Op> function_of_text(std::string_view name) {
    for (const auto& [value, known] : names) {
        if (value >= Op::casei && value <= Op::a_overlaps && equal_words(known, name)) {
            return value;
        }
    }
    return std::nullopt;
}

bool operator==(const Expression& a, const Expression& b) {
    return a.op == b.op && a.name == b.name && a.literal == b.literal && a.arguments == b.arguments;
}

Expression make_literal(Literal value, std::size_t position) {
    return {Op::literal, position, {}, std::move(value), {}};
}

Expression make_operation(Op op, std::size_t position, std::vector<Expression> arguments) {
    return {op, position, std::move(arguments), false, {}};
}

Expression make_property(std::string name, std::size_t position) {
    return {Op::property, position, {}, false, std::move(name)};
}

} // namespace hotspots::service::filter
