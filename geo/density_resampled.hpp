// The density of the same points under one set of weights after another, as a bootstrap needs it:
// the points are sorted by cell once, those in one place become one, and only cells within reach
// of a point are ever written. Adds with the kernels of geo/density.
#pragma once

#include "geo/coordinates.hpp"
#include "geo/density.hpp"
#include "geo/density_scatter.hpp"
#include "geo/grid.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace hotspots::geo {

class ResampledDensity {
public:
    // Throws std::invalid_argument for a bad bandwidth, a point that is not finite or a grid
    // without cells. O(points x log(points) + points x (reach/cell)^2 + cells) time. Keeps no
    // reference to the points.
    ResampledDensity(std::span<const BngPoint> points, const GridSpec& grid, Kernel kernel,
                     double bandwidth_m);

    // What one computation works on, one for each thread; used again and again.
    class Room {
    public:
        explicit Room(const ResampledDensity& density);

    private:
        friend class ResampledDensity;
        ScatterTables m_tables;
        SourcePoints m_source;
        std::vector<double> m_weights; // by place
        std::vector<double> m_values;  // where the plan's rows are longer than the grid's
        Raster m_raster;
    };

    // The density where points[i] counts weights[i] times: that of density() within the same
    // rounding, and the same bytes for the same weights whatever the room held, the processor's
    // registers and the threads. Lives in the room until it is used again. Precondition: one weight
    // for each point. O(places of any weight x (reach/cell)^2); no memory is taken.
    const Raster& compute(std::span<const std::uint32_t> weights, Room& room) const;

    std::size_t places() const { return m_places.size(); } // different ones in reach of the grid

private:
    struct CellPlaces {
        CellIndex cell;
        std::size_t first = 0;
        std::size_t last = 0;
    };
    struct Span {
        std::size_t first = 0; // offset in rows of the plan's length
        std::size_t count = 0;
    };

    void sort(std::span<const BngPoint> points, const GridSpec& grid);
    void find_reached();
    void add_cell(const CellPlaces& own, double* values, Room& room) const;

    ScatterPlan m_plan;
    Scatter m_scatter;
    std::vector<std::uint32_t> m_place_of; // of each point; no_place where it reaches no cell
    std::vector<BngPoint> m_places;        // by cell, then by easting and northing
    std::vector<CellPlaces> m_cells;
    std::vector<Span> m_reached; // the cells within reach of any place
};

} // namespace hotspots::geo
