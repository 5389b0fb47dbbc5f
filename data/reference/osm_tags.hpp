// Which OpenStreetMap tags make a street, a place or a point of interest. Pure.
#pragma once

#include "data/reference/reference.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace hotspots::data {

// The value of `key` in GDAL's hstore text ("a"=>"b","c"=>"d"); empty if it is not there.
std::string hstore_value(std::string_view hstore, std::string_view key);

// Values of `highway` whose ways people name.
bool is_street(std::string_view highway);

struct OsmSite {
    PlaceKind kind = PlaceKind::poi;
    std::string category; // "pub", "village"
    std::optional<double> radius_m;
};

// Empty for what nobody would name as a location. `tag` gives a key's value or an empty text.
std::optional<OsmSite> site_of(const std::function<std::string(const char*)>& tag);

} // namespace hotspots::data
