#include "geo/cell_statistics.hpp"

#include "geo/local_statistics.hpp"
#include "geo/require.hpp"
#include "geo/stop.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace hotspots::geo {

namespace {

constexpr double most_cells_reached = 1000;

// What the cells of the study area hold.
struct Field {
    double cells = 0;
    double total = 0;
    double deviation = 0; // divisor `cells`; exactly 0 where all are equal
};

Field describe(std::span<const std::uint8_t> in_area, std::span<const std::uint32_t> counts) {
    Field field;
    std::uint64_t cells = 0;
    std::uint64_t total = 0;
    std::uint32_t least = std::numeric_limits<std::uint32_t>::max();
    std::uint32_t most = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (in_area[i] != 0) {
            ++cells;
            total += counts[i];
            least = std::min(least, counts[i]);
            most = std::max(most, counts[i]);
        }
    }
    field.cells = static_cast<double>(cells);
    field.total = static_cast<double>(total);
    if (cells == 0 || least == most) {
        return field;
    }
    const double mean = field.total / field.cells;
    double squares = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double deviation = static_cast<double>(counts[i]) - mean;
        squares += in_area[i] != 0 ? deviation * deviation : 0;
    }
    field.deviation = std::sqrt(squares / field.cells);
    return field;
}

int reach_of(const Neighbourhood& neighbourhood) {
    int reach = 0;
    for (const auto& runs : neighbourhood.of_row) {
        for (const auto& run : runs) {
            reach = std::max({reach, -run.first, run.last});
        }
    }
    return reach;
}

// Sums along each row from the west, of the counts and of the study area's cells, with margins of
// `reach` so that no run needs to be cut at the lattice's ends.
class RowSums {
public:
    RowSums(const CellLattice& lattice, std::span<const std::uint8_t> in_area,
            std::span<const std::uint32_t> counts, int reach)
        : m_reach(static_cast<std::size_t>(reach)),
          m_width(static_cast<std::size_t>(lattice.columns) + 2 * m_reach + 1),
          m_points(m_width * static_cast<std::size_t>(lattice.rows)), m_cells(m_points.size()) {
        const auto columns = static_cast<std::size_t>(lattice.columns);
        for (std::size_t row = 0; row < static_cast<std::size_t>(lattice.rows); ++row) {
            std::uint64_t points = 0;
            std::uint32_t cells = 0;
            std::size_t at = row * m_width + m_reach + 1;
            for (std::size_t i = row * columns; i < (row + 1) * columns; ++i, ++at) {
                points += in_area[i] != 0 ? counts[i] : 0;
                cells += in_area[i] != 0 ? 1U : 0U;
                m_points[at] = points;
                m_cells[at] = cells;
            }
            for (; at < (row + 1) * m_width; ++at) {
                m_points[at] = points;
                m_cells[at] = cells;
            }
        }
    }

    // Adds to each column what the run, moved there, holds of the row.
    void add(int row, const Neighbourhood::Run& run, std::vector<std::uint64_t>& points,
             std::vector<std::uint32_t>& cells) const {
        const auto begin =
            static_cast<std::ptrdiff_t>(static_cast<std::size_t>(row) * m_width + m_reach) +
            run.first;
        const auto length = static_cast<std::size_t>(run.last - run.first + 1);
        const std::uint64_t* const p = m_points.data() + begin;
        const std::uint32_t* const c = m_cells.data() + begin;
        for (std::size_t column = 0; column < points.size(); ++column) {
            points[column] += p[column + length] - p[column];
            cells[column] += c[column + length] - c[column];
        }
    }

private:
    std::size_t m_reach;
    std::size_t m_width;
    std::vector<std::uint64_t> m_points;
    std::vector<std::uint32_t> m_cells;
};

// 1 / (S sqrt((n W - W^2) / (n - 1))) by W, the number of neighbours.
std::vector<double> factors(const Field& field, const Neighbourhood& neighbourhood) {
    std::size_t most = 0;
    for (const auto& runs : neighbourhood.of_row) {
        std::size_t cells = 0;
        for (const auto& run : runs) {
            cells += static_cast<std::size_t>(run.last - run.first + 1);
        }
        most = std::max(most, cells);
    }
    std::vector<double> table(most + 1);
    for (std::size_t weight = 0; weight < table.size(); ++weight) {
        table[weight] = getis_ord_z(1, static_cast<double>(weight), field.cells, field.deviation);
    }
    return table;
}

