// The density as a raster that GIS tools open.
#include "service/app.hpp"
#include "service/density_tif.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/handlers.hpp"
#include "service/manifest.hpp"

namespace hotspots::service {

Response get_density_tif(const AppContext& context, const Request& request, const PathParts&) {
    const auto snapshot = take_snapshot(context, request);
    const auto parameters = read_surface(request.query, *snapshot, {});
    const auto etag =
        revision_etag(context, *snapshot, "/density.tif?" + parameters.canonical_query());
    if (is_known(request, etag)) {
        return not_modified(etag);
    }
    Response response;
    response.content_type = "image/tiff; application=geotiff";
    response.body = density_tif(context, *snapshot, parameters);
    const auto manifest = make_manifest(*snapshot, parameters, context.version);
    response.headers.push_back(
        {"content-disposition", "attachment; filename=\"density-" + manifest.id + ".tif\""});
    set_private_caching(response, etag);
    return response;
}

} // namespace hotspots::service
