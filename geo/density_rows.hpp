// The first part of geo/density: the points near a grid, sorted by row and column of their cell,
// and within a cell into an order that depends on nothing but where they lie.
// Two counting sorts (rows, then columns) so that each writes to few places at a time.
#pragma once

#include "geo/coordinates.hpp"
#include "geo/grid.hpp"
#include "geo/parallel.hpp"

#include <algorithm>
#include <bit>
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
    // The strip of its cell, from the south.
    int strip(const BngPoint& point, int parts) const {
        return within((y_cells(point) - row(point)) * parts, parts);
    }
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

// Cells of no more points than this are left in any order: sorting them is cheaper where they are
// added.
constexpr std::size_t most_unordered = 64;

// An order of points that depends on nothing else, equal places together.
template <class Point>
bool place_before(const Point& a, const Point& b) {
    const BngPoint& p = place_of(a);
    const BngPoint& q = place_of(b);
    if (p.easting_m != q.easting_m) {
        return p.easting_m < q.easting_m;
    }
    return std::pair(p.northing_m, weight_of(a)) < std::pair(q.northing_m, weight_of(b));
}

// Sorts the points of one row by column, and those of full cells into one order, through room that
// serves one row after another.
template <class Point>
class RowSorter {
public:
    RowSorter(const CellFinder& finder, std::size_t longest_row)
        : m_finder(finder), m_room(std::make_unique_for_overwrite<Point[]>(longest_row)),
          m_ends(static_cast<std::size_t>(finder.columns()) + 1), m_strip_ends(most_strips + 1) {}

    void operator()(std::span<Point> row) {
        if (row.size() <= few) {
            return sort_few(row);
        }
        distribute(std::span<const Point>(row), m_room.get(), m_finder.columns(), m_ends,
                   [&](const Point& point) { return m_finder.column(place_of(point)); });
        std::copy_n(m_room.get(), row.size(), row.data());
        std::size_t first = 0;
        for (int column = 0; column < m_finder.columns(); ++column) {
            const std::size_t last = m_ends[static_cast<std::size_t>(column)];
            if (last - first > most_unordered) {
                sort_cell({m_room.get() + first, last - first}, row.data() + first);
            }
            first = last;
        }
    }

private:
    static constexpr std::size_t few = 24;
    static constexpr std::size_t most_strips = 4096;

    static void sort_few(std::span<Point> points) {
        if (points.size() > few) {
            std::ranges::sort(points, place_before<Point>);
            return;
        }
        for (std::size_t i = 1; i < points.size(); ++i) {
            const Point point = points[i];
            std::size_t to = i;
            for (; to > 0 && place_before(point, points[to - 1]); --to) {
                points[to] = points[to - 1];
            }
            points[to] = point;
        }
    }

    // A counting sort; afterwards ends[part] is where the part ends.
    template <class Part>
    static void distribute(std::span<const Point> from, Point* to, int parts,
                           std::vector<std::uint32_t>& ends, const Part& part) {
        std::fill_n(ends.begin(), parts + 1, 0U);
        for (const auto& point : from) {
            ++ends[static_cast<std::size_t>(part(point)) + 1];
        }
        for (std::size_t i = 1; i <= static_cast<std::size_t>(parts); ++i) {
            ends[i] += ends[i - 1];
        }
        for (const auto& point : from) {
            to[ends[static_cast<std::size_t>(part(point))]++] = point;
        }
    }

    void sort_cell(std::span<const Point> from, Point* to) {
        const int strips =
            static_cast<int>(std::bit_ceil(std::min(from.size() / 4, most_strips / 2)));
        distribute(from, to, strips, m_strip_ends,
                   [&](const Point& point) { return m_finder.strip(place_of(point), strips); });
        std::size_t first = 0;
        for (int strip = 0; strip < strips; ++strip) {
            const std::size_t last = m_strip_ends[static_cast<std::size_t>(strip)];
            sort_few({to + first, last - first});
            first = last;
        }
    }

    const CellFinder& m_finder;
    std::unique_ptr<Point[]> m_room;
    std::vector<std::uint32_t> m_ends;
    std::vector<std::uint32_t> m_strip_ends;
};

// The points near the grid by row from the south. Takes once their memory, and once their longest
// rows' for each thread while it sorts.
template <class Point>
class PointRows {
public:
    // `point(i)` is the i-th of `count` points.
    template <class Get>
    PointRows(std::size_t count, const Get& point, const CellFinder& finder, int threads)
        : m_points(std::make_unique_for_overwrite<Point[]>(count)),
          m_starts(static_cast<std::size_t>(finder.rows()) + 1) {
        distribute(count, point, finder, threads);
        sort_rows(finder, threads);
    }

    std::span<const Point> row(int row) const {
        const auto i = static_cast<std::size_t>(row);
        return {m_points.get() + m_starts[i], m_starts[i + 1] - m_starts[i]};
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

    void sort_rows(const CellFinder& finder, int threads) {
        const auto parts = split(threads);
        std::vector<RowSorter<Point>> sorters;
        for (std::size_t part = 0; part + 1 < parts.size(); ++part) {
            std::size_t longest = 0;
            for (int row = parts[part]; row < parts[part + 1]; ++row) {
                longest = std::max(longest, this->row(row).size());
            }
            sorters.emplace_back(finder, longest);
        }
        for_each_job(threads, threads, [&](int job) {
            const auto part = static_cast<std::size_t>(job);
            for (int row = parts[part]; row < parts[part + 1]; ++row) {
                const auto i = static_cast<std::size_t>(row);
                sorters[part]({m_points.get() + m_starts[i], m_starts[i + 1] - m_starts[i]});
            }
        });
    }

    std::unique_ptr<Point[]> m_points;
    std::vector<std::size_t> m_starts; // of each row, and the end
};

} // namespace hotspots::geo
