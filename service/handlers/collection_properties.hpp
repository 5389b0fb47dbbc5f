// The properties of each collection's features: what items carry, filters may ask for, and
// /queryables and /schema describe. One table, so that the three agree.
#pragma once

#include "service/filter/value.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace hotspots::service {

enum class PropertyKind : std::uint8_t {
    text,
    number,
    whole_number,
    boolean,
    time,  // a month, a day or a UTC time
    texts, // a list
    point,
    area
};

struct PropertyInfo {
    std::string_view name;
    PropertyKind kind;
    std::string_view title;
    bool may_be_null = false;
    std::vector<std::string_view> words = {}; // all that it can be, of texts that are words
    std::string_view unit = {};               // UCUM
    std::string_view description = {};
};

// In the order of the features' own, then the geometry. Precondition: a collection with items.
std::span<const PropertyInfo> properties_of(std::string_view collection);

filter::Type filter_type(PropertyKind kind);

} // namespace hotspots::service
