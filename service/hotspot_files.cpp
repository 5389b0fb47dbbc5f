#include "service/hotspot_files.hpp"

#include "data/export/geopackage.hpp"
#include "service/app.hpp"
#include "service/csv.hpp"
#include "service/handlers/collection.hpp"
#include "service/hotspot_result.hpp"
#include "service/parameters.hpp"
#include "service/provenance.hpp"

#include <algorithm>

namespace hotspots::service {

namespace {

using data::FieldType;
using data::FieldValue;

struct Table {
    data::AreaTable areas;
    Provenance provenance;
};

FieldValue to_field(const tiles::Value& value) {
    if (const auto* list = std::get_if<tiles::TextList>(&value)) {
        std::string text;
        for (const auto& part : *list) {
            text.append(text.empty() ? "" : ", ").append(part);
        }
        return text;
    }
    if (const auto* flag = std::get_if<bool>(&value)) {
        return *flag;
    }
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        return *whole;
    }
    if (const auto* number = std::get_if<double>(&value)) {
        return *number;
    }
    const auto* text = std::get_if<std::string>(&value);
    return text ? FieldValue(*text) : FieldValue();
}

FieldValue property_of(const tiles::Feature& feature, std::string_view name) {
    const auto found = std::ranges::find(feature.properties, name, &tiles::Property::name);
    return found == feature.properties.end() ? FieldValue() : to_field(found->value);
}

data::AreaRow to_row(const tiles::Feature& feature, const DrawnHotspot& hotspot,
                     const std::vector<data::Field>& fields) {
    data::AreaRow row{hotspot.outline_bng, {}};
    for (const auto& field : fields) {
        if (field.name == "id") {
            row.values.emplace_back(std::get<std::string>(feature.id));
        } else if (field.name == "easting") {
            row.values.emplace_back(rounded(hotspot.peak_at.easting_m, 3));
        } else if (field.name == "northing") {
            row.values.emplace_back(rounded(hotspot.peak_at.northing_m, 3));
        } else {
            row.values.push_back(property_of(feature, field.name));
        }
    }
    return row;
}

Table table_of(const AppContext& context, const std::shared_ptr<const data::Snapshot>& snapshot,
               const AnalysisParameters& parameters) {
    const auto set = find_hotspots(context, {snapshot, parameters, {}, Purpose::items});
    const auto result = shared_hotspots(context, *snapshot, parameters);
    Table table{{"hotspots",
                 std::string(snapshot->demo ? "DEMO: synthetic incidents. " : "") +
                     "Hotspots, most incidents first; easting and northing are of the cell of the "
                     "highest density. " +
                     context.marking,
                 {{"id", FieldType::text},
                  {"rank", FieldType::integer},
                  {"label", FieldType::text},
                  {"incidents", FieldType::integer},
                  {"share", FieldType::real},
                  {"area_km2", FieldType::real},
                  {"peak_per_km2", FieldType::real},
                  {"easting", FieldType::real},
                  {"northing", FieldType::real},
                  {"top_percent", FieldType::real},
                  {"wards", FieldType::text},
                  {"hit_rate", FieldType::real},
                  {"manifest", FieldType::text}},
                 {}},
                provenance_of(context, *snapshot, parameters, set.members)};
    for (const auto row : set.rows) {
        table.areas.rows.push_back(
            to_row(set.feature(row), result->hotspots[row], table.areas.fields));
    }
    return table;
}

struct AppendValue {
    std::string& line;
    void operator()(std::monostate) const {}
    void operator()(bool value) const { line.append(value ? "true" : "false"); }
    void operator()(std::int64_t value) const { line.append(std::to_string(value)); }
    void operator()(double value) const { line.append(number_text(value)); }
    void operator()(const std::string& value) const { append_csv_text(line, value); }
};

} // namespace

std::string hotspots_geopackage(const AppContext& context,
                                const std::shared_ptr<const data::Snapshot>& snapshot,
                                const AnalysisParameters& parameters) {
    const auto table = table_of(context, snapshot, parameters);
    return data::geopackage(table.areas, to_texts(table.provenance), snapshot->revision.published);
}

HotspotCsv hotspots_csv(const AppContext& context,
                        const std::shared_ptr<const data::Snapshot>& snapshot,
                        const AnalysisParameters& parameters) {
    const auto table = table_of(context, snapshot, parameters);
    std::string csv;
    for (const auto& field : table.areas.fields) {
        append_csv_field(csv, field.name);
        csv.push_back(',');
    }
    csv.append("marking,demo\n");
    for (const auto& row : table.areas.rows) {
        for (const auto& value : row.values) {
            std::visit(AppendValue{csv}, value);
            csv.push_back(',');
        }
        append_csv_text(csv, context.marking);
        csv.append(snapshot->demo ? ",true\n" : ",false\n");
    }
    return {std::move(csv), to_json(table.provenance)};
}

} // namespace hotspots::service
