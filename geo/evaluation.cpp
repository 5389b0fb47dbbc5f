#include "geo/evaluation.hpp"

#include "geo/cell_statistics.hpp"
#include "geo/cells.hpp"
#include "geo/geos.hpp"
#include "geo/point_in_region.hpp"
#include "geo/random.hpp"
#include "geo/stop.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <stdexcept>
#include <string>

namespace hotspots::geo {

namespace {

// 1, 2, 5, 10, 20, 50, ...
class Steps {
public:
    bool take(std::size_t place) {
        if (place != m_next) {
            return false;
        }
        constexpr std::size_t leads[] = {1, 2, 5};
        m_lead = (m_lead + 1) % 3;
        m_decade *= m_lead == 0 ? 10 : 1;
        m_next = leads[m_lead] * m_decade;
        return true;
    }

private:
    std::size_t m_lead = 0;
    std::size_t m_decade = 1;
    std::size_t m_next = 1;
};

// Places by rank, one after the other.
class Collector {
public:
    void add(double area_km2, std::int64_t first, std::int64_t next) {
        m_forecast.area_km2 += area_km2;
        m_first += first;
        m_next += next;
        ++m_forecast.places;
        if (m_steps.take(m_forecast.places)) {
            m_forecast.curve.push_back(present());
        }
    }

    Forecast take(const BackTestInput& input, double study_area_km2) {
        auto& curve = m_forecast.curve;
        if (!curve.empty() && curve.back().places != m_forecast.places) {
            curve.push_back(present());
        }
        const auto accuracy = [&](std::int64_t captured, std::size_t points) {
            return accuracy_of(captured, static_cast<std::int64_t>(points),
                               std::min(m_forecast.area_km2, study_area_km2), study_area_km2);
        };
        m_forecast.same = accuracy(m_first, input.first.size());
        m_forecast.next = accuracy(m_next, input.next.size());
        m_forecast.rri = recapture_rate_index(m_forecast.next, m_forecast.same);
        return std::move(m_forecast);
    }

private:
    CaptureAt present() const { return {m_forecast.places, m_forecast.area_km2, m_next}; }

    Forecast m_forecast;
    std::int64_t m_first = 0;
    std::int64_t m_next = 0;
    Steps m_steps;
};

// Both periods' points on one lattice.
struct Cells {
    CellLattice lattice;
    std::vector<std::uint8_t> in_area;
    std::vector<std::uint32_t> first;
    std::vector<std::uint32_t> next;

    // How many come nearest to an area; never more than there are.
    std::size_t number_for(double area_km2) const {
        const auto all = static_cast<double>(std::ranges::count(in_area, std::uint8_t{1}));
        return static_cast<std::size_t>(
            std::min(std::round(area_km2 / lattice.cell_area_km2()), all));
    }
};

Cells count(const BackTestInput& input) {
    Cells cells;
    cells.lattice = lattice_covering(bounds(input.study_area), CellShape::square, input.cell_m);
    cells.in_area = cells_touching(cells.lattice, input.study_area);
    cells.first = count_in_cells(cells.lattice, cells.in_area, input.first).counts;
    cells.next = count_in_cells(cells.lattice, cells.in_area, input.next).counts;
    return cells;
}

Forecast forecast_of_hotspots(const BackTestInput& input, double study_area_km2) {
    const PointsByNorthing next(input.next);
    Collector collector;
    for (const auto& hotspot : input.hotspots) {
        std::size_t captured = 0;
        for (const auto& polygon : hotspot.outline) {
            captured += next.in(polygon).size();
        }
        collector.add(hotspot.area_km2, static_cast<std::int64_t>(hotspot.events.size()),
                      static_cast<std::int64_t>(captured));
    }
    return collector.take(input, study_area_km2);
}

Forecast forecast_of_cells(const BackTestInput& input, const Cells& cells, std::size_t number,
                           double study_area_km2) {
    const auto& lattice = cells.lattice;
    const auto neighbours = neighbours_within(lattice.shape, lattice.cell_m,
                                              usual_band_m(lattice.shape, lattice.cell_m));
    const auto ranked =
        ranked_cells(cells.first, gi_star(lattice, cells.in_area, cells.first, neighbours));
    Collector collector;
    for (std::size_t i = 0; i < std::min(number, ranked.size()); ++i) {
        collector.add(lattice.cell_area_km2(), cells.first[ranked[i]], cells.next[ranked[i]]);
    }
    return collector.take(input, study_area_km2);
}

std::int64_t best_of(std::vector<std::uint32_t> counts, std::size_t number) {
    number = std::min(number, counts.size());
    const auto end = counts.begin() + static_cast<std::ptrdiff_t>(number);
    std::partial_sort(counts.begin(), end, counts.end(), std::greater{});
    return std::accumulate(counts.begin(), end, std::int64_t{0});
}

// Draws cells of the same share of the area without replacement, again and again.
Chance by_chance(const BackTestInput& input, const Cells& cells, double area_share) {
    Chance chance{area_share, 0, 0, input.simulations};
    if (input.next.empty() || input.simulations == 0) {
        return chance;
    }
    std::vector<std::uint32_t> drawn; // counts of the area's cells; the first ones are the sample
    for (std::size_t i = 0; i < cells.next.size(); ++i) {
        if (cells.in_area[i] != 0) {
            drawn.push_back(cells.next[i]);
        }
    }
    const auto number =
        static_cast<std::size_t>(std::round(area_share * static_cast<double>(drawn.size())));
    Random random(input.seed);
    std::vector<double> shares(static_cast<std::size_t>(input.simulations));
    for (auto& share : shares) {
        stop_if_asked();
        std::uint64_t captured = 0;
        for (std::size_t i = 0; i < number; ++i) {
            const auto left = static_cast<std::uint32_t>(drawn.size() - i);
            std::swap(drawn[i], drawn[i + random.below(left)]);
            captured += drawn[i];
        }
        share = static_cast<double>(captured) / static_cast<double>(input.next.size());
    }
    std::ranges::sort(shares);
    const auto tail = static_cast<std::size_t>(0.025 * static_cast<double>(shares.size()));
    chance.low = shares[tail];
    chance.high = shares[shares.size() - 1 - tail];
    return chance;
}

} // namespace

BackTest back_test(const BackTestInput& input) {
    if (input.simulations < 0) {
        throw std::invalid_argument("evaluation: the number of simulations is " +
                                    std::to_string(input.simulations) + ", must be 0 or more");
    }
    const Cells cells = count(input);
    BackTest result;
    result.study_area_km2 = area_km2(input.study_area);
    result.hotspots = forecast_of_hotspots(input, result.study_area_km2);
    const auto number = cells.number_for(result.hotspots.area_km2);
    result.cells = forecast_of_cells(input, cells, number, result.study_area_km2);
    result.best_possible = std::max(best_of(cells.next, number), result.hotspots.next.captured);
    for (auto* forecast : {&result.hotspots, &result.cells}) {
        forecast->pei = efficiency_index(forecast->next.captured, result.best_possible,
                                         static_cast<std::int64_t>(input.next.size()));
    }
    result.chance = by_chance(input, cells, result.hotspots.next.area_share);
    return result;
}

} // namespace hotspots::geo
