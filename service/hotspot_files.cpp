#include "service/hotspot_files.hpp"

#include "data/export/geopackage.hpp"
#include "service/app.hpp"
#include "service/csv.hpp"
#include "service/field_values.hpp"
#include "service/handlers/collection.hpp"
#include "service/hotspot_result.hpp"
#include "service/provenance.hpp"

namespace hotspots::service {

namespace {

using data::FieldType;

struct Table {
    data::AreaTable areas;
    Provenance provenance;
};

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
            row.values.push_back(field_of(feature, field.name));
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
            append_csv_value(csv, value);
            csv.push_back(',');
        }
        append_csv_text(csv, context.marking);
        csv.append(snapshot->demo ? ",true\n" : ",false\n");
    }
    return {std::move(csv), to_json(table.provenance)};
}

} // namespace hotspots::service
