#include "geo/density_difference.hpp"

#include "geo/kernel_profile.hpp"
#include "geo/label_maps.hpp"
#include "geo/parallel.hpp"
#include "geo/require.hpp"
#include "geo/shuffle.hpp"
#include "geo/stop.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <mutex>
#include <thread>

namespace hotspots::geo {

namespace {

// Figures that rounding alone tells apart are one.
constexpr double rounding = 1e-9;

void check_difference(const DifferenceRule& rule) {
    require("density difference", rule.bandwidth_m > 0 && std::isfinite(rule.bandwidth_m),
            "the bandwidth", rule.bandwidth_m, "above 0 and finite");
    require("density difference", rule.error_rate > 0 && rule.error_rate < 1, "the error rate",
            rule.error_rate, "above 0 and below 1");
    require("density difference", !rule.share_a || (*rule.share_a > 0 && *rule.share_a < 1),
            "A's share", rule.share_a.value_or(0.5), "above 0 and below 1");
    require("density difference", rule.least_effective >= 1, "the least number of events",
            rule.least_effective, "at least 1");
    require("density difference", rule.permutations >= 0, "the number of permutations",
            rule.permutations, "at least 0");
}

// A's share under the null hypothesis, and the variance of a sum of kernels k over its events: one
// x sum(k^2) - two x sum(k)^2. Events are drawn each by itself, or, where `permuted`, so many of
// all.
struct Null {
    double share = 0;
    double one = 0;
    double two = 0;
    bool permuted = false;
};

Null null_of(const LabelledPlaces& places, const DifferenceRule& rule) {
    if (rule.share_a) {
        return {*rule.share_a, *rule.share_a * (1 - *rule.share_a), 0, false};
    }
    const auto all = static_cast<double>(places.all);
    const auto a = static_cast<double>(places.a);
    if (places.all < 2) {
        return {0, 0, 0, true};
    }
    const double one = a * (all - a) / (all * (all - 1));
    return {a / all, one, one / all, true};
}

struct LabelSums {
    double kernels = 0;
    double squares = 0;
    double excess = 0;
};

// The sums of a row of cells, over the places within reach.
std::vector<LabelSums> sums_of_row(int row, const LabelledPlaces& places, std::size_t first,
                                   std::size_t last, const GridSpec& grid,
                                   const DifferenceRule& rule, double share) {
    std::vector<LabelSums> sums(static_cast<std::size_t>(grid.columns));
    const double reach_m = kernel_reach_m(rule.kernel, rule.bandwidth_m);
    const double scale = 1 / (rule.bandwidth_m * rule.bandwidth_m);
    with_profile(rule.kernel, [&](auto profile) {
        for (auto i = first; i < last; ++i) {
            const auto& place = places.places[i];
            const double dy = place.at.northing_m - grid.centre({0, row}).northing_m;
            const double half2 = reach_m * reach_m - dy * dy;
            if (!(half2 > 0)) {
                continue;
            }
            const auto range = columns_within(grid, place.at.easting_m, std::sqrt(half2));
            const double excess = place.of_a - share * place.events;
            for (int column = range.first; column <= range.last; ++column) {
                const double dx = grid.centre({column, row}).easting_m - place.at.easting_m;
                const double kernel = decltype(profile)::at((dx * dx + dy * dy) * scale);
                auto& sum = sums[static_cast<std::size_t>(column)];
                sum.kernels += kernel * place.events;
                sum.squares += kernel * kernel * place.events;
                sum.excess += kernel * excess;
            }
        }
    });
    return sums;
}

// The cells of a row that are looked at; writes their z into the result.
LabelledRow looked_at(int row, const std::vector<LabelSums>& sums, const DifferenceRule& rule,
                      const Null& null, DensityDifference& result) {
    LabelledRow found;
    found.row = row;
    found.slot.assign(sums.size(), -1);
    for (std::size_t column = 0; column < sums.size(); ++column) {
        const auto& [kernels, squares, excess] = sums[column];
        const double variance = null.one * squares - null.two * kernels * kernels;
        const bool enough = kernels * kernels >= rule.least_effective * squares * (1 - rounding);
        if (!(squares > 0) || !enough || !(variance > rounding * squares)) {
            continue;
        }
        found.slot[column] = static_cast<std::int32_t>(found.columns.size());
        found.columns.push_back(static_cast<int>(column));
        found.inverse_deviation.push_back(1 / std::sqrt(variance));
        const double z = excess * found.inverse_deviation.back();
        result.z.values[result.z.grid.offset({static_cast<int>(column), row})] = z;
        result.largest_z = std::max(result.largest_z, std::abs(z));
    }
    result.tested_cells += found.columns.size();
    return found;
}

std::vector<LabelledRow> rows_of(const LabelledPlaces& places, const GridSpec& grid,
                                 const DifferenceRule& rule, const Null& null,
                                 DensityDifference& result) {
    const double reach_m = kernel_reach_m(rule.kernel, rule.bandwidth_m);
    const auto& all = places.places;
    std::vector<LabelledRow> rows;
    std::size_t first = 0;
    std::size_t last = 0;
    for (int row = 0; row < grid.rows; ++row) {
        stop_if_asked();
        const double northing_m = grid.centre({0, row}).northing_m;
        while (first < all.size() && all[first].at.northing_m <= northing_m - reach_m) {
            ++first;
        }
        last = std::max(first, last);
        while (last < all.size() && all[last].at.northing_m < northing_m + reach_m) {
            ++last;
        }
        if (first == last) {
            continue;
        }
        auto found = looked_at(row, sums_of_row(row, places, first, last, grid, rule, null.share),
                               rule, null, result);
        if (!found.columns.empty()) {
            found.first_place = first;
            found.last_place = last;
            rows.push_back(std::move(found));
        }
    }
    return rows;
}

// The largest deviation on each of the maps drawn.
class LabelledMaps {
public:
    LabelledMaps(const LabelledPlaces& places, const std::vector<LabelledRow>& rows,
                 const GridSpec& grid, const DifferenceRule& rule, const Null& null)
        : m_places(places), m_rows(rows), m_grid(grid), m_rule(rule), m_null(null),
          m_largest(static_cast<std::size_t>(rule.permutations)) {}

