// What is flagged in the real police.uk archive of Leicestershire. The names expected are those of
// the custody suite, prisons, police headquarters and hospitals on any map of the county.
#include "data/ingest/record_reader.hpp"
#include "data/ingest/vsi_file.hpp"
#include "data/quality/traps.hpp"
#include "data/reference/readers.hpp"
#include "data/snapshot_columns.hpp"
#include "geo/crs.hpp"
#include "tests/catch.hpp"
#include "tests/real_data.hpp"

#include <algorithm>
#include <variant>

using namespace hotspots;
using namespace hotspots::data;

namespace {

void read_archive(Snapshot& snapshot, const std::string& path) {
    for (const auto& table : list_input(path).tables) {
        VsiFile file(table);
        RecordReader reader([&](std::span<char> block) { return file.read(block); }, table.name,
                            ImportFormat::automatic, Source::police);
        while (auto row = reader.next()) {
            Incident incident;
            incident.record = std::get<RawRecord>(std::move(*row));
            if (const auto& given = incident.record.given_lon_lat) {
                incident.location.status = GeocodeStatus::matched;
                incident.location.level = GeocodeLevel::snapped;
                incident.location.point = geo::to_bng(*given);
                incident.location.uncertainty_m = 100;
            }
            snapshot.incidents.push_back(std::move(incident));
        }
    }
}

void add_places(Snapshot& snapshot, const std::string& path) {
    snapshot.places = read_places(path, PlaceKind::street).entries;
    for (const auto& place : snapshot.places) {
        snapshot.place_points.push_back(geo::to_bng(place.point).value());
    }
}

bool has(const TrapSet& set, TrapKind kind, const std::string& name) {
    return std::any_of(set.traps.begin(), set.traps.end(),
                       [&](const Trap& trap) { return trap.kind == kind && trap.name == name; });
}

} // namespace

TEST_CASE("In the real archive custody, prisons, headquarters and hospitals are flagged and the "
          "night-time streets are not",
          "[quality]") {
    const auto archive = tests::real_data("police-uk-leicestershire.zip");
    const auto streets = tests::real_data("streets.csv");
    if (!archive || !streets) {
        return;
    }
    Snapshot snapshot;
    read_archive(snapshot, *archive);
    add_places(snapshot, *streets);
    snapshot.columns = make_columns(snapshot.incidents, {});
    snapshot.scopes = decide_scopes(snapshot.incidents);
    snapshot.default_scope = choose_default_scope(snapshot.incidents);
    REQUIRE(snapshot.default_scope == "police-uk-open");
    const auto set = find_traps(snapshot);

    for (const auto& trap : set.traps) {
        UNSCOPED_INFO(to_text(trap.kind) << ' ' << trap.records << ' ' << trap.name);
    }
    CHECK(has(set, TrapKind::stacked, "Euston Street"));      // custody suite
    CHECK(has(set, TrapKind::stacked, "Hill View"));          // police headquarters
    CHECK(has(set, TrapKind::stacked, "Groby Road Gardens")); // Glenfield Hospital
    CHECK(has(set, TrapKind::stacked, "Stocken Hall Mews"));  // HM Prison Stocken
    CHECK(has(set, TrapKind::institution, "Prison"));         // HM Prison Gartree
    CHECK(has(set, TrapKind::institution, "Hospital"));
    CHECK(has(set, TrapKind::institution, "Police Station"));
    for (const char* busy : {"Granby Street", "East Gates", "Market Place", "Swan Street",
                             "Church Gate", "High Street"}) {
        CHECK_FALSE(has(set, TrapKind::stacked, busy));
    }
    const auto stacked = std::count_if(set.traps.begin(), set.traps.end(), [](const Trap& trap) {
        return trap.kind == TrapKind::stacked;
    });
    CHECK(stacked <= 15);
    std::vector<std::uint32_t> all(snapshot.incidents.size());
    for (std::uint32_t i = 0; i < all.size(); ++i) {
        all[i] = i;
    }
    const auto share =
        static_cast<double>(count_on_default_points(set, all)) / static_cast<double>(all.size());
    CHECK(share > 0.01);
    CHECK(share < 0.05);
}
