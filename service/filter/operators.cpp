// The functions of geometries, times and lists.
#include "service/filter/node.hpp"

#include <algorithm>

namespace hotspots::service::filter {

namespace {

geo::SpatialRelation relation_of(Op op) {
    switch (op) {
    case Op::s_contains:
        return geo::SpatialRelation::contains;
    case Op::s_crosses:
        return geo::SpatialRelation::crosses;
    case Op::s_disjoint:
        return geo::SpatialRelation::disjoint;
    case Op::s_equals:
        return geo::SpatialRelation::equals;
    case Op::s_overlaps:
        return geo::SpatialRelation::overlaps;
    case Op::s_touches:
        return geo::SpatialRelation::touches;
    case Op::s_within:
        return geo::SpatialRelation::within;
    default:
        return geo::SpatialRelation::intersects;
    }
}

// A shape to ask: one that is there, or one made from the value.
class Asked {
public:
    explicit Asked(const Value& value) {
        if (const auto* ready = std::get_if<ReadyShape>(&value)) {
            m_shape = *ready;
        } else if (const auto* point = std::get_if<geo::LonLat>(&value)) {
            m_made.emplace(*point);
        } else if (const auto* outline = std::get_if<Outline>(&value)) {
            m_made.emplace(**outline);
        } else if (const auto* any = std::get_if<AnyShape>(&value)) {
            m_made.emplace(**any);
        }
    }
    const geo::Shape* get() const { return m_made ? &*m_made : m_shape; } // null where none

private:
    std::optional<geo::Shape> m_made;
    const geo::Shape* m_shape = nullptr;
};

// Points far from the other geometry, which most are, need no GEOS.
std::optional<bool> known_from_point(geo::SpatialRelation relation, const Value& a,
                                     const Value& b) {
    const auto* left = std::get_if<geo::LonLat>(&a);
    const auto* right = std::get_if<ReadyShape>(&b);
    return left && right ? geo::relation_by_bounds(relation, {*left, *left}, (*right)->bounds())
                         : std::nullopt;
}

std::optional<Interval> interval_of(const Value& value) {
    if (const auto* instant = std::get_if<Instant>(&value)) {
        return Interval{*instant, *instant};
    }
    const auto* interval = std::get_if<Interval>(&value);
    return interval ? std::optional(*interval) : std::nullopt;
}

bool temporal_holds(Op op, const Interval& a, const Interval& b) {
    const int begins = compare(a.begin, b.begin);
    const int ends = compare(a.end, b.end);
    const int end_to_begin = compare(a.end, b.begin);
    const int begin_to_end = compare(a.begin, b.end);
    switch (op) {
    case Op::t_after:
        return begin_to_end > 0;
    case Op::t_before:
        return end_to_begin < 0;
    case Op::t_contains:
        return begins < 0 && ends > 0;
    case Op::t_disjoint:
        return begin_to_end > 0 || end_to_begin < 0;
    case Op::t_during:
        return begins > 0 && ends < 0;
    case Op::t_equals:
        return begins == 0 && ends == 0;
    case Op::t_finished_by:
        return begins < 0 && ends == 0;
    case Op::t_finishes:
        return begins > 0 && ends == 0;
    case Op::t_intersects:
        return begin_to_end <= 0 && end_to_begin >= 0;
    case Op::t_meets:
        return end_to_begin == 0;
    case Op::t_met_by:
        return begin_to_end == 0;
    case Op::t_overlapped_by:
        return begins > 0 && begin_to_end < 0 && ends > 0;
    case Op::t_overlaps:
        return begins < 0 && end_to_begin > 0 && ends < 0;
    case Op::t_started_by:
        return begins == 0 && ends > 0;
    default: // t_starts
        return begins == 0 && ends < 0;
    }
}

std::optional<std::vector<Value>> items_of(const Value& value) {
    if (const auto* texts = std::get_if<TextList>(&value)) {
        return std::vector<Value>((*texts)->begin(), (*texts)->end());
    }
    const auto* list = std::get_if<std::shared_ptr<const List>>(&value);
    return list ? std::optional((*list)->values) : std::nullopt;
}

bool holds_item(const std::vector<Value>& items, const Value& wanted) {
    return std::ranges::any_of(
        items, [&](const Value& item) { return equal_values(item, wanted).value_or(false); });
}

bool holds_all(const std::vector<Value>& items, const std::vector<Value>& wanted) {
    return std::ranges::all_of(wanted, [&](const Value& w) { return holds_item(items, w); });
}

bool is_geometry(const Value& value) {
    return std::holds_alternative<geo::LonLat>(value) || std::holds_alternative<Outline>(value) ||
           std::holds_alternative<AnyShape>(value) || std::holds_alternative<ReadyShape>(value);
}

} // namespace

Value evaluate_spatial(Op op, const Value& a, const Value& b) {
    const auto relation = relation_of(op);
    if (const auto known = known_from_point(relation, a, b)) {
        return *known;
    }
    const Asked left(a);
    const Asked right(b);
    return left.get() && right.get() ? Value(left.get()->relates(relation, *right.get())) : Value();
}

Value evaluate_temporal(Op op, const Value& a, const Value& b) {
    const auto left = interval_of(a);
    const auto right = interval_of(b);
    return left && right ? Value(temporal_holds(op, *left, *right)) : Value();
}

Value evaluate_lists(Op op, const Value& a, const Value& b) {
    const auto left = items_of(a);
    const auto right = items_of(b);
    if (!left || !right) {
        return {};
    }
    switch (op) {
    case Op::a_contained_by:
        return holds_all(*right, *left);
    case Op::a_contains:
        return holds_all(*left, *right);
    case Op::a_equals:
        return holds_all(*left, *right) && holds_all(*right, *left);
    default: // a_overlaps
        return std::ranges::any_of(*left,
                                   [&](const Value& item) { return holds_item(*right, item); });
    }
}

std::optional<bool> equal_values(const Value& a, const Value& b) {
    if (std::holds_alternative<Null>(a) || std::holds_alternative<Null>(b)) {
        return std::nullopt;
    }
    if (is_geometry(a) && is_geometry(b)) {
        return evaluate_spatial(Op::s_equals, a, b) == Value(true);
    }
    if (const auto left = interval_of(a), right = interval_of(b); left && right) {
        return temporal_holds(Op::t_equals, *left, *right);
    }
    if (items_of(a) && items_of(b)) {
        return evaluate_lists(Op::a_equals, a, b) == Value(true);
    }
    return a == b; // of different types they are not
}

} // namespace hotspots::service::filter
