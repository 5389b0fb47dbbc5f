// The test dataset of OGC 21-065 (Natural Earth): layers of a GeoPackage as features to filter.
#pragma once

#include "service/filter/filter.hpp"

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace hotspots::tests {

// Values refer to the layer.
struct Layer {
    std::vector<std::string> names;
    std::vector<service::filter::Property> properties; // geometry, as `geom`, last
    std::vector<std::vector<service::filter::Value>> rows;
    std::deque<std::string> texts;
    std::deque<geo::AnyGeometry<geo::LonLat>> shapes;

    service::filter::Schema schema() const;
};

// Fails the test where the file or layer cannot be read.
std::unique_ptr<const Layer> read_layer(const std::string& path, const std::string& name);

} // namespace hotspots::tests
