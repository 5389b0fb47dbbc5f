#include "data/reference/open_names.hpp"

#include "data/errors.hpp"
#include "geo/crs.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <functional>
#include <optional>
#include <string_view>

namespace hotspots::data {
namespace {

// Columns of the product guide, from 0.
constexpr std::size_t columns = 34;
constexpr std::size_t name_1 = 2;
constexpr std::size_t type_column = 6;
constexpr std::size_t local_type = 7;
constexpr std::size_t easting = 8;
constexpr std::size_t northing = 9;
constexpr std::size_t box_x_min = 12; // then y min, x max, y max

using Row = std::vector<std::string>;

// One line of RFC 4180 CSV; a quoted field holds no line break in this product.
Row split(std::string_view line) {
    Row row(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
            row.back() += line[++i];
        } else if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            row.emplace_back();
        } else if (c != '\r') {
            row.back() += c;
        }
    }
    return row;
}

std::optional<double> number(std::string_view text) {
    double value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = result.ec == std::errc() && result.ptr == text.data() + text.size();
    return whole ? std::optional(value) : std::nullopt;
}

[[noreturn]] void refuse(const std::string& path, std::size_t line, const std::string& what) {
    throw InputError(path + ", line " + std::to_string(line) + ": " + what +
                     "; OS Open Names has 34 columns without a header, eastings and northings in "
                     "columns 9 and 10");
}

geo::LonLat point_of(const Row& row, const std::string& path, std::size_t line) {
    const auto east = number(row[easting]);
    const auto north = number(row[northing]);
    const auto point = east && north ? geo::to_lon_lat({*east, *north}) : std::nullopt;
    if (!point) {
        refuse(path, line,
               "no grid coordinates in '" + row[easting] + "', '" + row[northing] + "'");
    }
    return *point;
}

void each_row(const std::string& path,
              const std::function<void(const Row&, const geo::LonLat&)>& take) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        throw InputError(path + ": cannot be opened for reading");
    }
    std::string line;
    for (std::size_t at = 1; std::getline(file, line); ++at) {
        if (at == 1 && line.starts_with("\xEF\xBB\xBF")) {
            line.erase(0, 3);
        }
        if (line.empty() || line == "\r") {
            continue;
        }
        const Row row = split(line);
        if (row.size() != columns) {
            refuse(path, at, std::to_string(row.size()) + " columns");
        }
        take(row, point_of(row, path, at));
    }
}

std::optional<PlaceKind> kind_of(const Row& row) {
    constexpr std::array<std::string_view, 3> roads = {"Named Road", "Section Of Named Road",
                                                       "Numbered Road"};
    constexpr std::array<std::string_view, 11> sites = {"Hospital",
                                                        "Hospice",
                                                        "Railway Station",
                                                        "Bus Station",
                                                        "Coach Station",
                                                        "Primary Education",
                                                        "Secondary Education",
                                                        "Higher or University Education",
                                                        "Sports And Leisure Centre",
                                                        "Medical Care Accommodation",
                                                        "Further Education"};
    const std::string& local = row[local_type];
    if (std::find(roads.begin(), roads.end(), local) != roads.end()) {
        return PlaceKind::street;
    }
    if (row[type_column] == "populatedPlace") {
        return PlaceKind::place;
    }
    const bool site = std::find(sites.begin(), sites.end(), local) != sites.end();
    return site ? std::optional(PlaceKind::poi) : std::nullopt;
}

std::optional<double> radius_of(const Row& row) {
    std::array<double, 4> box{};
    for (std::size_t i = 0; i < box.size(); ++i) {
        const auto value = number(row[box_x_min + i]);
        if (!value) {
            return std::nullopt;
        }
        box[i] = *value;
    }
    return std::max(box[2] - box[0], box[3] - box[1]) / 2;
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

} // namespace

std::vector<NamedPlace> read_open_names(const std::string& path) {
    std::vector<NamedPlace> places;
    each_row(path, [&](const Row& row, const geo::LonLat& point) {
        if (const auto kind = kind_of(row); kind && !row[name_1].empty()) {
            NamedPlace place;
            place.name = row[name_1];
            place.kind = *kind;
            place.category = *kind == PlaceKind::street ? "" : lower(row[local_type]);
            place.point = point;
            place.radius_m = radius_of(row);
            places.push_back(std::move(place));
        }
    });
    return places;
}

std::vector<Postcode> read_open_names_postcodes(const std::string& path) {
    std::vector<Postcode> postcodes;
    each_row(path, [&](const Row& row, const geo::LonLat& point) {
        if (row[local_type] == "Postcode") {
            postcodes.push_back({row[name_1], point, ""});
        }
    });
    return postcodes;
}

} // namespace hotspots::data
