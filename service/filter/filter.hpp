// A filter that knows its properties: evaluated on feature after feature, with the three truth
// values of OGC 21-065r2, 6.2: what is compared with null is neither true nor false.
#pragma once

#include "service/filter/expression.hpp"
#include "service/filter/value.hpp"

#include <functional>
#include <memory>
#include <span>
#include <string_view>

namespace hotspots::service::filter {

struct Property {
    std::string_view name;
    Type type;
};

// The properties that there are, and how each is read.
struct Schema {
    std::span<const Property> properties;
    std::function<Column(std::string_view name)> column; // for each of them
};

// What the filter's literals mean.
struct Meaning {
    // A geometry literal in longitude and latitude. May throw std::invalid_argument.
    std::function<geo::AnyGeometry<geo::LonLat>(const Literal&)> geometry;
    // The first and last microsecond of a calendar day.
    std::function<Instant(const Date&)> day;
};

struct Node; // service/filter/node.hpp

// Belongs to the thread that made it.
class Filter {
public:
    // Throws FilterError: for a property that is not there, naming those that are; for operands
    // whose types do not go together, naming them; for a geometry that is not valid.
    Filter(const Expression& expression, const Schema& schema, const Meaning& meaning);
    Filter(Filter&&) noexcept;
    Filter& operator=(Filter&&) noexcept;
    ~Filter();

    // Whether it is true of the feature; neither where it is false nor where it is unknown.
    bool matches(std::uint32_t row) const;

private:
    std::unique_ptr<const Node> m_root;
};

} // namespace hotspots::service::filter
