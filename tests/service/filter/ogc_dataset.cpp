#include "tests/service/filter/ogc_dataset.hpp"

#include "service/filter/time_literal.hpp"
#include "tests/catch.hpp"

#include <ogrsf_frmts.h>

#include <algorithm>

namespace hotspots::tests {

using namespace service::filter;
using geo::GeometryKind;

namespace {

using AnyGeometry = geo::AnyGeometry<geo::LonLat>;

AnyGeometry to_line(const OGRSimpleCurve& line) {
    AnyGeometry out{GeometryKind::line_string, {}, {}};
    for (int i = 0; i < line.getNumPoints(); ++i) {
        out.points.push_back({line.getX(i), line.getY(i)});
    }
    return out;
}

AnyGeometry to_any(const OGRGeometry& geometry) {
    switch (wkbFlatten(geometry.getGeometryType())) {
    case wkbPoint:
        return {
            GeometryKind::point, {{geometry.toPoint()->getX(), geometry.toPoint()->getY()}}, {}};
    case wkbLineString:
        return to_line(*geometry.toLineString());
    case wkbPolygon: {
        AnyGeometry out{GeometryKind::polygon, {}, {}};
        for (const auto* ring : *geometry.toPolygon()) {
            out.parts.push_back(to_line(*ring));
        }
        return out;
    }
    case wkbMultiPolygon: {
        AnyGeometry out{GeometryKind::multi_polygon, {}, {}};
        for (const auto* part : *geometry.toMultiPolygon()) {
            out.parts.push_back(to_any(*part));
        }
        return out;
    }
    default:
        FAIL("unexpected geometry type " << geometry.getGeometryName());
        return {};
    }
}

Type type_of(const OGRFieldDefn& field) {
    switch (field.GetType()) {
    case OFTInteger:
        return field.GetSubType() == OFSTBoolean ? Type::boolean : Type::number;
    case OFTInteger64:
    case OFTReal:
        return Type::number;
    case OFTDate:
    case OFTDateTime:
        return Type::time;
    default:
        return Type::text;
    }
}

// Of '2022/04/16' and '2022/04/16 10:13:19', as OGR writes them.
Instant to_instant(std::string text) {
    std::ranges::replace(text, '/', '-');
    if (const auto day = parse_date(text)) {
        return {day->day * 86'400'000'000, (day->day + 1) * 86'400'000'000 - 1};
    }
    const auto time = parse_timestamp(text.substr(0, 10) + 'T' + text.substr(11, 8) + 'Z');
    REQUIRE(time);
    return {time->us, time->us};
}

Value to_value(Layer& layer, const OGRFeature& feature, int field, Type type) {
    if (!feature.IsFieldSetAndNotNull(field)) {
        return {};
    }
    switch (type) {
    case Type::boolean:
        return feature.GetFieldAsInteger(field) != 0;
    case Type::number:
        return feature.GetFieldAsDouble(field);
    case Type::time:
        return to_instant(feature.GetFieldAsString(field));
    default:
        return std::string_view(layer.texts.emplace_back(feature.GetFieldAsString(field)));
    }
}

void append_row(Layer& layer, const OGRFeature& feature) {
    auto& row = layer.rows.emplace_back();
    for (int i = 0; i < feature.GetFieldCount(); ++i) {
        row.push_back(
            to_value(layer, feature, i, layer.properties[static_cast<std::size_t>(i)].type));
    }
    const auto* geometry = feature.GetGeometryRef();
    REQUIRE(geometry);
    layer.shapes.push_back(to_any(*geometry));
    row.emplace_back(AnyShape(&layer.shapes.back()));
}

} // namespace

Schema Layer::schema() const {
    return {properties, [this](std::string_view name) -> Column {
                const auto found = std::ranges::find(properties, name, &Property::name);
                const auto index = static_cast<std::size_t>(found - properties.begin());
                return [this, index](std::uint32_t row) { return rows[row][index]; };
            }};
}

std::unique_ptr<const Layer> read_layer(const std::string& path, const std::string& name) {
    GDALAllRegister();
    const GDALDatasetUniquePtr dataset(
        GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
    REQUIRE(dataset);
    auto* source = dataset->GetLayerByName(name.c_str());
    REQUIRE(source);
    auto layer = std::make_unique<Layer>();
    std::vector<Type> types;
    for (int i = 0; i < source->GetLayerDefn()->GetFieldCount(); ++i) {
        const auto* field = source->GetLayerDefn()->GetFieldDefn(i);
        layer->names.emplace_back(field->GetNameRef());
        types.push_back(type_of(*field));
    }
    layer->names.emplace_back("geom");
    types.push_back(Type::geometry);
    for (std::size_t i = 0; i < types.size(); ++i) {
        layer->properties.push_back({layer->names[i], types[i]});
    }
    for (const auto& feature : *source) {
        append_row(*layer, *feature);
    }
    return layer;
}

} // namespace hotspots::tests
