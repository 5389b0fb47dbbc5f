#include "service/cell_result.hpp"

#include "data/quality/traps.hpp"
#include "geo/crs.hpp"
#include "geo/false_discovery.hpp"
#include "geo/local_statistics.hpp"
#include "geo/stop.hpp"
#include "service/app.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <algorithm>
#include <cmath>

namespace hotspots::service {

namespace {

// At LLR's size, cells of about 35 m.
constexpr double most_cells = 1 << 22;

std::vector<geo::BngPoint> points_of(const data::Snapshot& snapshot, const Selection& selection) {
    std::vector<geo::BngPoint> points;
    points.reserve(selection.incidents.size());
    for (const auto i : selection.incidents) {
        points.push_back(snapshot.columns.point[i]);
    }
    return points;
}

// What is told of a cell, by its offset.
struct Statistics {
    std::vector<double> z;
    std::vector<double> p;
    std::vector<std::uint8_t> significant;
};

// The tests are those of the study area's cells, empty ones included; others have p 1.
Statistics statistics_of(const geo::CellLattice& lattice, const std::vector<std::uint8_t>& in_area,
                         const std::vector<std::uint32_t>& counts, double band_m) {
    Statistics result;
    result.z = geo::gi_star(lattice, in_area, counts,
                            geo::neighbours_within(lattice.shape, lattice.cell_m, band_m));
    result.p.assign(in_area.size(), 1);
    result.significant.assign(in_area.size(), 0);
    std::vector<double> tests;
    for (std::size_t i = 0; i < in_area.size(); ++i) {
        if (in_area[i] != 0) {
            result.p[i] = geo::upper_tail_p(result.z[i]);
            tests.push_back(result.p[i]);
        }
    }
    const auto found = geo::discoveries(tests, false_discovery_rate);
    auto test = found.begin();
    for (std::size_t i = 0; i < in_area.size(); ++i) {
        if (in_area[i] != 0) {
            result.significant[i] = *test++;
        }
    }
    return result;
}

RankedCell ranked_cell(const geo::CellLattice& lattice, std::uint32_t offset,
                       std::uint32_t incidents, const Statistics& statistics) {
    const auto index = lattice.cell(offset);
    RankedCell cell;
    cell.id = cell_id(lattice, index);
    cell.incidents = incidents;
    cell.gi_star_z = statistics.z[offset];
    cell.p = statistics.p[offset];
    cell.fdr_significant = statistics.significant[offset] != 0;
    cell.centre = lattice.centre(index);
    cell.outline = geo::to_lon_lat({{lattice.outline(index), {}}});
    cell.bounds = geo::bounds(cell.outline);
    return cell;
}

} // namespace

geo::CellLattice cell_lattice(const data::Snapshot& snapshot,
                              const AnalysisParameters& parameters) {
    if (snapshot.study_area.empty()) {
        throw Problem(409, "No wards loaded",
                      "cells are those of the study area, and no wards are loaded; load them with: "
                      "llr-hotspots reference wards FILE");
    }
    const auto box = geo::bounds(snapshot.study_area);
    const double width_m = box.max.easting_m - box.min.easting_m;
    const double height_m = box.max.northing_m - box.min.northing_m;
    const double cell_m = parameters.cell_m.value_or(default_cell_m);
    const double least_m = std::ceil(std::sqrt(width_m * height_m / most_cells));
    if (cell_m < least_m) {
        throw bad_parameter("cell", "cell is " + number_text(cell_m) +
                                        "; for a study area of this size it must be at least " +
                                        number_text(least_m));
    }
    return geo::lattice_covering(box, parameters.shape, cell_m);
}

std::string cell_id(const geo::CellLattice& lattice, geo::CellIndex cell) {
    return std::string(lattice.shape == geo::CellShape::square ? "square-" : "hexagon-") +
           number_text(lattice.cell_m) + '-' + std::to_string(lattice.first_column + cell.column) +
           '-' + std::to_string(lattice.first_row + cell.row);
}

CellResult compute_cells(const data::Snapshot& snapshot, const AnalysisParameters& parameters) {
    const auto lattice = cell_lattice(snapshot, parameters);
    CellResult result;
    result.cell_m = lattice.cell_m;
    result.cell_area_km2 = lattice.cell_area_km2();
    result.neighbour_band_m = geo::usual_band_m(lattice.shape, lattice.cell_m);
    result.selection = select(snapshot, parameters);
    const auto& incidents = result.selection.incidents;
    result.on_default_points = data::count_on_default_points(*data::traps_of(snapshot), incidents);
    result.less_certain_than_cell = std::count_if(incidents.begin(), incidents.end(), [&](auto i) {
        return static_cast<double>(snapshot.columns.uncertainty_m[i]) > lattice.cell_m;
    });

    const auto in_area = geo::cells_touching(lattice, snapshot.study_area);
    const auto counted =
        geo::count_in_cells(lattice, in_area, points_of(snapshot, result.selection));
    const auto statistics =
        statistics_of(lattice, in_area, counted.counts, result.neighbour_band_m);
    const auto ranked = geo::ranked_cells(counted.counts, statistics.z);
    result.in_no_cell = static_cast<std::int64_t>(counted.beyond);
    result.cells = std::count(in_area.begin(), in_area.end(), 1);
    result.fdr_significant =
        std::count(statistics.significant.begin(), statistics.significant.end(), 1);
    result.capture = geo::capture_curve(ranked, counted.counts);
    result.ranked.reserve(ranked.size());
    for (const auto offset : ranked) {
        geo::stop_if_asked();
        result.ranked.push_back(ranked_cell(lattice, offset, counted.counts[offset], statistics));
    }
    return result;
}

std::shared_ptr<const CellResult> shared_cells(const AppContext& context,
                                               const data::Snapshot& snapshot,
                                               const AnalysisParameters& parameters) {
    const auto key = std::to_string(snapshot.revision.number) + '?' + parameters.canonical_query();
    return context.cells->get(key, [&] {
        return std::make_shared<const CellResult>(compute_cells(snapshot, parameters));
    });
}

} // namespace hotspots::service
