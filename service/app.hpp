// What request handlers work on besides the request: made once by `serve`, shared by all threads.
// Handlers are pure functions of it, the snapshot that they take from it, and the request.
#pragma once

#include "embedded/file.hpp"
#include "service/answer_cache.hpp"
#include "service/kept_revisions.hpp"
#include "service/role.hpp"
#include "service/shared_results.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>

namespace hotspots::data {
class IncidentStore;
class NamedStreets; // data/geocode/named_streets.hpp
struct Releases;    // data/release/release.hpp
struct Revision;
struct Snapshot;
} // namespace hotspots::data

namespace hotspots::tiles {
class PointTable; // tiles/point_table.hpp
}

namespace hotspots::service {

struct DensityResult;     // service/density_result.hpp
struct HotspotResult;     // service/hotspot_result.hpp
struct CellResult;        // service/cell_result.hpp
struct IsobandResult;     // service/isoband_result.hpp
struct StabilityResult;   // service/stability_result.hpp
struct PlacedByAuthority; // service/area_hit_rate.hpp
class PointIndex;         // service/point_index.hpp
class BackgroundJobs;     // service/jobs/background_jobs.hpp
class ImportJobs;         // service/jobs/import_jobs.hpp
class Identities;         // service/access/identities.hpp
class AuditLog;           // service/audit/audit_log.hpp

struct AppContext {
    // The present revision; null until the first is loaded. Handlers get it by take_snapshot(),
    // which minds the caller's role. Called from any thread.
    std::function<std::shared_ptr<const data::Snapshot>()> snapshot;
    // What is published (data/published_snapshot.hpp) to a role below inspector; as `snapshot`.
    // Without it they see areas and no release.
    std::function<std::shared_ptr<const data::Snapshot>(Role)> published;
    // All releases; as `snapshot`. Without it there are none.
    std::function<std::shared_ptr<const data::Releases>()> releases;
    // The store behind it, opened for the caller's thread alone. To write, it waits a few seconds
    // for another writer, then throws data::StoreBusy.
    std::function<std::unique_ptr<data::IncidentStore>()> open_to_read;
    std::function<std::unique_ptr<data::IncidentStore>()> open_to_write;
    // Waits until snapshot() is of this revision or a later one.
    std::function<void(const data::Revision&)> catch_up;
    // Waits until releases() has what was made or withdrawn just now.
    std::function<void()> catch_up_releases;
    std::shared_ptr<ImportJobs> jobs;
    // Who is signed in, and how one does; null where there are no accounts.
    std::shared_ptr<Identities> identities;
    // Long computations; null: they are done while the request waits.
    std::shared_ptr<BackgroundJobs> background;
    // Appends what the server counts, as Prometheus text; none where there is no server.
    std::function<void(std::string&)> server_metrics;
    // Where dispatch() writes down what routes' policies say is to be; null: nothing is.
    std::shared_ptr<AuditLog> audit;
    std::string version; // of the program, e.g. "0.1.0"
    std::string marking =
        "OFFICIAL-SENSITIVE";       // of incident-level pages and exports; empty for none
    std::filesystem::path archives; // the folder of those that are served; empty: none are
    std::string public_url; // "https://host[/path]" for links; empty: from the request's Host
    // The built web client: embedded::web() of the library hotspots_web; empty where there is none.
    std::span<const embedded::File> web;
    // Answers ready to be sent, such as tiles; `serve` sets their limit.
    std::shared_ptr<AnswerCache> answers = std::make_shared<AnswerCache>(std::size_t{64} << 20);
    // What clients are paging through, though it is not the present any more.
    std::shared_ptr<KeptRevisions> kept = std::make_shared<KeptRevisions>();
    // The same of what is published, whose revisions are counted apart.
    std::shared_ptr<KeptRevisions> kept_published = std::make_shared<KeptRevisions>();
    // Where the incidents of a revision are.
    std::shared_ptr<SharedResults<PointIndex>> points =
        std::make_shared<SharedResults<PointIndex>>(4);
    // Densities by revision and parameters: few, as each holds a raster.
    std::shared_ptr<SharedResults<DensityResult>> densities =
        std::make_shared<SharedResults<DensityResult>>(4);
    // Hotspots by revision and parameters, shared between requests.
    std::shared_ptr<SharedResults<HotspotResult>> hotspots =
        std::make_shared<SharedResults<HotspotResult>>(32);
    // Cells likewise.
    std::shared_ptr<SharedResults<CellResult>> cells =
        std::make_shared<SharedResults<CellResult>>(16);
    // Isobands likewise.
    std::shared_ptr<SharedResults<IsobandResult>> isobands =
        std::make_shared<SharedResults<IsobandResult>>(8);
    // Which hotspots are stable, likewise.
    std::shared_ptr<SharedResults<StabilityResult>> stability =
        std::make_shared<SharedResults<StabilityResult>>(32);
    // Named streets by the revision of the reference data.
    std::shared_ptr<SharedResults<data::NamedStreets>> streets =
        std::make_shared<SharedResults<data::NamedStreets>>(2);
    // Records placed and missed by the authority that they name, by revision and filters.
    std::shared_ptr<SharedResults<PlacedByAuthority>> placed_by_authority =
        std::make_shared<SharedResults<PlacedByAuthority>>(4);
    // Incidents ready for tiles, by revision and scope profile.
    std::shared_ptr<SharedResults<tiles::PointTable>> incident_points =
        std::make_shared<SharedResults<tiles::PointTable>>(4);
    // Bodies of /quality by revision and parameters, shared likewise.
    std::shared_ptr<SharedResults<std::string>> quality =
        std::make_shared<SharedResults<std::string>>(8);
};

} // namespace hotspots::service
