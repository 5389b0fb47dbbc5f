#include "data/quality/null_coordinates.hpp"

#include "geo/crs.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <string_view>

namespace hotspots::data {

namespace {

// 9, 99, 999 … of at least two figures, of either sign; what follows the point does not matter.
bool is_nines(double value) {
    const double whole = std::trunc(std::abs(value));
    for (double nines = 99; nines <= whole; nines = 10 * nines + 9) {
        if (whole == nines) {
            return true;
        }
    }
    return false;
}

std::string_view why_null(double x, double y) {
    return x == 0 || y == 0             ? "a coordinate is 0"
           : x == y                     ? "both coordinates are equal"
           : is_nines(x) && is_nines(y) ? "both coordinates are nines"
                                        : "";
}

std::string number(double value) {
    std::array<char, 40> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value);
    return {text.data(), end.ptr};
}

std::string pair_text(std::string_view x_name, double x, std::string_view y_name, double y) {
    return std::string(x_name) + ' ' + number(x) + ", " + std::string(y_name) + ' ' + number(y);
}

} // namespace

std::vector<NullCoordinates> null_coordinates(const Snapshot& snapshot) {
    std::map<std::string, NullCoordinates> by_text;
    for (std::uint32_t i = 0; i < snapshot.incidents.size(); ++i) {
        const auto& record = snapshot.incidents[i].record;
        std::string text;
        std::string_view why;
        if (const auto& bng = record.given_bng) {
            why = why_null(bng->easting_m, bng->northing_m);
            text = why.empty() ? text
                               : pair_text("easting", bng->easting_m, "northing", bng->northing_m);
        }
        if (const auto& at = record.given_lon_lat; at && why.empty()) {
            why = why_null(at->lon_deg, at->lat_deg);
            text =
                why.empty() ? text : pair_text("longitude", at->lon_deg, "latitude", at->lat_deg);
        }
        if (why.empty()) {
            continue;
        }
        auto& entry = by_text[text];
        if (entry.incidents.empty()) {
            entry.text = text;
            entry.why = why;
            const bool grid = text.starts_with("easting");
            entry.bng = grid ? record.given_bng : geo::to_bng(*record.given_lon_lat);
            entry.lon_lat = grid ? geo::to_lon_lat(*record.given_bng) : record.given_lon_lat;
        }
        entry.incidents.push_back(i);
    }
    std::vector<NullCoordinates> found;
    for (auto& [text, entry] : by_text) {
        found.push_back(std::move(entry));
    }
    return found;
}

bool is_kilometre_corner(const Stack& stack) {
    const auto whole = [](double metres) { return std::fmod(metres, 1000) == 0; };
    return stack.level == GeocodeLevel::given && whole(stack.point.easting_m) &&
           whole(stack.point.northing_m);
}

} // namespace hotspots::data
