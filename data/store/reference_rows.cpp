#include "data/store/rows.hpp"
#include "data/store/schema.hpp"

#include <array>
#include <utility>

namespace hotspots::data::store {

namespace {

constexpr std::array<std::pair<PlaceKind, std::string_view>, 3> place_kinds{{
    {PlaceKind::street, "street"},
    {PlaceKind::place, "place"},
    {PlaceKind::poi, "poi"},
}};

std::string_view kind_text(PlaceKind kind) {
    for (const auto& [value, text] : place_kinds) {
        if (value == kind) {
            return text;
        }
    }
    return "place";
}

PlaceKind read_kind(const Row& row) {
    const auto text = row.text(place::kind);
    for (const auto& [value, known] : place_kinds) {
        if (known == text) {
            return value;
        }
    }
    throw_damaged("places", row, "kind", text);
}

geo::LonLat required_point(const char* table, const Row& row) {
    const auto point = row.point();
    if (!point) {
        throw_damaged(table, row, "the geometry", "null");
    }
    return *point;
}

} // namespace

void write_ward(Row& row, const Ward& entry) {
    row.set(ward::code, entry.code);
    row.set(ward::name, entry.name);
    row.set(ward::authority_code, entry.authority_code);
    row.set(ward::authority, entry.authority);
    row.set(ward::indicative, std::int64_t{entry.indicative});
    row.set_polygons(entry.outline);
}

Ward read_ward(const Row& row) {
    Ward result;
    result.code = row.text(ward::code);
    result.name = row.text(ward::name);
    result.authority_code = row.text(ward::authority_code);
    result.authority = row.text(ward::authority);
    result.indicative = row.integer(ward::indicative).value_or(0) != 0;
    result.outline = row.polygons();
    return result;
}

void write_population(Row& row, const WardPopulation& entry) {
    row.set(population::ward_code, entry.ward_code);
    row.set(population::residents, entry.residents);
}

WardPopulation read_population(const Row& row) {
    return {std::string(row.text(population::ward_code)),
            row.integer(population::residents).value_or(0)};
}

void write_place(Row& row, const NamedPlace& entry, const std::string& dataset) {
    row.set(place::name, entry.name);
    row.set(place::kind, kind_text(entry.kind));
    row.set(place::category, entry.category);
    row.set(place::ward_code, entry.ward_code);
    row.set(place::ward, entry.ward);
    row.set(place::authority, entry.authority);
    row.set(place::radius_m, entry.radius_m);
    row.set(place::dataset, dataset);
    row.set_point(entry.point);
}

NamedPlace read_place(const Row& row) {
    NamedPlace result;
    result.name = row.text(place::name);
    result.kind = read_kind(row);
    result.category = row.text(place::category);
    result.ward_code = row.text(place::ward_code);
    result.ward = row.text(place::ward);
    result.authority = row.text(place::authority);
    result.radius_m = row.real(place::radius_m);
    result.point = required_point("places", row);
    return result;
}

void write_place_lines(Row& row, const NamedPlace& entry, std::int64_t place_id,
                       const std::string& dataset) {
    row.set(place_line::name, entry.name);
    row.set(place_line::place_id, place_id);
    row.set(place_line::dataset, dataset);
    row.set_lines(entry.lines);
}

void write_postcode(Row& row, const Postcode& entry) {
    row.set(postcode::code, entry.code);
    row.set(postcode::ward_code, entry.ward_code);
    row.set_point(entry.point);
}

Postcode read_postcode(const Row& row) {
    Postcode result;
    result.code = row.text(postcode::code);
    result.ward_code = row.text(postcode::ward_code);
    result.point = required_point("postcodes", row);
    return result;
}

} // namespace hotspots::data::store