std::vector<Neighbourhood::Run> runs_within(CellShape shape, double band_cells, bool odd_row) {
    const bool square = shape == CellShape::square;
    const double row_spacing = square ? 1 : std::numbers::sqrt3 / 2;
    const double band = band_cells * (1 + 1e-9); // the band's own cells, however it was rounded
    std::vector<Neighbourhood::Run> runs;
    const int rows = static_cast<int>(band / row_spacing);
    for (int row = -rows; row <= rows; ++row) {
        const double rise = row * row_spacing;
        const double half = std::sqrt(std::max(0.0, band * band - rise * rise));
        // Further east by half a cell from even rows to odd ones, west the other way.
        const double shift = square || row % 2 == 0 ? 0 : odd_row ? -0.5 : 0.5;
        const Neighbourhood::Run run{row, static_cast<int>(std::ceil(-half - shift)),
                                     static_cast<int>(std::floor(half - shift))};
        if (run.first <= run.last) {
            runs.push_back(run);
        }
    }
    return runs;
}

} // namespace

CellCounts count_in_cells(const CellLattice& lattice, std::span<const std::uint8_t> in_area,
                          std::span<const BngPoint> points) {
    CellCounts result{std::vector<std::uint32_t>(lattice.size()), 0};
    for (const auto& point : points) {
        const auto cell = lattice.find(point);
        if (cell && in_area[lattice.offset(*cell)] != 0) {
            ++result.counts[lattice.offset(*cell)];
        } else {
            ++result.beyond;
        }
    }
    return result;
}

Neighbourhood neighbours_within(CellShape shape, double cell_m, double band_m) {
    if (!(band_m >= 0 && band_m <= most_cells_reached * cell_m)) {
        refuse("cells", "the band of neighbours", band_m, "from 0 to 1000 cells (metres)");
    }
    const double band_cells = band_m / cell_m;
    return {{runs_within(shape, band_cells, false), runs_within(shape, band_cells, true)}};
}

double usual_band_m(CellShape shape, double cell_m) {
    return shape == CellShape::square ? cell_m * std::numbers::sqrt2 : cell_m;
}

std::vector<double> gi_star(const CellLattice& lattice, std::span<const std::uint8_t> in_area,
                            std::span<const std::uint32_t> counts,
                            const Neighbourhood& neighbourhood) {
    if (in_area.size() != lattice.size() || counts.size() != lattice.size()) {
        refuse("cells", "the number of counts", static_cast<double>(counts.size()), "one a cell");
    }
    std::vector<double> z(lattice.size());
    const Field field = describe(in_area, counts);
    if (field.deviation == 0) {
        return z;
    }
    const auto factor = factors(field, neighbourhood);
    const double mean = field.total / field.cells;
    const RowSums sums(lattice, in_area, counts, reach_of(neighbourhood));
    std::vector<std::uint64_t> points(static_cast<std::size_t>(lattice.columns));
    std::vector<std::uint32_t> cells(points.size());
    for (int row = 0; row < lattice.rows; ++row) {
        stop_if_asked();
        std::ranges::fill(points, 0U);
        std::ranges::fill(cells, 0U);
        for (const auto& run : neighbourhood.of_row[row % 2 == 0 ? 0 : 1]) {
            if (row + run.row >= 0 && row + run.row < lattice.rows) {
                sums.add(row + run.row, run, points, cells);
            }
        }
        const auto begin = lattice.offset({0, row});
        for (std::size_t column = 0; column < points.size(); ++column) {
            const double excess = static_cast<double>(points[column]) - cells[column] * mean;
            z[begin + column] = in_area[begin + column] != 0 ? excess * factor[cells[column]] : 0;
        }
    }
    return z;
}

std::vector<std::uint32_t> ranked_cells(std::span<const std::uint32_t> counts,
                                        std::span<const double> z) {
    std::vector<std::uint32_t> ranked;
    for (std::uint32_t offset = 0; offset < counts.size(); ++offset) {
        if (counts[offset] > 0) {
            ranked.push_back(offset);
        }
    }
    std::ranges::stable_sort(ranked, [&](std::uint32_t a, std::uint32_t b) {
        return counts[a] != counts[b] ? counts[a] > counts[b] : z[a] > z[b];
    });
    return ranked;
}

std::vector<CaptureStep> capture_curve(std::span<const std::uint32_t> ranked,
                                       std::span<const std::uint32_t> counts) {
    std::vector<CaptureStep> steps;
    std::uint64_t points = 0;
    std::size_t next = 1;
    std::size_t decade = 1;
    for (std::size_t cells = 1; cells <= ranked.size(); ++cells) {
        points += counts[ranked[cells - 1]];
        if (cells == next || cells == ranked.size()) {
            steps.push_back({cells, points});
        }
        if (cells == next) {
            next = next == decade ? 2 * decade : next == 2 * decade ? 5 * decade : 10 * decade;
            decade = next == 10 * decade ? next : decade;
        }
    }
    return steps;
}

} // namespace hotspots::geo
