// A folder that is gone when the test ends, and records to put into stores.
#pragma once

#include "data/incident_store.hpp"

#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>

namespace hotspots::tests {

class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "store-XXXXXX").string();
        if (!::mkdtemp(pattern.data())) {
            throw std::runtime_error("no temporary folder " + pattern);
        }
        m_path = pattern;
    }
    ~TemporaryFolder() { std::filesystem::remove_all(m_path); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    std::filesystem::path path() const { return m_path; }
    std::string file(const std::string& name) const { return (m_path / name).string(); }
    std::string store() const { return file("store.gpkg"); }
    // Returns the path of a new file with that text.
    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(m_path / name, std::ios::binary) << text;
        return file(name);
    }

private:
    std::filesystem::path m_path;
};

// What a program prints. Throws if it cannot be run.
inline std::string output_of(const std::string& command) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen(command.c_str(), "r"),
                                                               ::pclose);
    if (!pipe) {
        throw std::runtime_error("cannot run " + command);
    }
    std::string output;
    char block[4096];
    while (const auto size = std::fread(block, 1, sizeof block, pipe.get())) {
        output.append(block, size);
    }
    return output;
}

inline data::Moment moment(const std::string& text) {
    return data::parse_moment(text).value();
}

// A record that has little: unmatched, with a month.
inline data::Incident plain_incident(const std::string& id, const std::string& from = "2025-03") {
    data::Incident incident;
    incident.record.incident_id = id;
    incident.record.format = "vrn";
    incident.record.occurred_from = moment(from);
    incident.location.rule = "no_text";
    return incident;
}

// A record that has everything.
inline data::Incident full_incident(const std::string& id) {
    auto incident = plain_incident(id, "2025-03-01T22:15:30Z");
    auto& record = incident.record;
    record.source = data::Source::ambulance;
    record.occurred_to = moment("2025-03-02");
    record.offence_code = "4.10";
    record.offence = "Assault — \"wounding\"; GBH";
    record.location_text = "O'Neill's, Caffè Nero\nSt. Nicholas' Place, L\u00e9icester \U0001F6A8";
    record.given_bng = geo::BngPoint{458592.123456789, 304462.000000001};
    record.given_lon_lat = geo::LonLat{-1.1339000000000001, 52.636};
    record.snapped = true;
    record.place_type = data::PlaceType::mixed;
    record.domestic = data::Domestic::no;
    record.weapon = data::Weapon::blunt;
    record.victim_age = 0;
    record.injury = "fractured jaw";
    record.extra = R"({"Context":"%s, 100 % \\ 'quoted'"})";
    auto& location = incident.location;
    location.status = data::GeocodeStatus::matched;
    location.level = data::GeocodeLevel::junction;
    location.point = geo::BngPoint{458592.1, 304462.7};
    location.lon_lat = geo::LonLat{-1.1339123456789012, 52.63612345678901};
    location.uncertainty_m = 15;
    location.score = 0.1 + 0.2;
    location.matched_text = "St Nicholas' Pl";
    location.rule = "junction";
    location.candidates = {
        {"High Street, Castle", data::GeocodeLevel::street, {458500.25, 304400}, 120.5},
        {"Señor \"Q\" & Co", data::GeocodeLevel::poi, {1e-300, 1.0 / 3}, 0}};
    incident.ward_code = "E05010458";
    return incident;
}

inline std::unique_ptr<data::IncidentStore> writer(const TemporaryFolder& folder) {
    return data::IncidentStore::open(folder.store(), data::Access::write);
}
inline std::unique_ptr<data::IncidentStore> reader(const TemporaryFolder& folder) {
    return data::IncidentStore::open(folder.store(), data::Access::read);
}

} // namespace hotspots::tests
