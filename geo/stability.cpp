#include "geo/stability.hpp"

#include "geo/area_clip.hpp"
#include "geo/contour.hpp"
#include "geo/density_resampled.hpp"
#include "geo/hotspot_cover.hpp"
#include "geo/parallel.hpp"
#include "geo/random.hpp"
#include "geo/resampling.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <mutex>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

namespace hotspots::geo {

namespace {

constexpr std::array bandwidth_factors{0.75, 1.25};
constexpr int shifts = 3; // west, south, both

struct Run {
    RunKind kind = RunKind::bandwidth;
    int index = 0; // among those of its kind
};

std::vector<Run> list_runs(const StabilityRuns& runs) {
    std::vector<Run> all;
    const auto add = [&](RunKind kind, int count) {
        for (int i = 0; i < count; ++i) {
            all.push_back({kind, i});
        }
    };
    add(RunKind::bandwidth, static_cast<int>(bandwidth_factors.size()));
    add(RunKind::shift, shifts);
    add(RunKind::jitter, runs.jitter);
    add(RunKind::bootstrap, runs.bootstrap);
    return all;
}

// Still covers what the grid covers.
GridSpec shifted(GridSpec grid, bool west, bool south) {
    grid.south_west.easting_m -= west ? grid.cell_m / 2 : 0;
    grid.columns += west ? 1 : 0;
    grid.south_west.northing_m -= south ? grid.cell_m / 2 : 0;
    grid.rows += south ? 1 : 0;
    return grid;
}

std::vector<BngPoint> repeated(std::span<const BngPoint> points,
                               std::span<const std::uint32_t> times) {
    std::vector<BngPoint> result;
    result.reserve(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        result.insert(result.end(), times[i], points[i]);
    }
    return result;
}

// What all runs share. Immutable.
struct Prepared {
    Prepared(const StabilityInput& asked, const StabilityRuns& made)
        : input(asked), runs(made), cover(asked.hotspots, asked.grid),
          area(cells_in(asked.study_area, asked.grid)), points(asked.points),
          resampled(asked.points, asked.grid, asked.rule.kernel, asked.rule.bandwidth_m) {}

    const StabilityInput& input;
    const StabilityRuns& runs;
    HotspotCover cover;
    std::vector<CellRun> area; // of the study area, on the input's grid
    PointsByNorthing points;
    ResampledDensity resampled;
};

// Makes runs, one after the other; one for each thread.
class Runner {
public:
    explicit Runner(const Prepared& prepared)
        : m_prepared(prepared), m_clip(prepared.input.study_area), m_room(prepared.resampled) {}

    // Whether each hotspot survives.
    std::vector<bool> survivors(const Run& run) {
        switch (run.kind) {
        case RunKind::bandwidth:
            return with_bandwidth(bandwidth_factors[static_cast<std::size_t>(run.index)]);
        case RunKind::shift:
            return with_shift(run.index != 1, run.index != 0);
        case RunKind::jitter:
            return with_jitter(random_of(run));
        case RunKind::bootstrap:
            return with_bootstrap(random_of(run));
        }
        return {};
    }

private:
    Random random_of(const Run& run) const {
        const auto stream = static_cast<std::uint64_t>(run.kind) << 32U;
        return Random(m_prepared.runs.seed, stream | static_cast<std::uint64_t>(run.index));
    }

    Raster density_of(std::span<const BngPoint> points, const GridSpec& grid,
                      double bandwidth_m) const {
        if (m_prepared.input.density) {
            return m_prepared.input.density(points, grid, bandwidth_m);
        }
        return density(points, grid, m_prepared.input.rule.kernel, bandwidth_m, {1, 0});
    }

    // `events(polygon)`: how many lie in it.
    template <class Events>
    std::vector<bool> find(const Raster& raster, std::span<const CellRun> area,
                           const HotspotRule& rule, const Events& events) const {
        const HotspotCover& cover = m_prepared.cover;
        auto covered = cover.zeros();
        for (const auto& region : region_above(raster, hotspot_level(raster, area, rule))) {
            if (!cover.may_touch(region)) {
                continue;
            }
            for (const auto& part : m_clip.clip(region)) {
                if (events(part) >= rule.minimum_events) {
                    cover.add(part, covered);
                }
            }
        }
        std::vector<bool> result(covered.size());
        for (std::size_t i = 0; i < result.size(); ++i) {
            result[i] = cover.half(i, covered);
        }
        return result;
    }

    std::vector<bool> with_bandwidth(double factor) const {
        const auto& input = m_prepared.input;
        auto rule = input.rule;
        rule.bandwidth_m *= factor;
        return find(density_of(input.points, input.grid, rule.bandwidth_m), m_prepared.area, rule,
                    [&](const auto& part) { return m_prepared.points.in(part).size(); });
    }

    std::vector<bool> with_shift(bool west, bool south) const {
        const auto& input = m_prepared.input;
        const auto grid = shifted(input.grid, west, south);
        return find(density_of(input.points, grid, input.rule.bandwidth_m),
                    cells_in(input.study_area, grid), input.rule,
                    [&](const auto& part) { return m_prepared.points.in(part).size(); });
    }

