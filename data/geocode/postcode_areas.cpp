#include "data/geocode/postcode_areas.hpp"

#include "data/geocode/answer_codes.hpp"
#include "data/geocode/gazetteer.hpp"
#include "data/geocode/index.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace hotspots::data {
namespace {

constexpr std::int64_t least_postcodes = 3;

struct Sum {
    double easting_m = 0;
    double northing_m = 0;
    std::int64_t postcodes = 0;
    void add(const Sum& other) {
        easting_m += other.easting_m;
        northing_m += other.northing_m;
        postcodes += other.postcodes;
    }
};

} // namespace

std::vector<PostcodeArea> postcode_areas(const Gazetteer& gazetteer) {
    std::unordered_map<std::string_view, Sum> sectors;
    for (const auto& [code, postcode] : gazetteer.index().postcodes.points()) {
        const auto sector = std::string_view(code).substr(0, code.size() - 2);
        sectors[sector].add({postcode.point.easting_m, postcode.point.northing_m, 1});
    }
    std::map<std::string_view, Sum> areas(sectors.begin(), sectors.end());
    for (const auto& [sector, sum] : sectors) {
        areas[sector.substr(0, sector.find(' '))].add(sum);
    }
    std::vector<PostcodeArea> result;
    for (const auto& [code, sum] : areas) {
        if (sum.postcodes >= least_postcodes) {
            const auto count = static_cast<double>(sum.postcodes);
            result.push_back({std::string(code),
                              {sum.easting_m / count, sum.northing_m / count},
                              sum.postcodes});
        }
    }
    return result;
}

std::vector<SharedPostcodePoint> shared_postcode_points(const Gazetteer& gazetteer) {
    std::map<std::pair<std::int64_t, std::int64_t>, SharedPostcodePoint> by_point;
    for (const auto& [code, postcode] : gazetteer.index().postcodes.points()) {
        if (postcode.sharing <= most_sharing_postcodes) {
            continue;
        }
        const auto& at = postcode.point;
        auto& shared = by_point[{std::llround(at.easting_m), std::llround(at.northing_m)}];
        if (shared.code.empty() || code < shared.code) {
            shared = {code, at, postcode.sharing};
        }
    }
    std::vector<SharedPostcodePoint> result;
    for (auto& [point, shared] : by_point) {
        result.push_back(std::move(shared));
    }
    std::sort(result.begin(), result.end(),
              [](const auto& a, const auto& b) { return a.code < b.code; });
    return result;
}

} // namespace hotspots::data
