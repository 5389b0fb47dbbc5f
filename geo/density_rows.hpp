// The first part of geo/density: the points near a grid by row, and each row's by column, in the
// order they came. Two counting sorts (rows, then columns) so that each writes to few places at a
// time.
#pragma once

#include "geo/coordinates.hpp"
#include "geo/grid.hpp"
#include "geo/huge_pages.hpp"
#include "geo/parallel.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace hotspots::geo {

struct WeightedPoint {
    BngPoint at;
    double weight = 1;
};

inline const BngPoint& place_of(const BngPoint& point) {
    return point;
}
inline const BngPoint& place_of(const WeightedPoint& point) {
    return point.at;
}
inline double weight_of(const BngPoint&) {
    return 1;
}
inline double weight_of(const WeightedPoint& point) {
    return point.weight;
}

// Which cell a point belongs to: its own, or the nearest where it lies outside the grid.
class CellFinder {
public:
    CellFinder(const GridSpec& grid, double reach_m)
        : m_south_west(grid.south_west), m_per_cell(1 / grid.cell_m), m_columns(grid.columns),
          m_rows(grid.rows), m_margin(reach_m * m_per_cell + 1) {}

    bool near(const BngPoint& point) const {
        const double x = x_cells(point);
        const double y = y_cells(point);
        return x > -m_margin && x < m_columns + m_margin && y > -m_margin && y < m_rows + m_margin;
    }
    // Of a point that is near.
    int row(const BngPoint& point) const { return within(y_cells(point), m_rows); }
    int column(const BngPoint& point) const { return within(x_cells(point), m_columns); }
    int rows() const { return m_rows; }
    int columns() const { return m_columns; }

private:
    double x_cells(const BngPoint& p) const {
        return (p.easting_m - m_south_west.easting_m) * m_per_cell;
    }
    double y_cells(const BngPoint& p) const {
        return (p.northing_m - m_south_west.northing_m) * m_per_cell;
    }
    static int within(double position, int count) {
        return static_cast<int>(std::clamp(position, 0.0, count - 1.0));
    }

    BngPoint m_south_west;
    double m_per_cell;
    int m_columns;
    int m_rows;
    double m_margin; // in cells; a cell more than the reach, for rounding
};

// One row of points after another by column, in room that serves all of them. Within a column the
// points keep their order.
template <class Point>
class ColumnSorter {
public:
    ColumnSorter(const CellFinder& finder, std::size_t longest_row)
        : m_finder(finder), m_sorted(std::make_unique_for_overwrite<Point[]>(longest_row)),
          m_ends(static_cast<std::size_t>(finder.columns()) + 1) {}

    // Calls use(points, column) for each column that holds points of the row.
    template <class Use>
    void for_each_column(std::span<const Point> row, const Use& use) {
        sort(row);
        std::size_t first = 0;
        for (int column = 0; column < m_finder.columns(); ++column) {
            const std::size_t last = m_ends[static_cast<std::size_t>(column)];
            if (last != first) {
                use(std::span<const Point>(m_sorted.get() + first, last - first), column);
            }
            first = last;
        }
    }

private:
    std::size_t column(const Point& point) const {
        return static_cast<std::size_t>(m_finder.column(place_of(point)));
    }

    // A counting sort; afterwards m_ends[column] is where the column ends.
    void sort(std::span<const Point> row) {
        std::ranges::fill(m_ends, 0U);
        for (const auto& point : row) {
            ++m_ends[column(point) + 1];
        }
        for (std::size_t i = 1; i < m_ends.size(); ++i) {
            m_ends[i] += m_ends[i - 1];
        }
        for (const auto& point : row) {
            m_sorted[m_ends[column(point)]++] = point;
        }
    }

    const CellFinder& m_finder;
    std::unique_ptr<Point[]> m_sorted;
    std::vector<std::uint32_t> m_ends;
};

// The points near the grid by row from the south, within a row in the order they came. Takes once
// their memory.
template <class Point>
class PointRows {
public:
    // `point(i)` is the i-th of `count` points.
    template <class Get>
    PointRows(std::size_t count, const Get& point, const CellFinder& finder, int threads)
        : m_points(large_array<Point>(count)),
          m_starts(static_cast<std::size_t>(finder.rows()) + 1) {
        distribute(count, point, finder, threads);
    }

    std::span<const Point> row(int row) const {
        const auto i = static_cast<std::size_t>(row);
        return {m_points.get() + m_starts[i], m_starts[i + 1] - m_starts[i]};
    }

    // Points of the longest row of first...last - 1.
    std::size_t longest(int first, int last) const {
        std::size_t longest = 0;
        for (int row = first; row < last; ++row) {
            longest = std::max(longest, this->row(row).size());
        }
        return longest;
    }

    // Row numbers that split the points into parts of about equal size: 0 ... rows, ascending.
    std::vector<int> split(int parts) const {
        std::vector<int> result{0};
        const std::size_t total = m_starts.back();
        for (int part = 1; part < parts; ++part) {
            const auto wanted =
                total / static_cast<std::size_t>(parts) * static_cast<std::size_t>(part);
            const auto found = std::ranges::lower_bound(m_starts, wanted);
            result.push_back(std::max(result.back(), static_cast<int>(found - m_starts.begin())));
        }
        result.push_back(static_cast<int>(m_starts.size()) - 1);
        return result;
    }

private:
    template <class Get>
    void distribute(std::size_t count, const Get& point, const CellFinder& finder, int threads) {
        const auto rows = static_cast<std::size_t>(finder.rows());
        const auto jobs = static_cast<std::size_t>(threads);
        std::vector<std::vector<std::size_t>> next(jobs, std::vector<std::size_t>(rows));
        const auto each = [&](int job, const auto& use) {
            const auto j = static_cast<std::size_t>(job);
            auto& own = next[j];
            for (std::size_t i = count / jobs * j;
                 i < (j + 1 == jobs ? count : count / jobs * (j + 1)); ++i) {
                const Point p = point(i);
                if (finder.near(place_of(p))) {
                    use(p, own[static_cast<std::size_t>(finder.row(place_of(p)))]);
                }
            }
        };
        for_each_job(threads, threads, [&](int job) {
            each(job, [](const Point&, std::size_t& counted) { ++counted; });
        });
        std::size_t start = 0;
        for (std::size_t row = 0; row < rows; ++row) {
            m_starts[row] = start;
            for (auto& own : next) {
                start += std::exchange(own[row], start);
            }
        }
        m_starts[rows] = start;
        for_each_job(threads, threads, [&](int job) {
            each(job, [&](const Point& p, std::size_t& at) { m_points[at++] = p; });
        });
    }

    std::unique_ptr<Point[]> m_points;
    std::vector<std::size_t> m_starts; // of each row, and the end
};

} // namespace hotspots::geo
