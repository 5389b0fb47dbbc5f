#include "data/export/ogr_rows.hpp"

#include "data/export/memory_file.hpp"

namespace hotspots::data {

namespace {

OGRFieldType type_of(FieldType type) {
    switch (type) {
    case FieldType::boolean:
        return OFTInteger; // of the subtype OFSTBoolean
    case FieldType::integer:
        return OFTInteger64;
    case FieldType::real:
        return OFTReal;
    case FieldType::text:
        break;
    }
    return OFTString;
}

struct SetField {
    OGRFeature& feature;
    int index;
    void operator()(std::monostate) const { feature.SetFieldNull(index); }
    void operator()(bool value) const { feature.SetField(index, value ? 1 : 0); }
    void operator()(std::int64_t value) const {
        feature.SetField(index, static_cast<GIntBig>(value));
    }
    void operator()(double value) const { feature.SetField(index, value); }
    void operator()(const std::string& value) const { feature.SetField(index, value.c_str()); }
};

} // namespace

std::string ogr_date(Instant written) {
    auto date = format_utc(written);
    return date.insert(date.size() - 1, ".000");
}

void add_ogr_fields(OGRLayer& layer, const std::vector<Field>& fields) {
    for (const auto& field : fields) {
        OGRFieldDefn definition(field.name.c_str(), type_of(field.type));
        if (field.type == FieldType::boolean) {
            definition.SetSubType(OFSTBoolean);
        }
        if (layer.CreateField(&definition) != OGRERR_NONE) {
            throw_export_error("the file takes no column '" + field.name + "'");
        }
    }
}

void add_ogr_row(OGRLayer& layer, const std::vector<FieldValue>& values,
                 std::unique_ptr<OGRGeometry> geometry) {
    OGRFeature feature(layer.GetLayerDefn());
    for (std::size_t i = 0; i < values.size(); ++i) {
        std::visit(SetField{feature, static_cast<int>(i)}, values[i]);
    }
    if (geometry) {
        feature.SetGeometryDirectly(geometry.release());
    }
    if (layer.CreateFeature(&feature) != OGRERR_NONE) {
        throw_export_error("a row of '" + std::string(layer.GetName()) + "' cannot be written");
    }
}

void add_about_table(GDALDataset& dataset, const NamedTexts& about) {
    CPLStringList options;
    options.SetNameValue("FID", "fid");
    options.SetNameValue("DESCRIPTION", "What the other layers were made of, and by what");
    OGRLayer* layer = dataset.CreateLayer("manifest", nullptr, wkbNone, options.List());
    if (!layer) {
        throw_export_error("the GeoPackage's table 'manifest' cannot be made");
    }
    add_ogr_fields(*layer, {{"name", FieldType::text}, {"value", FieldType::text}});
    for (const auto& [name, value] : about) {
        add_ogr_row(*layer, {name, value}, nullptr);
    }
}

} // namespace hotspots::data
