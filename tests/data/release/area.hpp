// Areas with records made by a seed: snapshots without outlines, which releases do not read.
#pragma once

#include "data/scope.hpp"
#include "data/snapshot.hpp"
#include "data/snapshot_columns.hpp"

#include <cstdio>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace hotspots::tests {

struct MadeArea {
    int wards = 20;
    int authorities = 2;
    int quarters = 7; // from January 2023
    double records_a_year = 500;
    unsigned seed = 1;
};

inline std::string ward_code(int number) {
    char text[24];
    std::snprintf(text, sizeof text, "E05%06d", number);
    return text;
}

// Noon of a day of a month counted from January 2023.
inline std::string made_time(int month, int day) {
    char text[48];
    std::snprintf(text, sizeof text, "%04d-%02d-%02dT12:00", 2023 + month / 12, month % 12 + 1,
                  day);
    return text;
}

inline data::Incident made_incident(std::int64_t id, const std::string& ward,
                                    const std::string& from, std::mt19937& random) {
    data::Incident incident;
    incident.id = id;
    auto& record = incident.record;
    record.incident_id = std::to_string(id);
    record.format = "vrn";
    record.occurred_from = data::parse_moment(from).value();
    const auto kind = random() % 1000;
    record.offence_code = kind < 5 ? "1" : kind < 720 ? "8N" : "34B";
    record.place_type = data::PlaceType::public_place;
    record.domestic = data::Domestic::no;
    record.weapon = random() % 10 == 0 ? data::Weapon::knife : data::Weapon::none;
    if (random() % 20 != 0) {
        record.victim_age = random() % 100 < 35 ? 19 : 40;
    }
    incident.location.status = data::GeocodeStatus::matched;
    incident.location.point = geo::BngPoint{458000, 304000};
    incident.location.lon_lat = geo::LonLat{-1.13, 52.63};
    incident.location.uncertainty_m = 10;
    incident.ward_code = ward;
    return incident;
}

inline data::Snapshot made_snapshot(const MadeArea& area, std::vector<data::Incident> incidents) {
    data::Snapshot snapshot;
    snapshot.revision = {1, data::parse_moment("2030-01-01").value().begin};
    for (int i = 0; i < area.wards; ++i) {
        const auto authority = "E07" + std::to_string(i * area.authorities / area.wards);
        snapshot.wards.push_back({ward_code(i),
                                  "Ward " + std::to_string(i),
                                  authority,
                                  "Authority " + authority,
                                  {},
                                  true});
        if (snapshot.authorities.empty() || snapshot.authorities.back().code != authority) {
            snapshot.authorities.push_back({authority, "Authority " + authority, {}});
        }
    }
    snapshot.incidents = std::move(incidents);
    snapshot.columns = data::make_columns(snapshot.incidents, snapshot.wards);
    snapshot.scopes = data::decide_scopes(snapshot.incidents);
    snapshot.default_scope = "vrn-2021";
    return snapshot;
}

// Few wards have many records and many have few, as wards are; every tenth record knows no day, and
// every two-hundredth no month.
inline std::vector<data::Incident> made_incidents(const MadeArea& area) {
    std::mt19937 random(area.seed);
    std::vector<double> weights;
    for (int i = 0; i < area.wards; ++i) {
        const auto uniform = static_cast<double>(random() % 1000) / 1000;
        weights.push_back(0.05 + uniform * uniform * uniform);
    }
    std::discrete_distribution<int> choose(weights.begin(), weights.end());
    const auto count = static_cast<int>(area.records_a_year * area.quarters / 4);
    std::vector<data::Incident> incidents;
    for (int id = 1; id <= count; ++id) {
        const int month = id <= area.quarters * 3
                              ? id - 1
                              : static_cast<int>(random() % 1000) * area.quarters * 3 / 1000;
        auto from = made_time(month, 1 + static_cast<int>(random() % 28));
        auto incident = made_incident(id, ward_code(choose(random)), from, random);
        if (random() % 10 == 0) {
            incident.record.occurred_from = data::parse_moment(from.substr(0, 7)).value();
        }
        if (random() % 200 == 0) { // to the next month: which of the two is not known
            incident.record.occurred_to =
                data::Moment{incident.record.occurred_from.begin + std::chrono::days(30),
                             incident.record.occurred_from.begin + std::chrono::days(30),
                             data::TimePrecision::exact};
        }
        incidents.push_back(std::move(incident));
    }
    // The newest quarter is over: somebody was hurt on its last day.
    const auto from = made_time(area.quarters * 3 - 1, 28);
    incidents.push_back(made_incident(count + 1, ward_code(0), from, random));
    return incidents;
}

inline data::Snapshot made_snapshot(const MadeArea& area) {
    return made_snapshot(area, made_incidents(area));
}

} // namespace hotspots::tests
