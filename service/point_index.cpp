#include "service/point_index.hpp"

#include "data/snapshot.hpp"
#include "service/app.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace hotspots::service {

namespace {

constexpr double entries_per_cell = 8;
constexpr std::size_t most_cells_a_side = 1024;

const geo::LonLat* mapped_place(const data::Snapshot& snapshot, std::size_t row) {
    const auto& place = snapshot.incidents[row].location.lon_lat;
    return snapshot.columns.mapped[row] != 0 && place ? &*place : nullptr;
}

// The cell of a value among `cells` equal ones from `low` to `high`; the nearest one beyond them.
std::size_t cell_among(double value, double low, double high, std::size_t cells) {
    const double at = (value - low) / (high - low) * static_cast<double>(cells);
    if (!(at > 0)) { // also where low is high
        return 0;
    }
    return at < static_cast<double>(cells) ? static_cast<std::size_t>(at) : cells - 1;
}

bool box_contains(const geo::Box<geo::LonLat>& outer, const geo::Box<geo::LonLat>& inner) {
    return outer.contains(inner.min) && outer.contains(inner.max);
}

} // namespace

struct PointIndex::Marks {
    std::vector<std::uint64_t> words;
    explicit Marks(std::size_t rows) : words((rows + 63) / 64) {}
    void set(std::uint32_t row) { words[row / 64] |= std::uint64_t{1} << (row % 64); }

    std::vector<std::uint32_t> rows() const {
        std::size_t count = 0;
        for (const auto word : words) {
            count += static_cast<std::size_t>(std::popcount(word));
        }
        std::vector<std::uint32_t> out;
        out.reserve(count);
        for (std::size_t i = 0; i < words.size(); ++i) {
            for (auto word = words[i]; word != 0; word &= word - 1) {
                out.push_back(static_cast<std::uint32_t>(
                    i * 64 + static_cast<std::size_t>(std::countr_zero(word))));
            }
        }
        return out;
    }
};

PointIndex::PointIndex(const data::Snapshot& snapshot) : m_incidents(snapshot.incidents.size()) {
    std::size_t mapped = 0;
    for (std::size_t i = 0; i < m_incidents; ++i) {
        if (const auto* place = mapped_place(snapshot, i)) {
            m_bounds.extend(*place);
            ++mapped;
        }
    }
    const double side = std::sqrt(static_cast<double>(mapped) / entries_per_cell);
    m_side = std::clamp<std::size_t>(static_cast<std::size_t>(side), 1, most_cells_a_side);
    const auto cell = [&](const geo::LonLat& place) {
        return row_of(place.lat_deg) * m_side + column_of(place.lon_deg);
    };
    m_begin.assign(m_side * m_side + 1, 0);
    for (std::size_t i = 0; i < m_incidents; ++i) {
        if (const auto* place = mapped_place(snapshot, i)) {
            ++m_begin[cell(*place) + 1];
        }
    }
    for (std::size_t i = 1; i < m_begin.size(); ++i) {
        m_begin[i] += m_begin[i - 1];
    }
    auto next = m_begin;
    m_entries.resize(mapped);
    for (std::size_t i = 0; i < m_incidents; ++i) {
        if (const auto* place = mapped_place(snapshot, i)) {
            m_entries[next[cell(*place)]++] = {*place, static_cast<std::uint32_t>(i)};
        }
    }
}

std::size_t PointIndex::column_of(double lon_deg) const {
    return cell_among(lon_deg, m_bounds.min.lon_deg, m_bounds.max.lon_deg, m_side);
}

std::size_t PointIndex::row_of(double lat_deg) const {
    return cell_among(lat_deg, m_bounds.min.lat_deg, m_bounds.max.lat_deg, m_side);
}

// A little more than the cell, so that rounding leaves none of its entries outside.
geo::Box<geo::LonLat> PointIndex::cell_bounds(std::size_t column, std::size_t row) const {
    constexpr double margin_deg = 1e-9;
    const auto cells = static_cast<double>(m_side);
    const double width = (m_bounds.max.lon_deg - m_bounds.min.lon_deg) / cells;
    const double height = (m_bounds.max.lat_deg - m_bounds.min.lat_deg) / cells;
    const geo::LonLat corner{m_bounds.min.lon_deg + width * static_cast<double>(column),
                             m_bounds.min.lat_deg + height * static_cast<double>(row)};
    return {{corner.lon_deg - margin_deg, corner.lat_deg - margin_deg},
            {corner.lon_deg + width + margin_deg, corner.lat_deg + height + margin_deg}};
}

void PointIndex::mark(Marks& marks, const QueryBox& box, const QueryBox::Side& side) const {
    const auto last_column = column_of(side.hull.max.lon_deg);
    const auto last_row = row_of(side.hull.max.lat_deg);
    for (auto row = row_of(side.hull.min.lat_deg); row <= last_row; ++row) {
        for (auto column = column_of(side.hull.min.lon_deg); column <= last_column; ++column) {
            const auto cell = row * m_side + column;
            const bool whole = box_contains(side.core, cell_bounds(column, row));
            for (auto i = m_begin[cell]; i < m_begin[cell + 1]; ++i) {
                if (whole || box.holds(m_entries[i].place)) {
                    marks.set(m_entries[i].row);
                }
            }
        }
    }
}

std::vector<std::uint32_t> PointIndex::rows_in(const QueryBox& box) const {
    Marks marks(m_incidents);
    for (const auto& side : box.sides()) {
        if (!m_entries.empty() && side.hull.intersects(m_bounds)) {
            mark(marks, box, side);
        }
    }
    return marks.rows();
}

std::shared_ptr<const PointIndex> shared_points(const AppContext& context,
                                                const data::Snapshot& snapshot) {
    const auto& revision = snapshot.revision;
    const auto key = std::to_string(revision.number) + ' ' +
                     std::to_string(revision.published.time_since_epoch().count());
    return context.points->get(key, [&] { return std::make_shared<const PointIndex>(snapshot); });
}

} // namespace hotspots::service
