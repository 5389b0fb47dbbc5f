// The functions that answer requests: pure in the context, the request and the parts of its path.
// What they cannot answer they throw as a Problem.
#pragma once

#include "service/http/message.hpp"
#include "service/router.hpp"

namespace hotspots::service {

// The web client for browsers, the OGC landing page for programs; `f=html|json` wins over Accept.
Response get_landing(const AppContext& context, const Request& request, const PathParts& parts);
// The data analyst's page: imports, quality, review. Holds no data itself.
Response get_data_page(const AppContext& context, const Request& request, const PathParts& parts);
// How to connect a GIS tool: the OGC landing page as a page for people.
Response get_connect_page(const AppContext& context, const Request& request,
                          const PathParts& parts);
// A file of the web client.
Response get_asset(const AppContext& context, const Request& request, const PathParts& parts);
Response get_conformance(const AppContext& context, const Request& request, const PathParts& parts);
Response get_api(const AppContext& context, const Request& request, const PathParts& parts);

// 503 until the first snapshot is loaded.
Response get_health(const AppContext& context, const Request& request, const PathParts& parts);
// 200 as soon as the service answers at all.
Response get_live(const AppContext& context, const Request& request, const PathParts& parts);
// Prometheus text (exposition 0.0.4).
Response get_metrics(const AppContext& context, const Request& request, const PathParts& parts);

Response get_collections(const AppContext& context, const Request& request, const PathParts& parts);
Response get_collection(const AppContext& context, const Request& request, const PathParts& parts);
// What items can be filtered by, and what they carry, as JSON Schema.
Response get_queryables(const AppContext& context, const Request& request, const PathParts& parts);
Response get_schema(const AppContext& context, const Request& request, const PathParts& parts);
Response get_items(const AppContext& context, const Request& request, const PathParts& parts);
Response get_item(const AppContext& context, const Request& request, const PathParts& parts);
// What a collection's features under the parameters are made of.
Response get_manifest(const AppContext& context, const Request& request, const PathParts& parts);

Response get_tile_json(const AppContext& context, const Request& request, const PathParts& parts);
// Which tiles there are, as OGC API - Tiles says it.
Response get_tile_matrix_sets(const AppContext& context, const Request& request,
                              const PathParts& parts);
Response get_tile_matrix_set(const AppContext& context, const Request& request,
                             const PathParts& parts);
Response get_tile_sets(const AppContext& context, const Request& request, const PathParts& parts);
Response get_tile_set(const AppContext& context, const Request& request, const PathParts& parts);
// MapLibre styles, and the glyphs that they name.
Response get_styles(const AppContext& context, const Request& request, const PathParts& parts);
Response get_style(const AppContext& context, const Request& request, const PathParts& parts);
Response get_glyphs(const AppContext& context, const Request& request, const PathParts& parts);
// Where it is a few incidents: see Route::at_once.
std::optional<Response> get_tile_at_once(const AppContext& context, const Request& request,
                                         const PathParts& parts);
Response get_tile(const AppContext& context, const Request& request, const PathParts& parts);

// What is published to panels: the releases, one of them, and a ward's part of the latest.
Response get_releases(const AppContext& context, const Request& request, const PathParts& parts);
Response get_release(const AppContext& context, const Request& request, const PathParts& parts);
// A new one; its figures are never changed afterwards, only taken back as a whole.
Response post_release(const AppContext& context, const Request& request, const PathParts& parts);
Response withdraw_release(const AppContext& context, const Request& request,
                          const PathParts& parts);
Response get_ward_summary(const AppContext& context, const Request& request,
                          const PathParts& parts);

// The density as a GeoTIFF.
Response get_density_tif(const AppContext& context, const Request& request, const PathParts& parts);
// A file of tiles from the folder of archives.
Response get_archive(const AppContext& context, const Request& request, const PathParts& parts);

// Hit rates, whether misses depend on anything, suspicious points. Of all records; with `scope` of
// those that the profile has in or in review; with `datetime` of those that touch the period.
Response get_imports(const AppContext& context, const Request& request, const PathParts& parts);
Response get_import(const AppContext& context, const Request& request, const PathParts& parts);
Response get_import_rejects(const AppContext& context, const Request& request,
                            const PathParts& parts);
Response get_import_events(const AppContext& context, const Request& request,
                           const PathParts& parts);
Response post_import(const AppContext& context, const Request& request, const PathParts& parts);
// Cancels one under way, undoes one that is done.
Response delete_import(const AppContext& context, const Request& request, const PathParts& parts);

// Who read, took or changed what, the newest first.
Response get_audit(const AppContext& context, const Request& request, const PathParts& parts);

Response get_review(const AppContext& context, const Request& request, const PathParts& parts);
Response get_review_item(const AppContext& context, const Request& request, const PathParts& parts);
Response put_review(const AppContext& context, const Request& request, const PathParts& parts);

// Bandwidths that rules of the literature suggest for the selected incidents.
Response get_bandwidths(const AppContext& context, const Request& request, const PathParts& parts);
// Whether incidents close in space follow each other in time.
Response get_near_repeat(const AppContext& context, const Request& request, const PathParts& parts);
// Cells that have lately become hot, stay hot, cool, or are hot now and then.
Response get_space_time(const AppContext& context, const Request& request, const PathParts& parts);
// Where the densities of two periods or sources differ by more than chance.
Response get_comparison(const AppContext& context, const Request& request, const PathParts& parts);

// Background work with its progress.
Response get_jobs(const AppContext& context, const Request& request, const PathParts& parts);
Response get_job(const AppContext& context, const Request& request, const PathParts& parts);
// Cancels one.
Response delete_job(const AppContext& context, const Request& request, const PathParts& parts);

Response get_quality(const AppContext& context, const Request& request, const PathParts& parts);

// The share of runs that each hotspot survives.
Response get_stability(const AppContext& context, const Request& request, const PathParts& parts);
// All that the records say of one hotspot.
Response get_why(const AppContext& context, const Request& request, const PathParts& parts);
// How incidents concentrate on named streets.
Response get_streets(const AppContext& context, const Request& request, const PathParts& parts);
// How well the hotspots of one period say where the next one's incidents are.
Response get_evaluation(const AppContext& context, const Request& request, const PathParts& parts);

// Accounts of people and keys of programs; none is shown with its secret but a key when it is made.
Response get_users(const AppContext& context, const Request& request, const PathParts& parts);
Response post_user(const AppContext& context, const Request& request, const PathParts& parts);
Response put_user(const AppContext& context, const Request& request, const PathParts& parts);
Response delete_user(const AppContext& context, const Request& request, const PathParts& parts);
Response get_keys(const AppContext& context, const Request& request, const PathParts& parts);
Response post_key(const AppContext& context, const Request& request, const PathParts& parts);
Response delete_key(const AppContext& context, const Request& request, const PathParts& parts);

} // namespace hotspots::service
