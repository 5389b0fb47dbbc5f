#include "geo/near_repeat.hpp"

#include "geo/close_pairs.hpp"
#include "geo/delay_counts.hpp"
#include "geo/parallel.hpp"
#include "geo/require.hpp"
#include "geo/shuffle.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <limits>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace hotspots::geo {

namespace {

constexpr int most_band_days = 3650;
constexpr std::int64_t most_code = std::numeric_limits<std::int16_t>::max();

template <class Number>
void check_ends(const std::vector<Number>& ends, const char* what, double most, const char* right) {
    require("near repeats", !ends.empty(), what, 0, "at least one");
    double before = -1;
    for (const auto end : ends) {
        const auto value = static_cast<double>(end);
        require("near repeats", value > before && value >= 0 && value <= most, what, value, right);
        before = value;
    }
}

void check_events(std::span<const BngPoint> points, std::span<const std::int32_t> day,
                  const NearRepeatBands& bands, const NearRepeatRun& run) {
    require("near repeats", points.size() == day.size(), "the number of days",
            static_cast<double>(day.size()), "one a point");
    check_ends(bands.distances_m, "a band's end in metres", 1e6,
               "0 to 1,000,000 and above the one before");
    check_ends(bands.days, "a band's end in days", most_band_days,
               "0 to 3,650 and above the one before");
    require("near repeats", run.permutations >= 0, "the number of permutations", run.permutations,
            "at least 0");
}

// Days as small numbers: gaps longer than the largest band are shortened to just beyond it, which
// changes no count.
std::vector<std::int16_t> small_days(std::span<const std::int32_t> day, int longest_days) {
    std::vector<std::int32_t> known(day.begin(), day.end());
    std::ranges::sort(known);
    known.erase(std::unique(known.begin(), known.end()), known.end());
    std::vector<std::int16_t> small(known.size());
    std::int64_t next = 0;
    for (std::size_t i = 0; i < known.size(); ++i) {
        const auto gap = i == 0 ? 0 : std::int64_t{known[i]} - known[i - 1];
        next += std::min<std::int64_t>(gap, std::int64_t{longest_days} + 1);
        require("near repeats", next <= most_code, "the span of the days",
                static_cast<double>(next), "at most 32,767 without its long gaps");
        small[i] = static_cast<std::int16_t>(next);
    }
    std::vector<std::int16_t> codes;
    codes.reserve(day.size());
    for (const auto d : day) {
        const auto at = std::ranges::lower_bound(known, d) - known.begin();
        codes.push_back(small[static_cast<std::size_t>(at)]);
    }
    return codes;
}

// Pairs of any two events by band of delay.
std::vector<std::int64_t> pairs_by_delay(std::vector<std::int16_t> codes,
                                         const std::vector<int>& ends) {
    std::ranges::sort(codes);
    std::vector<std::int64_t> within;
    std::int64_t before = 0;
    for (const int end : ends) {
        std::int64_t count = 0;
        std::size_t first = 0;
        for (std::size_t i = 0; i < codes.size(); ++i) {
            while (codes[i] - codes[first] > end) {
                ++first;
            }
            count += static_cast<std::int64_t>(i - first);
        }
        within.push_back(count - before);
        before = count;
    }
    return within;
}

// Counts pairs by bands for the events' own order of days (run 0) and for permutations of it.
class Simulation {
public:
    Simulation(const ClosePairs& pairs, std::span<const std::int16_t> codes,
               const NearRepeatBands& bands, const NearRepeatRun& run)
        : m_pairs(pairs), m_limits(bands.days.begin(), bands.days.end()), m_seed(run.seed),
          m_lanes(run.lanes > 0 ? std::min(run.lanes, most_delay_lanes()) : most_delay_lanes()),
          m_count(delay_counter(m_lanes)), m_runs(run.permutations + 1), m_progress(run.progress) {
        m_codes.reserve(codes.size());
        for (const auto point : pairs.order) {
            m_codes.push_back(codes[point]);
        }
        m_counts.resize(static_cast<std::size_t>(m_runs) * cells());
    }

    std::size_t cells() const { return m_pairs.bands.size() * m_limits.size(); }

