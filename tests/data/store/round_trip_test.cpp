#include "data/errors.hpp"
#include "tests/catch.hpp"
#include "tests/data/store/temporary_folder.hpp"

#include <random>

using namespace hotspots;
using namespace hotspots::data;
using namespace hotspots::tests;

namespace {

void require_same(const Incident& read, const Incident& written) {
    REQUIRE(read.record == written.record);
    REQUIRE(read.location == written.location);
    REQUIRE(read.ward_code == written.ward_code);
    REQUIRE(read.import_id == written.import_id);
}

// Writes with one handle and reads with another, so that nothing comes from memory.
std::vector<Incident> through_a_store(const std::vector<Incident>& incidents) {
    const TemporaryFolder folder;
    {
        const auto store = writer(folder);
        const auto transaction = store->begin();
        for (const auto& incident : incidents) {
            transaction->insert(incident);
        }
        transaction->commit(true);
    }
    return reader(folder)->incidents();
}

} // namespace

TEST_CASE("Every field of an incident comes back as it went in, whatever its language") {
    auto full = full_incident("café-Ω-1");
    full.import_id = 7;
    const auto read = through_a_store({full, plain_incident("2")});
    REQUIRE(read.size() == 2);
    require_same(read[0], full);
    require_same(read[1], plain_incident("2"));
    REQUIRE(read[0].id < read[1].id);
}

TEST_CASE("Every word of every enumeration comes back as it went in") {
    std::vector<Incident> incidents;
    for (int i = 0; i < 9; ++i) {
        auto incident = plain_incident(std::to_string(i));
        auto& record = incident.record;
        record.source = static_cast<Source>(i % 3);
        record.place_type = static_cast<PlaceType>(i % 4);
        record.domestic = static_cast<Domestic>(i % 3);
        record.weapon = static_cast<Weapon>(i % 6);
        incident.location.status = static_cast<GeocodeStatus>(i % 5);
        incident.location.level = static_cast<GeocodeLevel>(i);
        incidents.push_back(incident);
    }
    const auto read = through_a_store(incidents);
    REQUIRE(read.size() == incidents.size());
    for (std::size_t i = 0; i < read.size(); ++i) {
        require_same(read[i], incidents[i]);
    }
}

TEST_CASE("Times keep their precision: a month, a London day across a clock change, a second") {
    std::vector<Incident> incidents;
    int number = 0;
    for (const auto* from :
         {"2025-03", "2025-03-30", "2025-10-26", "2024-02-29", "1999-12", "2025-10-26T00:30:00Z",
          "2025-10-26T01:30:00Z", "2025-07-01T23:59:59Z"}) {
        incidents.push_back(plain_incident(std::to_string(number++), from));
        incidents.back().record.occurred_to = moment("2025-10-26T01:30");
    }
    const auto read = through_a_store(incidents);
    for (std::size_t i = 0; i < read.size(); ++i) {
        require_same(read[i], incidents[i]);
    }
}

TEST_CASE("Random coordinates come back to the last bit") {
    std::mt19937_64 random(20250301);
    std::uniform_real_distribution<double> metres(0, 1e6);
    std::uniform_real_distribution<double> degrees(-60, 60);
    std::vector<Incident> incidents;
    for (int i = 0; i < 200; ++i) {
        auto incident = full_incident(std::to_string(i));
        incident.location.point = geo::BngPoint{metres(random), metres(random)};
        incident.location.lon_lat = geo::LonLat{degrees(random), degrees(random)};
        incident.record.given_bng = geo::BngPoint{metres(random), metres(random)};
        incidents.push_back(incident);
    }
    const auto read = through_a_store(incidents);
    for (std::size_t i = 0; i < read.size(); ++i) {
        require_same(read[i], incidents[i]);
    }
}

TEST_CASE("An update replaces all of a record and keeps its number") {
    const TemporaryFolder folder;
    const auto store = writer(folder);
    auto transaction = store->begin();
    auto full = full_incident("A");
    full.id = transaction->insert(full);
    transaction->insert(plain_incident("B"));
    transaction->commit(true);

    auto bare = plain_incident("A", "2024-12");
    bare.id = full.id;
    bare.import_id = 3;
    transaction = store->begin();
    transaction->update(bare);
    transaction->commit(true);
    const auto read = store->incidents();
    REQUIRE(read.size() == 2);
    REQUIRE(read[0].id == full.id);
    require_same(read[0], bare);
}

TEST_CASE("Relocating changes where a record is, and nothing of what it came with") {
    const TemporaryFolder folder;
    const auto store = writer(folder);
    auto incident = full_incident("A");
    auto transaction = store->begin();
    const auto id = transaction->insert(incident);
    incident.location = Location{};
    incident.location.status = GeocodeStatus::outside;
    incident.location.rule = "coordinates_outside";
    incident.ward_code.clear();
    transaction->relocate(id, incident.location, incident.ward_code);
    transaction->commit(true);
    const auto read = store->incidents();
    REQUIRE(read.size() == 1);
    require_same(read[0], incident);
}

TEST_CASE("Changing what is not there is an error that names the row") {
    const TemporaryFolder folder;
    const auto store = writer(folder);
    const auto transaction = store->begin();
    auto incident = plain_incident("A");
    incident.id = 99;
    REQUIRE_THROWS_WITH(transaction->update(incident), Catch::Contains("row 99"));
    REQUIRE_THROWS_WITH(transaction->relocate(99, {}, ""), Catch::Contains("row 99"));
}

TEST_CASE("One identifier of one source cannot be kept twice, but two sources may share it") {
    const TemporaryFolder folder;
    const auto store = writer(folder);
    const auto transaction = store->begin();
    auto incident = plain_incident("A");
    transaction->insert(incident);
    REQUIRE_THROWS_AS(transaction->insert(incident), StoreError);
    incident.record.source = Source::ed;
    REQUIRE_NOTHROW(transaction->insert(incident));
}

TEST_CASE("Keys tell a changed record from a repeat by the hash of all that it came with") {
    const TemporaryFolder folder;
    const auto store = writer(folder);
    const auto incident = full_incident("A");
    const auto transaction = store->begin();
    const auto id = transaction->insert(incident);
    transaction->commit(true);
    const auto keys = store->keys();
    REQUIRE(keys.size() == 1);
    REQUIRE(keys[0].id == id);
    REQUIRE(keys[0].source == Source::ambulance);
    REQUIRE(keys[0].incident_id == "A");
    REQUIRE(keys[0].content == content_hash(incident.record));
}

TEST_CASE("The hash of a record changes with any of its fields, and with nothing else") {
    const auto record = full_incident("A").record;
    std::vector<RawRecord> others(16, record);
    others[0].incident_id = "B";
    others[1].source = Source::ed;
    others[2].occurred_from = moment("2025-03-01");
    others[3].occurred_to.reset();
    others[4].offence_code = "4.1";
    others[5].offence.clear();
    others[6].location_text += " ";
    others[7].given_bng->easting_m += 1e-9;
    others[8].given_lon_lat.reset();
    others[9].snapped = false;
    others[10].place_type = PlaceType::unknown;
    others[11].weapon = Weapon::unknown;
    others[12].victim_age.reset();
    others[13].extra = "{}";
    std::swap(others[14].injury, others[14].extra);
    others[15].domestic = Domestic::unknown;
    for (const auto& other : others) {
        REQUIRE(other != record);
        REQUIRE(content_hash(other) != content_hash(record));
    }
    REQUIRE(content_hash(full_incident("A").record) == content_hash(record));
}
