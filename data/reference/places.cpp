#include "data/reference/open_names.hpp"
#include "data/reference/readers.hpp"
#include "data/reference/table_file.hpp"

namespace hotspots::data {

namespace {

struct PlaceColumns {
    std::size_t name;
    Column kind;
    Column category;
    Column radius;
    Column ward_code;
    Column ward;
    Column authority;
    PointColumns point;
};

PlaceColumns find_place_columns(const TableFile& table) {
    return {table.require({"name", "street", "name1"}, "'name'"),
            table.find({"kind"}),
            table.find({"category", "type"}),
            table.find({"radius_m"}),
            table.find(ward_code_columns),
            table.find(ward_name_columns),
            table.find(authority_name_columns),
            find_point_columns(table)};
}

PlaceKind read_kind(FieldReader& fields, Column column, PlaceKind if_empty) {
    const auto text = fields.text(column);
    if (text == "street") {
        return PlaceKind::street;
    }
    if (text == "place") {
        return PlaceKind::place;
    }
    if (text == "poi") {
        return PlaceKind::poi;
    }
    if (!text.empty()) {
        fields.reject(column, "expected one of: street, place, poi");
    }
    return if_empty;
}

NamedPlace read_place(FieldReader& fields, const PlaceColumns& columns, PlaceKind kind) {
    NamedPlace place;
    place.name = fields.text(columns.name);
    if (place.name.empty()) {
        fields.reject(columns.name, "empty; expected a name");
    }
    place.kind = read_kind(fields, columns.kind, kind);
    place.category = fields.text(columns.category);
    place.radius_m = fields.number(columns.radius);
    if (place.radius_m && *place.radius_m < 0) {
        fields.reject(columns.radius, "expected metres, not less than 0");
    }
    place.ward_code = fields.text(columns.ward_code);
    place.ward = fields.text(columns.ward);
    place.authority = fields.text(columns.authority);
    if (const auto point = read_point(fields, columns.point)) {
        place.point = *point;
    }
    return place;
}

} // namespace

ReferenceRows<NamedPlace> read_places(const std::string& path, PlaceKind kind) {
    TableFile table(path);
    if (is_open_names(table)) {
        return read_open_names(table, kind);
    }
    table.use_header();
    const auto columns = find_place_columns(table);
    ReferenceRows<NamedPlace> result;
    result.rows = table.each(
        [&](FieldReader& fields) {
            auto place = read_place(fields, columns, kind);
            if (!fields.fault()) {
                result.entries.push_back(std::move(place));
            }
        },
        [&](Reject fault) { result.reject(std::move(fault)); });
    return result;
}

} // namespace hotspots::data