    void make(int threads) {
        const int batches = (m_runs - 1) / m_lanes + 1;
        for_each_job(batches, threads, [&](int batch) {
            try {
                if (!m_failed) {
                    make_batch(batch * m_lanes, std::min(m_lanes, m_runs - batch * m_lanes));
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
    }

    // Of the cells of a run, by band of distance, then of delay.
    std::span<const std::uint32_t> counts(int run) const {
        return std::span(m_counts).subspan(static_cast<std::size_t>(run) * cells(), cells());
    }

private:
    void make_batch(int first, int runs) {
        const auto lanes = static_cast<std::size_t>(m_lanes);
        std::vector<std::int16_t> code(m_pairs.paired * lanes);
        std::vector<std::int16_t> days;
        for (int lane = 0; lane < runs; ++lane) {
            days = m_codes;
            if (first + lane > 0) {
                Random random(m_seed, static_cast<std::uint64_t>(first + lane));
                shuffle_first(std::span(days), m_pairs.paired, random);
            }
            for (std::size_t place = 0; place < m_pairs.paired; ++place) {
                code[place * lanes + static_cast<std::size_t>(lane)] = days[place];
            }
        }
        std::vector<std::uint32_t> within(m_limits.size() * lanes);
        for (std::size_t band = 0; band < m_pairs.bands.size(); ++band) {
            m_count(m_pairs.bands[band], code.data(), m_limits, within.data());
            for (int lane = 0; lane < runs; ++lane) {
                keep(band, first + lane, within.data() + lane);
            }
        }
        tell(runs);
    }

    // From 'at most so many days' to bands.
    void keep(std::size_t band, int run, const std::uint32_t* within) {
        auto* const out =
            m_counts.data() + static_cast<std::size_t>(run) * cells() + band * m_limits.size();
        std::uint32_t before = 0;
        for (std::size_t k = 0; k < m_limits.size(); ++k) {
            const auto count = within[k * static_cast<std::size_t>(m_lanes)];
            out[k] = count - before;
            before = count;
        }
    }

    void tell(int runs) {
        if (m_progress) {
            const std::lock_guard lock(m_mutex);
            m_done += runs;
            m_progress(std::max(m_done - 1, 0)); // the first is no permutation
        }
    }

    const ClosePairs& m_pairs;
    std::vector<std::int16_t> m_limits;
    std::vector<std::int16_t> m_codes; // by place
    std::uint64_t m_seed;
    int m_lanes;
    CountDelays m_count;
    int m_runs;
    std::function<void(int)> m_progress;
    std::vector<std::uint32_t> m_counts;
    std::mutex m_mutex;
    int m_done = 0;
    std::atomic<bool> m_failed = false;
    std::exception_ptr m_failure;
};

std::vector<NearRepeatCell> make_cells(const Simulation& simulation, const NearRepeat& totals,
                                       int permutations) {
    std::vector<NearRepeatCell> cells(simulation.cells());
    const auto observed = simulation.counts(0);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        auto& cell = cells[i];
        cell.observed = observed[i];
        std::int64_t sum = 0;
        int as_many = 0;
        for (int run = 1; run <= permutations; ++run) {
            const auto simulated = simulation.counts(run)[i];
            sum += simulated;
            as_many += simulated >= observed[i];
        }
        if (permutations > 0) {
            cell.permutation_mean = static_cast<double>(sum) / permutations;
            cell.p = (1.0 + as_many) / (1.0 + permutations);
        }
        const auto delays = totals.within_days.size();
        if (totals.pairs > 0) {
            cell.expected = static_cast<double>(totals.within_band[i / delays]) *
                            static_cast<double>(totals.within_days[i % delays]) /
                            static_cast<double>(totals.pairs);
        }
    }
    return cells;
}

} // namespace

std::optional<double> NearRepeatCell::ratio() const {
    return expected > 0 ? std::optional(static_cast<double>(observed) / expected) : std::nullopt;
}

NearRepeat near_repeat(std::span<const BngPoint> points, std::span<const std::int32_t> day,
                       const NearRepeatBands& bands, const NearRepeatRun& run) {
    check_events(points, day, bands, run);
    const auto codes = small_days(day, bands.days.back());
    const auto pairs = find_close_pairs(points, bands.distances_m, most_close_pairs);
    NearRepeat result;
    const auto count = static_cast<std::int64_t>(points.size());
    result.pairs = count * (count - 1) / 2;
    for (const auto& band : pairs.bands) {
        result.within_band.push_back(static_cast<std::int64_t>(band.second.size()));
    }
    result.within_days = pairs_by_delay(codes, bands.days);
    Simulation simulation(pairs, codes, bands, run);
    const auto processors = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    simulation.make(run.threads > 0 ? run.threads : processors);
    result.cells = make_cells(simulation, result, run.permutations);
    return result;
}

} // namespace hotspots::geo
