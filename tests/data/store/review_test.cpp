// What a person's decision on a location does, and what it outlives.
#include "data/geocode/geocode.hpp"
#include "data/ingest/import.hpp"
#include "data/known_places.hpp"
#include "data/review.hpp"
#include "data/snapshot.hpp"
#include "tests/catch.hpp"
#include "tests/data/store/temporary_folder.hpp"

#include <algorithm>

using namespace hotspots;
using namespace hotspots::data;
using namespace hotspots::tests;

namespace {

const geo::BngPoint barn{459000, 304000};

NamedPlace street(const std::string& name, double lon, double lat) {
    NamedPlace place;
    place.name = name;
    place.point = {lon, lat};
    return place;
}

// A store with two streets of one name, and records.
class Desk {
public:
    Desk() {
        const auto transaction = m_store->begin();
        transaction->replace_places("streets", {street("High Street", -1.13, 52.63),
                                                street("High Street", -0.73, 52.67),
                                                street("Granby Street", -1.131, 52.633)});
        transaction->commit(true);
        import("1,High Street,cut\n2,the old barn,cut\n3,THE OLD BARN!,cut\n"
               "4,\"Granby Street\",cut\n");
    }
    ImportResult import(const std::string& rows) {
        const auto file = m_folder.write(
            "rows.csv", "incident_id,location_text,injury,occurred_from\n" + dated(rows));
        return import_files(*m_store, ImportRequest{{file}, ImportFormat::vrn, {}});
    }
    Incident record(const std::string& incident_id) {
        const auto all = m_store->incidents();
        const auto found = std::find_if(all.begin(), all.end(), [&](const Incident& incident) {
            return incident.record.incident_id == incident_id;
        });
        REQUIRE(found != all.end());
        return *found;
    }
    ReviewResult decide_on(const std::string& incident_id, ReviewRequest request) {
        request.incident = record(incident_id).id;
        request.decided_by = "analyst";
        const auto result = decide(*m_store, read_known_places(*m_store).gazetteer, request);
        REQUIRE(result);
        return *result;
    }
    std::optional<ReviewReason> reason(const std::string& incident_id) {
        const auto incident = record(incident_id);
        const HandDecisions decisions(m_store->reviews());
        return review_reason(incident, decisions.latest(incident.record));
    }
    IncidentStore& store() { return *m_store; }

private:
    // Every row with the same day at its end.
    static std::string dated(const std::string& rows) {
        std::string all;
        for (const char c : rows) {
            all += c == '\n' ? ",2025-03-01\n" : std::string(1, c);
        }
        return all;
    }
    TemporaryFolder m_folder;
    std::unique_ptr<IncidentStore> m_store = IncidentStore::open(m_folder.store(), Access::write);
};

ReviewRequest at_barn() {
    ReviewRequest request;
    request.location.level = GeocodeLevel::given;
    request.location.point = barn;
    request.location.uncertainty_m = 25;
    request.location.matched_text = "The barn";
    return request;
}

ReviewRequest answer(HandAnswer what) {
    ReviewRequest request;
    request.answer = what;
    return request;
}

} // namespace

TEST_CASE("A decision places the record, and every other of the same text") {
    Desk desk;
    REQUIRE(desk.reason("2") == ReviewReason::unmatched);
    const auto result = desk.decide_on("2", at_barn());
    CHECK(result.also_changed == 1);
    const auto placed = desk.record("2");
    CHECK(placed.location == result.incident.location);
    CHECK(placed.location.status == GeocodeStatus::matched);
    CHECK(placed.location.point == barn);
    CHECK(placed.location.rule == set_by_hand);
    CHECK_FALSE(desk.reason("2"));
    const auto taught = desk.record("3");
    CHECK(taught.location.point == barn);
    CHECK(taught.location.rule == by_alias);
    CHECK(taught.location.level == GeocodeLevel::place);
    CHECK(taught.location.uncertainty_m == 25);
    CHECK_FALSE(desk.reason("3"));
    CHECK(desk.record("4").location.rule != by_alias);
    // An import that comes later knows it too, and so does whoever asks for the text.
    desk.import("5,the OLD barn,cut\n");
    CHECK(desk.record("5").location.point == barn);
    CHECK(geocode_text(read_known_places(desk.store()).gazetteer, "The old barn.").point == barn);
}

TEST_CASE("A decision that is not to teach places its record alone") {
    Desk desk;
    auto request = at_barn();
    request.teaches = false;
    CHECK(desk.decide_on("2", request).also_changed == 0);
    CHECK(desk.record("3").location.status == GeocodeStatus::unmatched);
}

