#include "service/analysis.hpp"
#include "service/handlers/api_operations.hpp"

namespace hotspots::service {

namespace {

// The filters and the density's parameters.
std::vector<std::string_view> surface_query() {
    std::vector<std::string_view> names(filter_names.begin(), filter_names.end());
    const auto density = surface_names();
    names.insert(names.end(), density.begin(), density.end());
    return names;
}

} // namespace

const std::vector<Operation>& analysis_operations() {
    constexpr auto get = Method::get;
    static const std::vector<Operation> all{
        {get, "/density.tif",
         "The density as a GeoTIFF: EPSG:27700, 64-bit floats in incidents per km2, no data "
         "outside "
         "the study area, the manifest in its metadata",
         "image/tiff; application=geotiff", surface_query()},
        {get,
         "/analysis/bandwidths",
         "Bandwidths that the rules of Scott and Silverman and likelihood cross-validation suggest "
         "for the selected incidents; none of them is taken",
         json_type,
         {"scope", "datetime", "group", "weapon", "age", "source", "hours", "days", "kernel", "f"}},
        {get,
         "/analysis/near-repeat",
         "Near repeats: pairs of incidents by distance and delay, and how many chance would put "
         "there (Knox, by permutation)",
         json_type,
         {"scope", "datetime", "group", "weapon", "age", "source", "hours", "days", "bands_m",
          "bands_days", "permutations", "seed", "f"}},
        {get,
         "/analysis/space-time",
         "Cells whose pattern over time is new, persistent, fading or sporadic: Gi* of each slice, "
         "Mann-Kendall's trend over them",
         geojson_type,
         {"scope", "datetime", "group", "weapon", "age", "source", "hours", "days", "cell", "shape",
          "slices", "limit", "offset", "f"}},
        {get,
         "/analysis/compare",
         "Two periods, sources or groups compared: difference of their densities, where it is "
         "significant, and places hot in health records alone; or their ratio (relative risk) with "
         "its tolerance contours. edge is refused, as a correction cancels between the two sides, "
         "and adaptive, as each side would have bandwidths of its own",
         geojson_type,
         {"scope",  "datetime",     "group",         "weapon",      "age",
          "source", "hours",        "days",          "bandwidth",   "cell",
          "kernel", "top",          "with_datetime", "with_source", "with_group",
          "as",     "permutations", "seed",          "tolerance",   "f"}},
        {get,
         "/analysis/stability",
         "Whether hotspots are real: the share of runs that each survives under another bandwidth, "
         "shifted grids, points moved within their uncertainty, and bootstrap samples",
         json_type,
         {"scope", "datetime", "group", "weapon", "age", "source", "hours", "days", "bandwidth",
          "cell", "kernel", "edge", "adaptive", "top", "runs", "seed", "f"}},
        {get,
         "/hotspots/{id}/why",
         "Why here: all that the records say of one hotspot, and the share of runs that it "
         "survives "
         "(computed in the background where it is not known yet). The same parameters as for the "
         "list "
         "that gave the id; 404 where the records or parameters have changed since",
         json_type,
         {"scope", "datetime", "group", "weapon", "age", "source", "hours", "days", "bandwidth",
          "cell", "kernel", "edge", "adaptive", "top", "survival", "f"}},
        {get,
         "/analysis/streets",
         "How few of the named streets hold a quarter, half and four fifths of the incidents, "
         "beside what chance would make, and the first of them",
         json_type,
         {"scope", "datetime", "group", "weapon", "age", "source", "hours", "days", "f"}},
        {get,
         "/hotspots/evaluation",
         "How well the hotspots of one period (datetime) say where the incidents of the next are: "
         "hit rate, PAI, PEI, RRI and capture curve, beside the plain ranked count of cells and "
         "beside chance. Without datetime and next: the default period, its last three months "
         "being the next one",
         json_type,
         {"scope", "datetime", "group", "weapon", "age", "source", "hours", "days", "bandwidth",
          "cell", "kernel", "edge", "adaptive", "top", "next", "f"}},
        {get, "/jobs", "Background work, oldest first", json_type, {"f"}},
        {get, "/jobs/{id}", "How far a piece of background work is", json_type, {"f"}},
        {Method::del, "/jobs/{id}", "Cancels a piece of background work", json_type, {}},
    };
    return all;
}

} // namespace hotspots::service
