// A small made-up study area and its records, as a snapshot, and a service on it without sockets:
// three wards of 2 km x 2 km in a row, North and Castle of authority Alpha, and Fosse of Beta.
//
//   306000  +-------+-------+-------+
//           | North | Castle| Fosse |
//   304000  +-------+-------+-------+
//         456000  458000  460000  462000
#pragma once

#include "data/snapshot.hpp"
#include "service/app.hpp"
#include "service/http/message.hpp"

#include <nlohmann/json.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::tests {

// What differs between the records of a test.
struct Event {
    geo::BngPoint at{457025, 305025};
    std::string when = "2025-03-14T22:30"; // a Friday
    data::GeocodeStatus status = data::GeocodeStatus::matched;
    double uncertainty_m = 10;
    data::Decision decision = data::Decision::in;
    std::optional<data::OffenceGroup> group = data::OffenceGroup::violence_with_injury;
    data::Source source = data::Source::police;
    data::Weapon weapon = data::Weapon::unknown;
    std::optional<int> victim_age = std::nullopt;
    std::string until = {}; // occurred_to; empty for none
    std::string text = {};  // location_text
};

class SnapshotBuilder {
public:
    SnapshotBuilder(); // revision 7, published 2025-10-01T00:00:00Z, no records, three wards
    SnapshotBuilder& add(const Event& event, int times = 1);
    SnapshotBuilder& add_place(const std::string& name, data::PlaceKind kind, geo::BngPoint at);
    // A gazetteer of the wards and the places so far; without it the snapshot has none.
    SnapshotBuilder& with_gazetteer();
    SnapshotBuilder& revision(std::int64_t number);
    SnapshotBuilder& without_wards();
    std::shared_ptr<const data::Snapshot> build() const;

private:
    data::Snapshot m_snapshot;
};

inline constexpr geo::BngPoint north_centre{457025, 305025};
inline constexpr geo::BngPoint castle_centre{459025, 305025};
inline constexpr geo::BngPoint fosse_centre{461025, 305025};

// Twenty records at the centre of North, ten at that of Castle, three at that of Fosse.
SnapshotBuilder three_clusters();

class Service {
public:
    explicit Service(std::shared_ptr<const data::Snapshot> snapshot);

    // As an inspector, with the given headers. Any target that parse_target takes.
    service::Response get(std::string_view target, std::vector<service::Header> headers = {}) const;
    // The body of a 200. Fails the test for any other status.
    nlohmann::json json(std::string_view target) const;
    // The problem of a refused request: its status must be as said.
    nlohmann::json problem(std::string_view target, int status = 400) const;

    service::AppContext context;
};

std::string header_of(const service::Response& response, std::string_view name);

} // namespace hotspots::tests