    std::vector<bool> with_jitter(Random random) const {
        const auto& input = m_prepared.input;
        std::vector<BngPoint> moved(input.points.size());
        for (std::size_t i = 0; i < moved.size(); ++i) {
            moved[i] = jittered(input.points[i], input.uncertainty_m[i], random);
        }
        const PointsByNorthing sorted(moved);
        return find(density_of(moved, input.grid, input.rule.bandwidth_m), m_prepared.area,
                    input.rule, [&](const auto& part) { return sorted.in(part).size(); });
    }

    std::vector<bool> with_bootstrap(Random random) {
        m_weights.resize(m_prepared.input.points.size());
        draw_bootstrap(m_weights, random);
        const auto drawn = [&](const auto& part) {
            const auto inside = m_prepared.points.in(part);
            return std::accumulate(
                inside.begin(), inside.end(), std::size_t{0},
                [&](std::size_t sum, std::uint32_t i) { return sum + m_weights[i]; });
        };
        const auto& input = m_prepared.input;
        if (input.density) {
            const auto raster =
                density_of(repeated(input.points, m_weights), input.grid, input.rule.bandwidth_m);
            return find(raster, m_prepared.area, input.rule, drawn);
        }
        return find(m_prepared.resampled.compute(m_weights, m_room), m_prepared.area, input.rule,
                    drawn);
    }

    const Prepared& m_prepared;
    AreaClip m_clip;
    ResampledDensity::Room m_room;
    std::vector<std::uint32_t> m_weights;
};

// Runs handed out to threads, and what they found.
class Tally {
public:
    Tally(std::vector<Run> runs, std::size_t hotspots,
          const std::function<void(int, int)>& progress)
        : m_runs(std::move(runs)), m_result(hotspots), m_progress(progress) {}

    void work(const Prepared& prepared) noexcept {
        try {
            std::optional<Runner> runner;
            for (std::size_t i = m_next++; i < m_runs.size() && !m_failed; i = m_next++) {
                if (!runner) {
                    runner.emplace(prepared);
                }
                add(m_runs[i].kind, runner->survivors(m_runs[i]));
            }
        } catch (...) {
            const std::lock_guard lock(m_mutex);
            m_failure = m_failed ? m_failure : std::current_exception();
            m_failed = true;
        }
    }

    std::vector<HotspotSurvival> take() {
        if (m_failure) {
            std::rethrow_exception(m_failure);
        }
        return std::move(m_result);
    }

    std::size_t runs() const { return m_runs.size(); }

private:
    void add(RunKind kind, const std::vector<bool>& survivors) {
        const std::lock_guard lock(m_mutex);
        for (std::size_t i = 0; i < survivors.size(); ++i) {
            auto& survival = m_result[i].of_kind[static_cast<std::size_t>(kind)];
            ++survival.runs;
            survival.survived += survivors[i] ? 1 : 0;
        }
        ++m_done;
        if (m_progress && !m_failed) {
            // Before the lock goes: no other thread is to call it once it has thrown.
            try {
                m_progress(m_done, static_cast<int>(m_runs.size()));
            } catch (...) {
                m_failure = std::current_exception();
                m_failed = true;
            }
        }
    }

    const std::vector<Run> m_runs;
    std::atomic<std::size_t> m_next = 0;
    std::atomic<bool> m_failed = false;
    std::mutex m_mutex;
    std::vector<HotspotSurvival> m_result;
    int m_done = 0;
    std::exception_ptr m_failure;
    const std::function<void(int, int)>& m_progress;
};

void require_runs(bool holds, const std::string& message) {
    if (!holds) {
        throw std::invalid_argument("stability: " + message);
    }
}

void check_stability(const StabilityInput& input, const StabilityRuns& runs) {
    require_runs(input.uncertainty_m.size() == input.points.size(),
                 std::to_string(input.uncertainty_m.size()) + " uncertainties for " +
                     std::to_string(input.points.size()) + " points, must be one for each");
    require_runs(
        std::ranges::all_of(input.uncertainty_m,
                            [](float value) { return value >= 0 && std::isfinite(value); }),
        "an uncertainty is negative or not finite, must be a radius in metres");
    require_runs(runs.jitter >= 0 && runs.bootstrap >= 0,
                 "the number of runs is negative, must be 0 or more of each kind");
}

} // namespace

Survival HotspotSurvival::overall() const {
    Survival sum;
    for (const auto& kind : of_kind) {
        sum.survived += kind.survived;
        sum.runs += kind.runs;
    }
    return sum;
}

std::vector<HotspotSurvival> hotspot_survival(const StabilityInput& input,
                                              const StabilityRuns& runs) {
    check_stability(input, runs);
    if (input.hotspots.empty()) {
        return {};
    }
    const Prepared prepared(input, runs);
    Tally tally(list_runs(runs), input.hotspots.size(), runs.progress);
    const int threads = runs.threads > 0
                            ? runs.threads
                            : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    for_each_job(threads, threads, [&](int) { tally.work(prepared); });
    return tally.take();
}

} // namespace hotspots::geo
