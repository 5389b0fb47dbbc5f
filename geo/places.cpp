#include "geo/places.hpp"

#include "geo/kernel_profile.hpp"
#include "geo/parallel.hpp"
#include "geo/simd.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <stdexcept>
#include <string>
#include <thread>
#include <tuple>

namespace hotspots::geo {

namespace {

constexpr std::size_t places_per_job = 256;

int threads_asked(std::size_t jobs, int asked) {
    const auto most = std::max(1U, std::thread::hardware_concurrency());
    return static_cast<int>(
        std::min<std::size_t>(asked > 0 ? static_cast<std::size_t>(asked) : most, jobs));
}

using Vector = VectorOf<4>::type;

// Adds the profile at s, times the counts.
template <class Profile>
HOTSPOTS_INLINE void add_profile(Vector& sums, const Vector& s, const Vector& count) {
    if constexpr (Profile::kernel == Kernel::quartic || Profile::kernel == Kernel::epanechnikov) {
        const Vector rest = 1 - s;
        const Vector t = rest > 0 ? rest : Vector{};
        sums += (Profile::kernel == Kernel::quartic ? t * t : t) * count;
    } else {
        for (std::size_t lane = 0; lane < 4; ++lane) {
            sums[lane] += Profile::at(s[lane]) * count[lane];
        }
    }
}

// The sum over places first...last - 1, four at a time: in one order whatever the registers.
template <class Profile>
HOTSPOTS_INLINE double add_range_of(const PlaceSums::Columns& columns, std::size_t first,
                                    std::size_t last, const PlaceSums::Target& target) {
    Vector sums{};
    std::size_t i = first;
    for (; i + 4 <= last; i += 4) {
        Vector dx;
        Vector dy;
        Vector count;
        std::memcpy(&dx, columns.easting + i, sizeof dx);
        std::memcpy(&dy, columns.northing + i, sizeof dy);
        std::memcpy(&count, columns.count + i, sizeof count);
        dx -= target.easting_m;
        dy -= target.northing_m;
        add_profile<Profile>(sums, (dx * dx + dy * dy) * target.per_h2, count);
    }
    double sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    for (; i < last; ++i) {
        const double dx = columns.easting[i] - target.easting_m;
        const double dy = columns.northing[i] - target.northing_m;
        sum += Profile::at((dx * dx + dy * dy) * target.per_h2) * columns.count[i];
    }
    return sum;
}

template <class Profile>
double add_plain(const PlaceSums::Columns& columns, std::size_t first, std::size_t last,
                 const PlaceSums::Target& target) {
    return add_range_of<Profile>(columns, first, last, target);
}

template <class Profile>
HOTSPOTS_TARGET("avx2")
double add_avx2(const PlaceSums::Columns& columns, std::size_t first, std::size_t last,
                const PlaceSums::Target& target) {
    return add_range_of<Profile>(columns, first, last, target);
}

} // namespace

std::vector<Place> collapse(std::span<const BngPoint> points) {
    std::vector<Place> places;
    places.reserve(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (!std::isfinite(points[i].easting_m) || !std::isfinite(points[i].northing_m)) {
            throw std::invalid_argument("places: point " + std::to_string(i) +
                                        " is not finite, must have an easting and a northing");
        }
        places.push_back({points[i], 1});
    }
    const auto key = [](const Place& place) {
        return std::tuple(place.at.easting_m, place.at.northing_m);
    };
    std::ranges::sort(places, {}, key);
    std::size_t last = 0;
    for (std::size_t i = 1; i < places.size(); ++i) {
        if (places[i].at == places[last].at) {
            places[last].count += 1;
        } else {
            places[++last] = places[i];
        }
    }
    places.resize(places.empty() ? 0 : last + 1);
    return places;
}

PlaceSums::PlaceSums(std::span<const Place> places, double usual_reach_m) : m_index(places.size()) {
    if (places.empty()) {
        return;
    }
    const auto northing = [](const Place& place) { return place.at.northing_m; };
    const auto [south, north] = std::ranges::minmax_element(places, {}, northing);
    m_south_m = northing(*south);
    const double height_m = std::min(northing(*north) - m_south_m, 1e300);
    constexpr double most_strips = 1 << 16;
    m_strip_m = std::max({usual_reach_m / 4, height_m / most_strips, 1e-30});
    m_starts.assign(static_cast<std::size_t>(height_m / m_strip_m) + 2, 0);
    std::iota(m_index.begin(), m_index.end(), std::size_t{0});
    std::ranges::sort(m_index, {}, [&](std::size_t i) {
        const auto& at = places[i].at;
        return std::tuple(strip_of(at.northing_m), at.easting_m, at.northing_m);
    });
    for (const auto i : m_index) {
        m_easting.push_back(places[i].at.easting_m);
        m_northing.push_back(places[i].at.northing_m);
        m_count.push_back(places[i].count);
        ++m_starts[strip_of(places[i].at.northing_m) + 1];
    }
    std::partial_sum(m_starts.begin(), m_starts.end(), m_starts.begin());
}

std::size_t PlaceSums::strip_of(double northing_m) const {
    const double strip = (northing_m - m_south_m) / m_strip_m;
    return static_cast<std::size_t>(
        std::clamp(strip, 0.0, static_cast<double>(m_starts.size()) - 2));
}

template <class Profile>
double PlaceSums::sum_at(std::size_t target, double bandwidth_m, bool own,
                         AddRange add_range) const {
    const double reach_m = kernel_reach_m(Profile::kernel, bandwidth_m);
    const Target at{m_easting[target], m_northing[target], 1 / bandwidth_m / bandwidth_m};
    double sum = own ? m_count[target] : 0;
    const std::size_t last = strip_of(at.northing_m + reach_m);
    for (std::size_t strip = strip_of(at.northing_m - reach_m); strip <= last; ++strip) {
        // No place of the strip is nearer to the north or south than this.
        const double south_m = m_south_m + static_cast<double>(strip) * m_strip_m;
        const double away_m =
            std::max({0.0, south_m - at.northing_m, at.northing_m - (south_m + m_strip_m)});
        const double left_m2 = reach_m * reach_m - away_m * away_m;
        const double half_m = 1e-6 * reach_m + std::sqrt(std::max(left_m2, 0.0));
        const auto begin = m_easting.begin() + static_cast<std::ptrdiff_t>(m_starts[strip]);
        const auto end = m_easting.begin() + static_cast<std::ptrdiff_t>(m_starts[strip + 1]);
        const auto from = static_cast<std::size_t>(
            std::lower_bound(begin, end, at.easting_m - half_m) - m_easting.begin());
        const auto to = static_cast<std::size_t>(
            std::upper_bound(begin, end, at.easting_m + half_m) - m_easting.begin());
        const Columns columns{m_easting.data(), m_northing.data(), m_count.data()};
        if (target < from || target >= to) {
            sum += add_range(columns, from, to, at);
        } else {
            sum += add_range(columns, from, target, at) + add_range(columns, target + 1, to, at);
        }
    }
    return sum;
}

std::vector<double> PlaceSums::at_places(Kernel kernel, double bandwidth_m, bool own,
                                         int threads) const {
    const std::size_t count = m_index.size();
    const double peak_per_km2 = kernel_peak_per_km2(kernel, bandwidth_m);
    std::vector<double> sums(count);
    with_profile(kernel, [&](auto profile) {
        using Profile = decltype(profile);
        const AddRange add_range = widest_lanes() >= 4 ? add_avx2<Profile> : add_plain<Profile>;
        const std::size_t jobs = (count + places_per_job - 1) / places_per_job;
        for_each_job(static_cast<int>(jobs), threads_asked(jobs, threads), [&](int job) {
            const auto first = static_cast<std::size_t>(job) * places_per_job;
            for (std::size_t i = first; i < std::min(first + places_per_job, count); ++i) {
                sums[m_index[i]] = peak_per_km2 * sum_at<Profile>(i, bandwidth_m, own, add_range);
            }
        });
    });
    return sums;
}

} // namespace hotspots::geo
