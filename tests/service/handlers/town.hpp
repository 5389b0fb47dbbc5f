// Made-up records for tests of comparisons: clusters and a scatter, of one time and source each.
#pragma once

#include "tests/service/handlers/fixture.hpp"

#include <memory>
#include <random>
#include <string>
#include <vector>

namespace hotspots::tests {

class Town {
public:
    // So many within some 100 m of a place.
    Town& cluster(const geo::BngPoint& at, const std::string& when, int count,
                  data::Source source = data::Source::police) {
        std::normal_distribution<double> off(0, 60);
        for (int i = 0; i < count; ++i) {
            Event event;
            const double east_m = off(m_random);
            event.at = {at.easting_m + east_m, at.northing_m + off(m_random)};
            event.when = when;
            event.source = source;
            m_builder.add(event);
        }
        return *this;
    }
    Town& anywhere(const std::string& when, int count, data::Source source = data::Source::police) {
        std::uniform_real_distribution<double> east(456'100, 461'900);
        std::uniform_real_distribution<double> north(304'100, 305'900);
        for (int i = 0; i < count; ++i) {
            const double easting_m = east(m_random);
            Event event;
            event.at = {easting_m, north(m_random)};
            event.when = when;
            event.source = source;
            m_builder.add(event);
        }
        return *this;
    }
    std::shared_ptr<const data::Snapshot> build() const { return m_builder.build(); }

private:
    std::mt19937 m_random{5};
    SnapshotBuilder m_builder;
};

// A cluster of 40 in North that is in Fosse a year later; one in Castle that stays; 150 anywhere.
inline Town moved() {
    Town town;
    town.anywhere("2024-03", 150).anywhere("2025-03", 150);
    town.cluster(north_centre, "2024-03", 40).cluster(fosse_centre, "2025-03", 40);
    town.cluster(castle_centre, "2024-04", 40).cluster(castle_centre, "2025-04", 40);
    return town;
}

inline std::vector<nlohmann::json> of_kind(const nlohmann::json& answer, const std::string& kind) {
    std::vector<nlohmann::json> found;
    for (const auto& feature : answer.at("features")) {
        if (feature.at("properties").at("kind") == kind) {
            found.push_back(feature);
        }
    }
    return found;
}

} // namespace hotspots::tests
