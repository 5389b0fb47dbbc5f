// The routes that exist, each with the role it needs.
#include "service/handlers/geocode.hpp"
#include "service/handlers/handlers.hpp"
#include "service/router.hpp"

#include <array>

namespace hotspots::service {

std::span<const Route> routes() {
    constexpr auto get = Method::get;
    constexpr bool quick = true;
    constexpr bool computes = false;
    static constexpr std::array<Route, 17> table{{
        {get, "/", Role::anyone, quick, get_landing},
        {get, "/assets/{rest...}", Role::anyone, quick, get_asset},
        {get, "/api", Role::anyone, quick, get_api},
        {get, "/conformance", Role::anyone, quick, get_conformance},
        {get, "/health", Role::anyone, quick, get_health},
        {get, "/health/live", Role::anyone, quick, get_live},
        {get, "/health/ready", Role::anyone, quick, get_health},
        {get, "/collections", Role::anyone, quick, get_collections},
        {get, "/collections/{c}", Role::anyone, quick, get_collection},
        // Live figures, small counts among them, and points.
        {get, "/collections/{c}/items", Role::inspector, computes, get_items},
        {get, "/collections/{c}/items/{id}", Role::inspector, computes, get_item},
        {get, "/collections/{c}/tiles/WebMercatorQuad/{z}/{row}/{col}", Role::inspector, computes,
         get_tile},
        {get, "/tiles/{c}.json", Role::anyone, quick, get_tile_json},
        {get, "/tiles/{c}/{z}/{x}/{y}.mvt", Role::inspector, computes, get_tile},
        {get, "/quality", Role::analyst, computes, get_quality},
        {get, "/geocode", Role::inspector, computes, get_geocode},
        {Method::post, "/geocode", Role::inspector, computes, post_geocode,
         Body::memory(geocode_body_limit_bytes)},
    }};
    return table;
}

} // namespace hotspots::service
