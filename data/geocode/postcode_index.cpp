#include "data/geocode/postcode_index.hpp"

#include "data/geocode/postcode_text.hpp"
#include "geo/crs.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace hotspots::data {
namespace {

constexpr double cell_m = 500;

std::uint32_t cell_of(const geo::BngPoint& point, int east = 0, int north = 0) {
    const auto column = static_cast<std::int64_t>(std::floor(point.easting_m / cell_m)) + east;
    const auto row = static_cast<std::int64_t>(std::floor(point.northing_m / cell_m)) + north;
    return static_cast<std::uint32_t>(column * 65536 + row);
}

// Lists round to a metre: what is closer is the same point.
std::uint64_t spot_of(const geo::BngPoint& point) {
    const auto east = static_cast<std::uint64_t>(std::llround(point.easting_m));
    const auto north = static_cast<std::uint64_t>(std::llround(point.northing_m));
    return (east << 32) | north;
}

struct Listed {
    std::string code;
    geo::BngPoint point;
};

std::vector<Listed> readable(std::span<const Postcode> postcodes) {
    std::vector<Listed> listed;
    listed.reserve(postcodes.size());
    for (const auto& postcode : postcodes) {
        auto code = normalised_postcode(postcode.code);
        const auto point = geo::to_bng(postcode.point);
        if (code && point) {
            listed.push_back({std::move(*code), *point});
        }
    }
    return listed;
}

// Different postcodes at each spot: the same one from two lists counts once.
std::unordered_map<std::uint64_t, std::uint16_t> count_sharing(std::span<const Listed> listed) {
    std::vector<std::pair<std::uint64_t, std::string_view>> spots;
    spots.reserve(listed.size());
    for (const auto& entry : listed) {
        spots.emplace_back(spot_of(entry.point), entry.code);
    }
    std::sort(spots.begin(), spots.end());
    spots.erase(std::unique(spots.begin(), spots.end()), spots.end());
    std::unordered_map<std::uint64_t, std::uint16_t> sharing;
    for (const auto& [spot, code] : spots) {
        auto& count = sharing[spot];
        count = static_cast<std::uint16_t>(std::min(count + 1, 65535));
    }
    return sharing;
}

} // namespace

PostcodeIndex::PostcodeIndex(std::span<const Postcode> postcodes) {
    auto listed = readable(postcodes);
    const auto sharing = count_sharing(listed);
    m_points.reserve(listed.size());
    for (auto& entry : listed) {
        const std::uint16_t others = sharing.at(spot_of(entry.point));
        const std::string sector = entry.code.substr(0, entry.code.size() - 2);
        const std::string district = entry.code.substr(0, entry.code.size() - 4);
        m_cells[sector].insert(cell_of(entry.point));
        m_cells[district].insert(cell_of(entry.point));
        const PostcodePoint point{entry.point, others, 0};
        const auto [at, added] = m_points.emplace(std::move(entry.code), point);
        if (!added && others < at->second.sharing) {
            at->second = point;
        }
    }
    measure_spacing();
}

void PostcodeIndex::measure_spacing() {
    std::unordered_map<std::uint32_t, std::vector<geo::BngPoint>> by_cell;
    for (const auto& [code, postcode] : m_points) {
        by_cell[cell_of(postcode.point)].push_back(postcode.point);
    }
    for (auto& [code, postcode] : m_points) {
        double nearest = std::numeric_limits<double>::infinity();
        for (int east = -1; east <= 1; ++east) {
            for (int north = -1; north <= 1; ++north) {
                const auto cell = by_cell.find(cell_of(postcode.point, east, north));
                if (cell == by_cell.end()) {
                    continue;
                }
                for (const auto& other : cell->second) {
                    const double distance =
                        std::hypot(other.easting_m - postcode.point.easting_m,
                                   other.northing_m - postcode.point.northing_m);
                    nearest = distance > 2 ? std::min(nearest, distance) : nearest;
                }
            }
        }
        postcode.spacing_m = std::isfinite(nearest) ? static_cast<float>(nearest) : 0;
    }
}

const PostcodePoint* PostcodeIndex::find(const std::string& code) const {
    const auto found = m_points.find(code);
    return found != m_points.end() ? &found->second : nullptr;
}

bool PostcodeIndex::near(const std::string& part, const geo::BngPoint& point) const {
    const auto cells = m_cells.find(part);
    if (cells == m_cells.end()) {
        return false;
    }
    for (int east = -1; east <= 1; ++east) {
        for (int north = -1; north <= 1; ++north) {
            if (cells->second.contains(cell_of(point, east, north))) {
                return true;
            }
        }
    }
    return false;
}

std::size_t PostcodeIndex::memory_bytes() const {
    constexpr std::size_t node = 2 * sizeof(void*);
    std::size_t bytes = m_points.size() * (sizeof(std::pair<std::string, PostcodePoint>) + node) +
                        m_points.bucket_count() * sizeof(void*);
    for (const auto& [part, cells] : m_cells) {
        bytes +=
            sizeof(part) + sizeof(cells) + node + cells.size() * (sizeof(std::uint32_t) + node);
    }
    return bytes;
}

} // namespace hotspots::data
