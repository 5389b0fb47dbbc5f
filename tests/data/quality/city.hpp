// Made-up cities as snapshots: three wards, streets and postcodes, records that are where they
// should be, and room for planted faults.
//
//   +-------+-------+-------+  306010
//   | North | Castle| Fosse |   North and Castle of authority Alpha (E1), Fosse of Beta (E2)
//   +-------+-------+-------+  304010
//  456130  458130  460130  462130
#pragma once

#include "data/quality/traps.hpp"
#include "data/snapshot.hpp"

#include <memory>
#include <string>
#include <vector>

namespace hotspots::tests {

inline constexpr geo::BngPoint castle_centroid{459130, 305010};

class City {
public:
    City();

    // Mapped records at one point.
    City& add(const geo::BngPoint& at, int count, data::GeocodeLevel level);
    // Any record; its ward is found from its point.
    City& add(data::Incident incident);
    City& add_place(const std::string& name, data::PlaceKind kind, const geo::BngPoint& at,
                    const std::string& category = "");
    City& add_postcode(const std::string& code, const geo::BngPoint& at);

    // Without a gazetteer no text names anything, and no postcode is known.
    std::shared_ptr<const data::Snapshot> build() const;

private:
    data::Snapshot m_snapshot;
    data::ReferenceData m_reference;
};

// About 6,000 records as feeds have them: given points in clusters of which busy addresses repeat,
// points of a publisher's list with a smooth and a street's own share of the records, and street
// names as points. The same for the same seed. Nothing in it is a trap.
City clean_city(unsigned seed);

// Given points along a street: most in the middle, fewer step by step. 20 m apart, at `middle`.
void add_nightclub_street(City& city, const geo::BngPoint& middle);

} // namespace hotspots::tests
