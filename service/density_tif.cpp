#include "service/density_tif.hpp"

#include "data/export/geotiff.hpp"
#include "service/app.hpp"
#include "service/density_result.hpp"
#include "service/handlers/collection.hpp"
#include "service/provenance.hpp"

namespace hotspots::service {

namespace {

std::vector<tiles::Property> members(const DensityResult& density,
                                     const AnalysisParameters& parameters) {
    auto members = count_members(density.selection);
    const std::vector<tiles::Property> own{{"too_uncertain", density.too_uncertain},
                                           {"on_default_points", density.on_default_points},
                                           {"period", data::format_period(parameters.period)},
                                           {"bandwidth_m", parameters.bandwidth_m},
                                           {"cell_m", rounded(density.raster.grid.cell_m, 6)}};
    members.insert(members.end(), own.begin(), own.end());
    return members;
}

} // namespace

std::string density_tif(const AppContext& context, const data::Snapshot& snapshot,
                        const AnalysisParameters& parameters) {
    const auto density = shared_density(context, snapshot, parameters);
    data::GeotiffText text{
        "incidents per km2", "incidents/km2",
        to_texts(provenance_of(context, snapshot, parameters, members(*density, parameters)))};
    text.items.emplace_back("TIFFTAG_IMAGEDESCRIPTION",
                            std::string(snapshot.demo ? "DEMO: density of synthetic incidents, "
                                                      : "Density of incidents, ") +
                                data::format_period(parameters.period));
    text.items.emplace_back("TIFFTAG_SOFTWARE", "LLR Hotspots " + context.version);
    return data::geotiff(density->raster, snapshot.study_area, text);
}

} // namespace hotspots::service
