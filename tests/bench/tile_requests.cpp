// Tiles of incidents, zooms 12 to 14, each with a CQL2 filter that was never asked before: how many
// a second are found, filtered, encoded and packed in process, on one thread and on two. 50,000
// made-up records in clusters, as many as the first argument says, or those of the store that it
// names. Tiles are any that hold an incident.
#include "data/snapshot.hpp"
#include "geo/crs.hpp"
#include "geo/parallel.hpp"
#include "service/app.hpp"
#include "service/handlers/incident_tiles.hpp"
#include "service/http/compress.hpp"
#include "tiles/tile_order.hpp"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <set>
#include <string>
#include <vector>

using namespace hotspots;

namespace {

constexpr int requests = 4000;

std::string two_digits(std::uint64_t n) {
    return (n < 10 ? "0" : "") + std::to_string(n);
}

double share(std::mt19937_64& random) {
    return static_cast<double>(random() >> 11U) * 0x1p-53;
}

data::Incident make_incident(std::int64_t id, const geo::BngPoint& at, std::mt19937_64& random) {
    data::Incident incident;
    incident.id = id;
    auto& record = incident.record;
    record.incident_id = "LP-2025-" + std::to_string(id);
    record.occurred_from = *data::parse_moment(
        "2025-" + two_digits(1 + random() % 12) + "-" + two_digits(1 + random() % 28) + "T" +
        two_digits(random() % 24) + ":" + two_digits(random() % 60));
    record.offence_code = "8N";
    record.offence = random() % 3 == 0 ? "Robbery of personal property" : "Assault occasioning ABH";
    record.place_type = data::PlaceType::public_place;
    record.domestic = data::Domestic::no;
    auto& location = incident.location;
    location.status = data::GeocodeStatus::matched;
    location.level = data::GeocodeLevel::given;
    location.point = at;
    location.lon_lat = geo::to_lon_lat(at);
    location.uncertainty_m = 5 + static_cast<double>(random() % 20);
    return incident;
}

void add_columns(data::IncidentColumns& columns, const data::Incident& incident) {
    const auto begin_s = incident.record.occurred_from.begin.time_since_epoch().count();
    columns.point.push_back(*incident.location.point);
    columns.mapped.push_back(1);
    columns.ward.push_back(-1);
    columns.begin_s.push_back(begin_s);
    columns.end_s.push_back(begin_s + 1);
    columns.from_end_s.push_back(begin_s + 1);
    columns.hour.push_back(-1);
    columns.weekday.push_back(-1);
    columns.uncertainty_m.push_back(10);
}

// Two thirds within about 1 km of 200 centres, the others anywhere.
std::shared_ptr<const data::Snapshot> make_snapshot(std::int64_t count) {
    std::mt19937_64 random(1);
    auto snapshot = std::make_shared<data::Snapshot>();
    const auto anywhere = [&] {
        return geo::BngPoint{435000 + 60000 * share(random), 285000 + 45000 * share(random)};
    };
    std::vector<geo::BngPoint> centres(200);
    for (auto& centre : centres) {
        centre = anywhere();
    }
    for (std::int64_t id = 1; id <= count; ++id) {
        auto at = anywhere();
        if (id % 3 != 0) {
            at = centres[random() % centres.size()];
            at.easting_m += 2000 * (share(random) + share(random) - 1);
            at.northing_m += 2000 * (share(random) + share(random) - 1);
        }
        snapshot->incidents.push_back(make_incident(id, at, random));
        add_columns(snapshot->columns, snapshot->incidents.back());
    }
    for (const auto& profile : data::scope_profiles()) {
        data::ScopeColumn column{&profile, {}};
        for (const auto& incident : snapshot->incidents) {
            column.decisions.push_back(profile.decide(incident.record));
        }
        snapshot->scopes.push_back(std::move(column));
    }
    snapshot->default_scope = "vrn-2021";
    return snapshot;
}

struct Asked {
    tiles::TileId tile;
    std::string filter;
};

std::vector<tiles::TileId> tiles_of(const data::Snapshot& snapshot) {
    std::vector<tiles::TileId> tiles;
    std::set<std::uint64_t> seen;
    for (std::size_t i = 0; i < snapshot.incidents.size(); ++i) {
        for (const int zoom : {12, 13, 14}) {
            if (snapshot.columns.mapped[i] == 0) {
                continue;
            }
            const auto tile = tiles::tile_at(*snapshot.incidents[i].location.lon_lat, zoom);
            if (seen.insert(tiles::tile_order(tile)).second) {
                tiles.push_back(tile);
            }
        }
    }
    return tiles;
}

std::vector<Asked> make_requests(const std::vector<tiles::TileId>& tiles, unsigned seed) {
    std::mt19937_64 random(seed);
    std::vector<Asked> asked;
    for (int i = 0; i < requests; ++i) {
        asked.push_back({tiles[random() % tiles.size()],
                         "occurred_from<TIMESTAMP('2025-" + two_digits(1 + random() % 12) + "-" +
                             two_digits(1 + random() % 28) + "T" + two_digits(random() % 24) + ":" +
                             two_digits(random() % 60) + ":" + two_digits(random() % 60) + "Z')"});
    }
    return asked;
}

double processor_s() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

void run(const service::AppContext& context, const std::vector<tiles::TileId>& tiles, int threads,
         unsigned seed) {
    const auto snapshot = context.snapshot();
    const auto asked = make_requests(tiles, seed);
    std::atomic<std::size_t> next = 0;
    std::atomic<std::size_t> bytes = 0;
    std::atomic<std::size_t> packed = 0;
    const auto begun = std::chrono::steady_clock::now();
    const double begun_s = processor_s();
    geo::for_each_job(threads, threads, [&](int) {
        for (auto i = next++; i < asked.size(); i = next++) {
            service::FeatureQuery query{snapshot, {}, {}, service::Purpose::tile};
            query.parameters.scope = "vrn-2021";
            const auto filter = service::read_item_filter({{"filter", asked[i].filter}});
            auto incidents = service::incidents_of_tile(context, query, asked[i].tile);
            const auto tile =
                service::incident_tile(query, filter, asked[i].tile, std::move(incidents)).bytes;
            bytes += tile.size();
            packed += service::gzip(tile, service::GzipEffort::quick).size();
        }
    });
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun;
    std::printf(
        "  %d threads: %8.0f tiles/s, %.0f us of processor, %.0f bytes, %.0f packed a tile\n",
        threads, requests / taken.count(), (processor_s() - begun_s) * 1e6 / requests,
        static_cast<double>(bytes) / requests, static_cast<double>(packed) / requests);
}

} // namespace

int main(int argc, char** argv) {
    const std::string given = argc > 1 ? argv[1] : "50000";
    const bool is_store = given.ends_with(".gpkg");
    const auto snapshot =
        is_store ? data::load_snapshot(*data::IncidentStore::open(given, data::Access::read))
                 : make_snapshot(std::strtoll(given.c_str(), nullptr, 10));
    service::AppContext context;
    context.snapshot = [&] { return snapshot; };
    const auto begun = std::chrono::steady_clock::now();
    const auto table = service::incident_points(context, *snapshot, "vrn-2021");
    const std::chrono::duration<double, std::milli> taken =
        std::chrono::steady_clock::now() - begun;
    std::printf("%zu incidents; their table is made in %.0f ms\n", table->size(), taken.count());
    const auto tiles = tiles_of(*snapshot);
    for (unsigned round = 0; round < 3; ++round) {
        run(context, tiles, 1, 2 * round);
        run(context, tiles, 2, 2 * round + 1);
    }
    return 0;
}
