#include "service/analysis.hpp"
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

using namespace hotspots;
using data::Decision;
using data::GeocodeStatus;
using tests::Event;
using tests::SnapshotBuilder;

namespace {

service::Selection select(const SnapshotBuilder& builder, const std::string& query) {
    const auto snapshot = builder.build();
    return service::select(
        *snapshot,
        service::read_filters(service::parse_target("/?" + query)->second, *snapshot, {}));
}

Event at(const std::string& when) {
    Event event;
    event.when = when;
    return event;
}

std::size_t chosen(const std::vector<Event>& events, const std::string& query) {
    SnapshotBuilder builder;
    for (const auto& event : events) {
        builder.add(event);
    }
    return select(builder, query).incidents.size();
}

} // namespace

TEST_CASE("What is left out is counted by its reason", "[selection]") {
    SnapshotBuilder builder;
    Event event;
    builder.add(event, 5);
    event.status = GeocodeStatus::unmatched;
    builder.add(event, 2);
    event.status = GeocodeStatus::ambiguous;
    builder.add(event);
    event.status = GeocodeStatus::outside;
    builder.add(event, 4);
    event.status = GeocodeStatus::matched;
    event.decision = Decision::review;
    builder.add(event, 6);
    event.decision = Decision::out;
    builder.add(event, 7);
    const auto selection = select(builder, "");
    CHECK(selection.incidents == std::vector<std::uint32_t>{0, 1, 2, 3, 4});
    CHECK(selection.in_scope == 12);
    CHECK(selection.unmapped == 3);
    CHECK(selection.outside == 4);
    CHECK(selection.review == 6);
    CHECK(selection.filter_unknown == 0);
    CHECK(selection.hit_rate() == 5.0 / 8.0);
    CHECK_FALSE(select(SnapshotBuilder(), "").hit_rate());
}

TEST_CASE("A record of a month or day is in every period that its interval touches",
          "[selection]") {
    CHECK(chosen({at("2025-03")}, "datetime=2025-03-31") == 1);
    CHECK(chosen({at("2025-03")}, "datetime=2025-04-01") == 0);
    CHECK(chosen({at("2025-03-14")}, "datetime=2025-03-14") == 1);
    CHECK(chosen({at("2025-03-14")}, "datetime=2025-03-13") == 0);
    // Summer time: 2025-07-01T00:00 in London is 2025-06-30T23:00Z.
    CHECK(chosen({at("2025-06-30T23:00:00Z")}, "datetime=2025-07-01") == 1);
    CHECK(chosen({at("2025-06-30T22:59:59Z")}, "datetime=2025-07-01") == 0);
    CHECK(chosen({at("2025-07-01T22:59:59Z")}, "datetime=2025-07-01") == 1);
    CHECK(chosen({at("2025-07-01T23:00:00Z")}, "datetime=2025-07-01") == 0);
    CHECK(chosen({at("1999-01-01")}, "datetime=../..") == 1);
    CHECK(chosen({at("1999-01-01")}, "") == 0);
}

TEST_CASE("Hours across midnight belong to the day they start", "[selection]") {
    // 2025-03-14 is a Friday.
    CHECK(chosen({at("2025-03-14T22:00")}, "hours=22-04&days=fri") == 1);
    CHECK(chosen({at("2025-03-15T03:59")}, "hours=22-04&days=fri") == 1);
    CHECK(chosen({at("2025-03-15T04:00")}, "hours=22-04&days=fri") == 0);
    CHECK(chosen({at("2025-03-14T03:00")}, "hours=22-04&days=fri") == 0); // Thursday's night
    CHECK(chosen({at("2025-03-14T03:00")}, "hours=22-04&days=thu") == 1);
    CHECK(chosen({at("2025-03-14T03:00")}, "days=fri") == 1);             // the calendar day
    CHECK(chosen({at("2025-03-17T01:00")}, "hours=22-04&days=sun") == 1); // Monday -> Sunday
    CHECK(chosen({at("2025-03-14T12:00")}, "hours=12-13") == 1);
    CHECK(chosen({at("2025-03-14T13:00")}, "hours=12-13") == 0);
    CHECK(chosen({at("2025-03-14T23:59")}, "hours=22-24") == 1);
}

TEST_CASE("An unknown field does not match its filter and is counted as left out", "[selection]") {
    const auto query =
        GENERATE(as<std::string>(), "hours=00-24", "days=mon,tue,wed,thu,fri,sat,sun",
                 "weapon=knife", "age=under-25", "group=robbery");
    SnapshotBuilder builder;
    Event event = at("2025-03");
    event.group = std::nullopt;
    builder.add(event);
    CAPTURE(query);
    const auto selection = select(builder, query);
    CHECK(selection.incidents.empty());
    CHECK(selection.in_scope == 0);
    CHECK(selection.filter_unknown == 1);
}

TEST_CASE("A day of unknown hour may lie in the night that began the day before", "[selection]") {
    const auto left_out = [](const std::string& when, const std::string& query) {
        return select(SnapshotBuilder().add(at(when)), query).filter_unknown;
    };
    // 2025-03-14 is a Friday.
    CHECK(left_out("2025-03-14", "hours=22-04&days=fri") == 1);
    CHECK(left_out("2025-03-15", "hours=22-04&days=fri") == 1); // Saturday before 04:00
    CHECK(left_out("2025-03-16", "hours=22-04&days=fri") == 0);
    CHECK(left_out("2025-03-15", "hours=20-24&days=fri") == 0); // no hour of it is Friday's
    CHECK(left_out("2025-03-15", "days=fri") == 0);
}

TEST_CASE("What another filter refuses is not left out for being unknown", "[selection]") {
    SnapshotBuilder builder;
    Event event = at("2025-03");
    event.source = data::Source::ed;
    builder.add(event); // no age: unknown to age, refused by source
    CHECK(select(builder, "age=under-25&source=police").filter_unknown == 0);
    CHECK(select(builder, "age=under-25&source=ed").filter_unknown == 1);
}

TEST_CASE("Each filter keeps what matches it", "[selection]") {
    Event knife;
    knife.weapon = data::Weapon::knife;
    Event young;
    young.victim_age = 24;
    Event older;
    older.victim_age = 25;
    Event robbery;
    robbery.group = data::OffenceGroup::robbery;
    Event ambulance;
    ambulance.source = data::Source::ambulance;
    const std::vector<Event> events{knife, young, older, robbery, ambulance};
    CHECK(chosen(events, "weapon=knife") == 1);
    CHECK(chosen(events, "weapon=none") == 0);
    CHECK(chosen(events, "age=under-25") == 1);
    CHECK(chosen(events, "group=robbery") == 1);
    CHECK(chosen(events, "group=violence_with_injury") == 4);
    CHECK(chosen(events, "source=ambulance") == 1);
    CHECK(chosen(events, "source=police") == 4);
}
