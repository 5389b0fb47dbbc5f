#include "geo/close_pairs.hpp"

#include "geo/near_repeat.hpp"
#include "geo/stop.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <sstream>
#include <stdexcept>

namespace hotspots::geo {

namespace {

constexpr double farthest_m = 1e9;

struct Entry {
    BngPoint at;
    std::uint64_t cell = 0; // row, then column: the next column's is one more
    std::uint32_t point = 0;
};

constexpr std::uint64_t row_above = std::uint64_t{1} << 32U;

// By cell; cells are as wide as the largest distance, so that partners are in touching ones.
std::vector<Entry> by_cell(std::span<const BngPoint> points, double distance_m) {
    if (points.size() > std::numeric_limits<std::uint32_t>::max()) {
        throw std::invalid_argument("close pairs: more than 2^32 points");
    }
    const double cell_m = std::max(distance_m, 1.0);
    std::vector<Entry> entries;
    entries.reserve(points.size());
    for (const auto& at : points) {
        if (!(std::abs(at.easting_m) <= farthest_m && std::abs(at.northing_m) <= farthest_m)) {
            std::ostringstream message;
            message << "close pairs: a point is " << at.easting_m << ", " << at.northing_m
                    << ", must be within 1e9 m of the grid's origin";
            throw std::invalid_argument(message.str());
        }
        // No column is the row's first or last: neighbours never run over its end.
        const auto column = static_cast<std::uint64_t>((at.easting_m + farthest_m) / cell_m) + 1;
        const auto row = static_cast<std::uint64_t>((at.northing_m + farthest_m) / cell_m) + 1;
        entries.push_back(
            {at, row * row_above + column, static_cast<std::uint32_t>(entries.size())});
    }
    std::ranges::sort(entries, [](const Entry& a, const Entry& b) {
        return a.cell != b.cell ? a.cell < b.cell : a.point < b.point;
    });
    return entries;
}

// Which of the entries after `i` may be its partners: those of its cell and the next in its row,
// and those of three cells of the row above, from `above` on, which only moves forward.
class Partners {
public:
    explicit Partners(const std::vector<Entry>& entries) : m_entries(entries) {}

    // Calls visit(j) for each.
    template <class Visit>
    void of(std::size_t i, const Visit& visit) {
        const auto cell = m_entries[i].cell;
        for (auto j = i + 1; j < m_entries.size() && m_entries[j].cell <= cell + 1; ++j) {
            visit(j);
        }
        while (m_above < m_entries.size() && m_entries[m_above].cell < cell + row_above - 1) {
            ++m_above;
        }
        for (auto j = m_above; j < m_entries.size() && m_entries[j].cell <= cell + row_above + 1;
             ++j) {
            visit(j);
        }
    }

private:
    const std::vector<Entry>& m_entries;
    std::size_t m_above = 0;
};

double squared_distance(const BngPoint& a, const BngPoint& b) {
    const double dx = a.easting_m - b.easting_m;
    const double dy = a.northing_m - b.northing_m;
    return dx * dx + dy * dy;
}

std::vector<double> squares(std::span<const double> upper_ends_m) {
    std::vector<double> result;
    for (const double end : upper_ends_m) {
        result.push_back(end * end);
    }
    return result;
}

std::size_t band_of(const std::vector<double>& squared_ends, double squared) {
    return static_cast<std::size_t>(
        std::lower_bound(squared_ends.begin(), squared_ends.end(), squared) - squared_ends.begin());
}

[[noreturn]] void refuse_pairs(std::int64_t most, double distance_m) {
    std::ostringstream message;
    message << "close pairs: more than " << most << " pairs of points are at most " << distance_m
            << " m apart; take a shorter distance or fewer points";
    throw std::invalid_argument(message.str());
}

// The place that each entry gets: those with a partner first.
std::vector<std::uint32_t> places(const std::vector<std::uint8_t>& has_partner) {
    std::vector<std::uint32_t> place(has_partner.size());
    std::uint32_t next = 0;
    for (const bool wanted : {true, false}) {
        for (std::size_t i = 0; i < place.size(); ++i) {
            if ((has_partner[i] != 0) == wanted) {
                place[i] = next++;
            }
        }
    }
    return place;
}

void add_pair(PairRuns& band, std::uint32_t first, std::uint32_t second) {
    if (band.runs.empty() || band.runs.back().first != first ||
        band.runs.back().count == most_in_run) {
        band.runs.push_back({first, 0});
    }
    ++band.runs.back().count;
    band.second.push_back(second);
}

} // namespace

std::int64_t count_close_pairs(std::span<const BngPoint> points, double distance_m,
                               std::int64_t most) {
    const auto entries = by_cell(points, distance_m);
    Partners partners(entries);
    std::int64_t count = 0;
    for (std::size_t i = 0; i < entries.size() && count <= most; ++i) {
        stop_if_asked();
        partners.of(i, [&](std::size_t j) {
            count += squared_distance(entries[i].at, entries[j].at) <= distance_m * distance_m;
        });
    }
    return count;
}

ClosePairs find_close_pairs(std::span<const BngPoint> points, std::span<const double> upper_ends_m,
                            std::int64_t most) {
    const double distance_m = upper_ends_m.back();
    const auto entries = by_cell(points, distance_m);
    const auto squared_ends = squares(upper_ends_m);
    std::vector<std::uint8_t> has_partner(entries.size());
    std::vector<std::size_t> sizes(upper_ends_m.size());
    std::int64_t count = 0;
    Partners counted(entries);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        stop_if_asked();
        counted.of(i, [&](std::size_t j) {
            const auto band = band_of(squared_ends, squared_distance(entries[i].at, entries[j].at));
            if (band < sizes.size()) {
                ++sizes[band];
                ++count;
                has_partner[i] = has_partner[j] = 1;
            }
        });
        if (count > most) {
            refuse_pairs(most, distance_m);
        }
    }
    const auto place = places(has_partner);
    ClosePairs result;
    result.paired = static_cast<std::size_t>(std::ranges::count(has_partner, 1));
    result.order.resize(entries.size());
    result.bands.resize(sizes.size());
    for (std::size_t band = 0; band < sizes.size(); ++band) {
        result.bands[band].second.reserve(sizes[band]);
    }
    Partners taken(entries);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        stop_if_asked();
        result.order[place[i]] = entries[i].point;
        taken.of(i, [&](std::size_t j) {
            const auto band = band_of(squared_ends, squared_distance(entries[i].at, entries[j].at));
            if (band < sizes.size()) {
                add_pair(result.bands[band], place[i], place[j]);
            }
        });
    }
    return result;
}

} // namespace hotspots::geo
