// The routes that exist, each with its policy: the role it needs and what is noted of it.
#include "service/handlers/geocode.hpp"
#include "service/handlers/handlers.hpp"
#include "service/handlers/sign_in.hpp"
#include "service/router.hpp"

#include <array>

namespace hotspots::service {

std::span<const Route> routes() {
    constexpr auto get = Method::get;
    constexpr bool quick = true;
    constexpr bool computes = false;
    constexpr std::uint64_t upload_bytes = std::uint64_t{512} << 20;
    constexpr std::uint64_t decision_bytes = 64 << 10;
    static constexpr std::array<Route, 70> table{{
        {get, "/", Role::anyone, quick, get_landing},
        {get, "/connect", Role::anyone, quick, get_connect_page},
        {get, "/data", Role::anyone, quick, get_data_page},
        {get, "/assets/{rest...}", Role::anyone, quick, get_asset},
        {get, "/api", Role::anyone, quick, get_api},
        {get, "/conformance", Role::anyone, quick, get_conformance},
        {get, "/health", Role::anyone, quick, get_health},
        {get, "/health/live", Role::anyone, quick, get_live},
        {get, "/health/ready", Role::anyone, quick, get_health},
        {get, "/metrics", Role::analyst, quick, get_metrics},
        {get, "/releases", Role::panel, quick, get_releases},
        {get, "/releases/{id}", Role::panel, quick, get_release},
        {Method::post, "/releases", Policy(Role::analyst, Action::disclosure), computes,
         post_release, Body::memory(decision_bytes)},
        {Method::post, "/releases/{id}/withdraw", Policy(Role::analyst, Action::alteration),
         computes, withdraw_release, Body::memory(decision_bytes)},
        {get, "/wards/{code}/summary", Role::panel, quick, get_ward_summary},
        {get, "/collections", Role::anyone, quick, get_collections},
        {get, "/collections/{c}", Policy::of_collection(), quick, get_collection},
        {get, "/collections/{c}/queryables", Policy::of_collection(), quick, get_queryables},
        {get, "/collections/{c}/schema", Policy::of_collection(), quick, get_schema},
        {get, "/collections/{c}/manifest", Policy::of_collection(), quick, get_manifest},
        {get, "/collections/{c}/items", Policy::of_collection(Action::consultation), computes,
         get_items},
        {get, "/collections/{c}/items/{id}", Policy::of_collection(Action::consultation), computes,
         get_item},
        {get, "/collections/{c}/tiles/WebMercatorQuad/{z}/{row}/{col}",
         Policy::of_collection(Action::consultation), computes, get_tile, Body::none(),
         get_tile_at_once},
        {get, "/collections/{c}/tiles", Policy::of_collection(), quick, get_tile_sets},
        {get, "/collections/{c}/tiles/WebMercatorQuad", Policy::of_collection(), quick,
         get_tile_set},
        {get, "/tileMatrixSets", Role::anyone, quick, get_tile_matrix_sets},
        {get, "/tileMatrixSets/{id}", Role::anyone, quick, get_tile_matrix_set},
        {get, "/styles", Role::anyone, quick, get_styles},
        {get, "/styles/{name}.json", Role::anyone, quick, get_style},
        {get, "/fonts/{fontstack}/{range}.pbf", Role::anyone, quick, get_glyphs},
        {get, "/tiles/{c}.json", Policy::of_collection(), quick, get_tile_json},
        {get, "/tiles/{c}/{z}/{x}/{y}.mvt", Policy::of_collection(Action::consultation), computes,
         get_tile, Body::none(), get_tile_at_once},
        {get, "/archives/{name}", Policy(Role::inspector, Action::disclosure), computes,
         get_archive},
        {get, "/density.tif", Policy(Role::inspector, Action::disclosure), computes,
         get_density_tif},
        {get, "/quality", Role::analyst, computes, get_quality},
        {get, "/analysis/bandwidths", Role::inspector, computes, get_bandwidths},
        {get, "/analysis/near-repeat", Role::inspector, computes, get_near_repeat},
        {get, "/analysis/space-time", Role::inspector, computes, get_space_time},
        {get, "/analysis/compare", Role::inspector, computes, get_comparison},
        {get, "/analysis/stability", Role::inspector, computes, get_stability},
        {get, "/hotspots/evaluation", Role::inspector, computes, get_evaluation},
        {get, "/hotspots/{id}/why", Policy(Role::inspector, Action::consultation), computes,
         get_why},
        {get, "/analysis/streets", Role::inspector, computes, get_streets},
        {get, "/jobs", Role::inspector, quick, get_jobs},
        {get, "/jobs/{id}", Role::inspector, quick, get_job},
        {Method::del, "/jobs/{id}", Role::inspector, computes, delete_job},
        {get, "/geocode", Role::inspector, computes, get_geocode},
        {Method::post, "/geocode", Role::inspector, computes, post_geocode,
         Body::memory(geocode_body_limit_bytes)},
        {get, "/imports", Role::analyst, computes, get_imports},
        {Method::post, "/imports", Policy(Role::analyst, Action::collection), computes, post_import,
         Body::file(upload_bytes)},
        {get, "/imports/{id}", Role::analyst, computes, get_import},
        {Method::del, "/imports/{id}", Policy(Role::analyst, Action::erasure), computes,
         delete_import},
        {get, "/imports/{id}/rejects.csv", Policy(Role::analyst, Action::disclosure), computes,
         get_import_rejects},
        {get, "/imports/{id}/events", Role::analyst, computes, get_import_events},
        {get, "/audit", Policy(Role::admin, Action::consultation), computes, get_audit},
        {get, "/review", Policy(Role::analyst, Action::consultation), computes, get_review},
        {get, "/review/{id}", Policy(Role::analyst, Action::consultation), computes,
         get_review_item},
        {Method::put, "/review/{id}", Policy(Role::analyst, Action::alteration), computes,
         put_review, Body::memory(decision_bytes)},
        {get, "/sign-in", Role::anyone, quick, get_sign_in_page},
        {Method::post, "/sign-out", Role::anyone, quick, post_sign_out,
         Body::memory(sign_in_body_bytes)},
        {get, "/session", Role::anyone, quick, get_session},
        {Method::post, "/session", Role::anyone, quick, post_session,
         Body::memory(sign_in_body_bytes)},
        {Method::del, "/session", Role::anyone, quick, delete_session},
        {get, "/users", Role::admin, computes, get_users},
        {Method::post, "/users", Policy(Role::admin, Action::alteration), computes, post_user,
         Body::memory(sign_in_body_bytes)},
        {Method::put, "/users/{name}", Policy(Role::admin, Action::alteration), computes, put_user,
         Body::memory(sign_in_body_bytes)},
        {Method::del, "/users/{name}", Policy(Role::admin, Action::erasure), computes, delete_user},
        {get, "/keys", Role::admin, computes, get_keys},
        {Method::post, "/keys", Policy(Role::admin, Action::alteration), computes, post_key,
         Body::memory(sign_in_body_bytes)},
        {Method::del, "/keys/{id}", Policy(Role::admin, Action::erasure), computes, delete_key},
    }};
    return table;
}

} // namespace hotspots::service
