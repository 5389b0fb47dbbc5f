#include "data/reference/open_names.hpp"

#include "data/ascii.hpp"
#include "data/geocode/postcode_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace hotspots::data {
namespace {

constexpr std::array<std::string_view, 34> open_names_columns{"ID",
                                                              "NAMES_URI",
                                                              "NAME1",
                                                              "NAME1_LANG",
                                                              "NAME2",
                                                              "NAME2_LANG",
                                                              "TYPE",
                                                              "LOCAL_TYPE",
                                                              "GEOMETRY_X",
                                                              "GEOMETRY_Y",
                                                              "MOST_DETAIL_VIEW_RES",
                                                              "LEAST_DETAIL_VIEW_RES",
                                                              "MBR_XMIN",
                                                              "MBR_YMIN",
                                                              "MBR_XMAX",
                                                              "MBR_YMAX",
                                                              "POSTCODE_DISTRICT",
                                                              "POSTCODE_DISTRICT_URI",
                                                              "POPULATED_PLACE",
                                                              "POPULATED_PLACE_URI",
                                                              "POPULATED_PLACE_TYPE",
                                                              "DISTRICT_BOROUGH",
                                                              "DISTRICT_BOROUGH_URI",
                                                              "DISTRICT_BOROUGH_TYPE",
                                                              "COUNTY_UNITARY",
                                                              "COUNTY_UNITARY_URI",
                                                              "COUNTY_UNITARY_TYPE",
                                                              "REGION",
                                                              "REGION_URI",
                                                              "COUNTRY",
                                                              "COUNTRY_URI",
                                                              "RELATED_SPATIAL_OBJECT",
                                                              "SAME_AS_DBPEDIA",
                                                              "SAME_AS_GEONAMES"};

constexpr std::size_t name_1 = 2;
constexpr std::size_t type_column = 6;
constexpr std::size_t local_type = 7;
constexpr std::size_t easting = 8;
constexpr std::size_t northing = 9;
constexpr std::size_t box_x_min = 12; // then y min, x max, y max
constexpr std::size_t district = 21;
constexpr std::size_t county = 24;

bool is_number(std::string_view text) {
    double value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    return result.ec == std::errc() && result.ptr == text.data() + text.size();
}

bool has_header(const TableFile& table) {
    return table.first_row()[name_1] == open_names_columns[name_1];
}

void use_open_names_layout(TableFile& table) {
    if (has_header(table)) {
        table.use_header();
    } else {
        table.use_columns(open_names_columns);
    }
}

std::optional<geo::LonLat> read_grid_point(FieldReader& fields) {
    return read_point(fields, {{}, {}, easting, northing});
}

std::optional<PlaceKind> kind_of(const FieldReader& fields) {
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
    const auto local = fields.text(local_type);
    if (std::find(roads.begin(), roads.end(), local) != roads.end()) {
        return PlaceKind::street;
    }
    if (fields.text(type_column) == "populatedPlace") {
        return PlaceKind::place;
    }
    const bool site = std::find(sites.begin(), sites.end(), local) != sites.end();
    return site ? std::optional(PlaceKind::poi) : std::nullopt;
}

std::optional<double> read_radius(FieldReader& fields) {
    std::array<double, 4> box{};
    for (std::size_t i = 0; i < box.size(); ++i) {
        const auto value = fields.number(box_x_min + i);
        if (!value) {
            return std::nullopt;
        }
        box[i] = *value;
    }
    return std::max(box[2] - box[0], box[3] - box[1]) / 2;
}

// Rejects the row, returning none, where it names nothing or lies nowhere.
std::optional<NamedPlace> read_place(FieldReader& fields, PlaceKind kind) {
    NamedPlace place;
    place.name = fields.text(name_1);
    if (place.name.empty()) {
        fields.reject(name_1, "empty; expected a name");
    }
    place.kind = kind;
    place.category = kind == PlaceKind::street ? "" : lower_case(fields.text(local_type));
    const auto authority = fields.text(district);
    place.authority = authority.empty() ? fields.text(county) : authority;
    place.radius_m = read_radius(fields);
    const auto point = read_grid_point(fields);
    if (!point || fields.fault()) {
        return std::nullopt;
    }
    place.point = *point;
    return place;
}

} // namespace

bool is_open_names(const TableFile& table) {
    const auto first = table.first_row();
    return first.size() == open_names_columns.size() &&
           (has_header(table) || (is_number(first[easting]) && is_number(first[northing])));
}

ReferenceRows<NamedPlace> read_open_names(TableFile& table, PlaceKind wanted) {
    use_open_names_layout(table);
    ReferenceRows<NamedPlace> result;
    result.rows = table.each(
        [&](FieldReader& fields) {
            const auto kind = kind_of(fields);
            if (!kind || (*kind == PlaceKind::street) != (wanted == PlaceKind::street)) {
                return;
            }
            if (auto place = read_place(fields, *kind)) {
                result.entries.push_back(std::move(*place));
            }
        },
        [&](Reject fault) { result.reject(std::move(fault)); });
    result.note = wanted == PlaceKind::street
                      ? "OS Open Names: its roads; kind places takes the rest"
                      : "OS Open Names: its places and sites; kind streets takes the roads";
    return result;
}

ReferenceRows<Postcode> read_open_names_postcodes(TableFile& table) {
    use_open_names_layout(table);
    ReferenceRows<Postcode> result;
    result.rows = table.each(
        [&](FieldReader& fields) {
            if (fields.text(local_type) != "Postcode") {
                return;
            }
            const auto code = normalised_postcode(fields.text(name_1));
            if (!code) {
                fields.reject(name_1, "expected a postcode, such as LE1 5YA");
            }
            if (const auto point = read_grid_point(fields); point && code) {
                result.entries.push_back({*code, *point, {}});
            }
        },
        [&](Reject fault) { result.reject(std::move(fault)); });
    result.note = "OS Open Names: its postcodes";
    return result;
}

} // namespace hotspots::data
