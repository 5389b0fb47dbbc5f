// What a property of a feature is while a filter is evaluated. Refers to the feature's own data,
// which outlives the evaluation.
#pragma once

#include "geo/any_geometry.hpp"
#include "geo/coordinates.hpp"
#include "geo/geometry.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace hotspots::geo {
class Shape;
}

namespace hotspots::service::filter {

enum class Type : std::uint8_t { boolean, number, text, time, interval, geometry, list };

// "text", "a number" and so on, for messages.
std::string_view name_of(Type type);

// A time as precisely as it is known: its first and last microsecond, UTC. Equal for a time known
// to the microsecond, a calendar unit's for a day or month.
struct Instant {
    std::int64_t first_us = 0;
    std::int64_t last_us = 0;
    friend bool operator==(const Instant&, const Instant&) = default;
};

// Both ends belong to it.
struct Interval {
    Instant begin;
    Instant end;
    friend bool operator==(const Interval&, const Interval&) = default;
};

// -1, 0 or 1: before, not to be told apart, after. Times of different precision are compared at the
// coarser one: 2025-07-01T22:15Z is equal to the day 2025-07-01, and that day to the month 2025-07.
int compare(const Instant& a, const Instant& b);

using Null = std::monostate;
using TextList = const std::vector<std::string>*;      // not null
using Outline = const geo::MultiPolygon<geo::LonLat>*; // not null
using AnyShape = const geo::AnyGeometry<geo::LonLat>*; // not null
using ReadyShape = const geo::Shape*;                  // not null
struct List;                                           // of values, however deep
using Value = std::variant<Null, bool, double, std::string_view, Instant, Interval, geo::LonLat,
                           Outline, AnyShape, ReadyShape, TextList, std::shared_ptr<const List>>;
struct List {
    std::vector<Value> values;
};

// Reads one property of feature after feature, by row number.
using Column = std::function<Value(std::uint32_t row)>;

} // namespace hotspots::service::filter