    std::vector<double> draw() {
        constexpr auto lanes = static_cast<int>(label_lanes);
        const int batches = (m_rule.permutations + lanes - 1) / lanes;
        const auto processors = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
        for_each_job(batches, m_rule.threads > 0 ? m_rule.threads : processors, [&](int batch) {
            try {
                if (!m_failed) {
                    draw_batch(batch * lanes, std::min(lanes, m_rule.permutations - batch * lanes));
                }
            } catch (...) {
                const std::lock_guard lock(m_mutex);
                m_failed = true;
                m_failure = m_failure ? m_failure : std::current_exception();
            }
        });
        if (m_failure) {
            std::rethrow_exception(m_failure);
        }
        return std::move(m_largest);
    }

private:
    void draw_batch(int first, int maps) {
        std::vector<double> excess(m_places.places.size() * label_lanes);
        for (int lane = 0; lane < maps; ++lane) {
            label(first + lane, excess.data() + lane);
        }
        const auto largest =
            largest_deviations(m_rows, m_places, m_grid, m_rule.kernel, m_rule.bandwidth_m, excess);
        std::copy_n(largest.begin(), maps, m_largest.begin() + first);
        if (m_rule.progress) {
            const std::lock_guard lock(m_mutex);
            m_done += maps;
            m_rule.progress(m_done);
        }
    }

    // Writes what A has at each place beyond its share under a labelling of its own.
    void label(int map, double* excess) const {
        Random random(m_rule.seed, static_cast<std::uint64_t>(map));
        for (std::size_t i = 0; i < m_places.places.size(); ++i) {
            excess[i * label_lanes] = -m_null.share * m_places.places[i].events;
        }
        if (m_null.permuted) {
            auto events = by_place();
            shuffle_first(std::span(events), m_places.a, random);
            for (std::size_t i = 0; i < m_places.a; ++i) {
                excess[events[i] * label_lanes] += 1;
            }
            return;
        }
        for (std::size_t i = 0; i < m_places.places.size(); ++i) {
            for (std::uint32_t event = 0; event < m_places.places[i].events; ++event) {
                excess[i * label_lanes] += random.unit() < m_null.share ? 1 : 0;
            }
        }
    }

    // Each place as often as it has events: an order that does not depend on that of the points.
    std::vector<std::uint32_t> by_place() const {
        std::vector<std::uint32_t> events;
        events.reserve(m_places.all);
        for (std::size_t i = 0; i < m_places.places.size(); ++i) {
            events.insert(events.end(), m_places.places[i].events, static_cast<std::uint32_t>(i));
        }
        return events;
    }

    const LabelledPlaces& m_places;
    const std::vector<LabelledRow>& m_rows;
    const GridSpec& m_grid;
    const DifferenceRule& m_rule;
    const Null m_null;
    std::vector<double> m_largest;
    std::mutex m_mutex;
    int m_done = 0;
    std::atomic<bool> m_failed = false;
    std::exception_ptr m_failure;
};

} // namespace

DensityDifference density_difference(std::span<const BngPoint> a, std::span<const BngPoint> b,
                                     const GridSpec& grid, const DifferenceRule& rule) {
    check_difference(rule);
    const auto places = labelled_places(a, b);
    const auto null = null_of(places, rule);
    DensityDifference result;
    result.z = {grid, std::vector<double>(grid.size())};
    const auto rows = rows_of(places, grid, rule, null, result);
    if (result.tested_cells == 0) {
        return result;
    }
    auto largest = LabelledMaps(places, rows, grid, rule, null).draw();
    const auto as_large = std::ranges::count_if(
        largest, [&](double z) { return z >= result.largest_z * (1 - rounding); });
    result.p = (1.0 + static_cast<double>(as_large)) / (1.0 + static_cast<double>(largest.size()));
    // The observed map counts among those drawn: of them all at most the error rate pass.
    const auto passing =
        static_cast<std::size_t>(rule.error_rate * static_cast<double>(largest.size() + 1));
    if (passing > 0) {
        std::ranges::sort(largest, std::greater{});
        result.critical_z = largest[std::min(passing, largest.size()) - 1] * (1 + rounding);
    }
    return result;
}

} // namespace hotspots::geo