TEST_CASE("The answer before and who changed it are kept, decision after decision") {
    Desk desk;
    desk.decide_on("1", at_barn());
    desk.decide_on("1", answer(HandAnswer::cannot_be_placed));
    const auto history = HandDecisions(desk.store().reviews()).history(desk.record("1").record);
    REQUIRE(history.size() == 2);
    CHECK(history[0].decided_by == "analyst");
    CHECK(history[0].answer_before.find("\"ambiguous\"") != std::string::npos);
    CHECK(history[1].answer_before.find("459000") != std::string::npos);
    CHECK(desk.record("1").location.status == GeocodeStatus::unmatched);
    CHECK(desk.record("1").location.rule == set_by_hand);
    CHECK_FALSE(desk.reason("1"));
}

TEST_CASE("A decision outlives the record's change, its import's undoing and new reference data") {
    Desk desk;
    desk.decide_on("2", at_barn());
    const auto changed = desk.import("2,the old barn,fracture\n");
    CHECK(changed.entry.counts.updated == 1);
    CHECK(desk.record("2").location.point == barn);
    undo_import(desk.store(), changed.entry.id, "analyst");
    CHECK(desk.record("2").location.point == barn);
    undo_import(desk.store(), 1, "analyst");
    CHECK(desk.store().incidents().empty());
    desk.import("2,the old barn,cut\n");
    CHECK(desk.record("2").location.point == barn);
    CHECK(desk.record("2").location.rule == set_by_hand);
}

TEST_CASE("Where the source corrects the text later, the decision holds and is listed again") {
    Desk desk;
    desk.decide_on("2", at_barn());
    desk.import("2,Granby Street,cut\n");
    CHECK(desk.record("2").location.point == barn);
    CHECK(desk.reason("2") == ReviewReason::changed_since_set);
    desk.decide_on("2", at_barn());
    CHECK_FALSE(desk.reason("2"));
}

TEST_CASE("A decision that is taken back leaves what the geocoder says, of all that it had moved") {
    Desk desk;
    const auto before = desk.record("3").location;
    desk.decide_on("2", at_barn());
    CHECK(desk.decide_on("2", answer(HandAnswer::automatic)).also_changed == 1);
    CHECK(desk.record("3").location == before);
    CHECK(desk.reason("2") == ReviewReason::unmatched);
}

TEST_CASE("A point that the source gave teaches nothing of its text") {
    Desk desk;
    const auto transaction = desk.store().begin();
    auto given = plain_incident("given");
    given.record.location_text = "the old barn";
    given.record.given_bng = geo::BngPoint{450000, 300000};
    given.import_id = 1;
    transaction->insert(given);
    transaction->commit(true);
    CHECK(desk.decide_on("given", at_barn()).also_changed == 0);
    CHECK(desk.record("given").location.point == barn);
    CHECK(desk.record("3").location.status == GeocodeStatus::unmatched);
}

TEST_CASE("The candidates offered are the geocoder's, also after a person chose one") {
    Desk desk;
    const auto gazetteer = read_known_places(desk.store()).gazetteer;
    const auto offered = candidates_of(desk.record("1"), gazetteer);
    REQUIRE(offered.size() == 2);
    ReviewRequest chosen = answer(HandAnswer::candidate);
    chosen.location.level = offered[1].level;
    chosen.location.point = offered[1].point;
    chosen.location.uncertainty_m = offered[1].uncertainty_m;
    desk.decide_on("1", chosen);
    CHECK(desk.record("1").location.point == offered[1].point);
    CHECK(desk.record("1").location.level == GeocodeLevel::street);
    CHECK(candidates_of(desk.record("1"), read_known_places(desk.store()).gazetteer) == offered);
}

TEST_CASE("A snapshot made from the one before equals one that is read anew") {
    Desk desk;
    auto before = load_snapshot(desk.store());
    const auto check_equal = [&] {
        const auto fresh = load_snapshot(desk.store());
        const auto next = load_snapshot(desk.store(), before.get());
        REQUIRE(next->revision == fresh->revision);
        REQUIRE(next->incidents.size() == fresh->incidents.size());
        for (std::size_t i = 0; i < fresh->incidents.size(); ++i) {
            REQUIRE(next->incidents[i].id == fresh->incidents[i].id);
            REQUIRE(next->incidents[i].import_id == fresh->incidents[i].import_id);
            REQUIRE(next->incidents[i].record == fresh->incidents[i].record);
            REQUIRE(next->incidents[i].location == fresh->incidents[i].location);
        }
        REQUIRE(next->columns.point == fresh->columns.point);
        REQUIRE(next->imports.size() == fresh->imports.size());
        REQUIRE(next->places.size() == fresh->places.size());
        REQUIRE(geocode_text(*next->gazetteer, "the old barn") ==
                geocode_text(*fresh->gazetteer, "the old barn"));
        before = next;
    };
    desk.import("6,High Street,cut\n1,High Street,fracture\n");
    check_equal();
    desk.decide_on("2", at_barn());
    check_equal();
    undo_import(desk.store(), 1, "analyst");
    check_equal();
    const auto transaction = desk.store().begin();
    transaction->replace_places("streets", {street("The Old Barn", -1.12, 52.62)});
    transaction->commit(true);
    check_equal();
}
