#include "service/handlers/collection.hpp"

#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace hotspots::service {

namespace {

const std::vector<std::pair<std::string_view, std::string_view>> area_fields{
    {"id", "String"},          {"code", "String"},
    {"name", "String"},        {"authority_code", "String"},
    {"authority", "String"},   {"area_km2", "Number"},
    {"population", "Number"},  {"incidents", "Number"},
    {"suppressed", "Boolean"}, {"rate_per_1000", "Number"},
    {"per_km2", "Number"}};

const std::vector<std::pair<std::string_view, std::string_view>> hotspot_fields{
    {"id", "String"},           {"rank", "Number"},        {"label", "String"},
    {"incidents", "Number"},    {"share", "Number"},       {"area_km2", "Number"},
    {"peak_per_km2", "Number"}, {"top_percent", "Number"}, {"wards", "String"},
    {"hit_rate", "Number"},     {"manifest", "String"}};

const std::vector<std::pair<std::string_view, std::string_view>> cell_fields{
    {"id", "String"},        {"rank", "Number"},    {"incidents", "Number"},
    {"gi_star_z", "Number"}, {"p", "Number"},       {"fdr_significant", "Boolean"},
    {"easting", "Number"},   {"northing", "Number"}};

const std::vector<std::pair<std::string_view, std::string_view>> isoband_fields{
    {"id", "String"}, {"from_per_km2", "Number"}, {"to_per_km2", "Number"}, {"area_km2", "Number"}};

const std::vector<std::pair<std::string_view, std::string_view>> incident_fields{
    {"incident_id", "String"},    {"source", "String"},       {"occurred_from", "String"},
    {"time_precision", "String"}, {"offence", "String"},      {"group", "String"},
    {"scope_decision", "String"}, {"scope_reason", "String"}, {"level", "String"},
    {"uncertainty_m", "Number"},  {"point_count", "Number"}};

const std::array<Collection, 7>& table() {
    static const std::array<Collection, 7> collections{{
        {"wards", "Wards", "Electoral wards with the incidents that count under the parameters",
         Role::anyone, true, ParameterSet::filters, DefaultPeriod::recent, 0, 14, area_fields,
         find_wards},
        {"authorities", "Authorities",
         "Local authorities with the incidents that count under the parameters", Role::anyone, true,
         ParameterSet::filters, DefaultPeriod::recent, 0, 14, area_fields, find_authorities},
        {"hotspots", "Hotspots",
         "Places where the density of incidents is above the level that the hottest part of the "
         "area "
         "shares",
         Role::inspector, true, ParameterSet::analysis, DefaultPeriod::recent, 0, 14,
         hotspot_fields, find_hotspots},
        {"cells", "Cells",
         "Squares or hexagons that hold incidents, most first, with Gi* of each and the cells that "
         "touch it among all cells of the study area. Empty cells are not listed, but count in Gi* "
         "and in the false discovery rate of 5 %. p is one-sided: small where incidents cluster",
         Role::inspector, true, ParameterSet::cells, DefaultPeriod::recent, 0, 14, cell_fields,
         find_cells},
        {"isobands", "Isobands",
         "Areas between levels of the density of incidents, ascending: above from_per_km2 and not "
         "above to_per_km2, which is null for the highest. Without levels or quantiles the six "
         "levels of the series 1, 2, 5, 10 ... below the peak; give levels to compare periods",
         Role::inspector, true, ParameterSet::isobands, DefaultPeriod::recent, 0, 14,
         isoband_fields, find_isobands},
        {"incidents", "Incidents",
         "Every record, mapped or not, with the decision of the chosen scope profile",
         Role::inspector, true, ParameterSet::filters, DefaultPeriod::all, 0, 16, incident_fields,
         find_incidents},
        {"gazetteer",
         "Street and place names",
         "Names for labels on the map",
         Role::inspector,
         false,
         ParameterSet::none,
         DefaultPeriod::all,
         12,
         14,
         {{"name", "String"}, {"kind", "String"}, {"category", "String"}},
         find_gazetteer},
    }};
    return collections;
}

const Collection& find_in(std::span<const Collection> collections, std::string_view name,
                          bool with_items) {
    std::vector<std::string_view> names;
    for (const auto& collection : collections) {
        if (collection.has_items || !with_items) {
            if (collection.name == name) {
                return collection;
            }
            names.push_back(collection.name);
        }
    }
    throw not_found("there is no collection " + quoted(name) + "; it must be " +
                    join_choices(names));
}

} // namespace

std::span<const Collection> collections() {
    return table();
}

const Collection* collection_or_null(std::string_view name) {
    const auto found = std::ranges::find(table(), name, &Collection::name);
    return found == table().end() ? nullptr : &*found;
}

const Collection& find_collection(std::string_view name) {
    return find_in(table(), name, false);
}

const Collection& find_collection_with_items(std::string_view name) {
    return find_in(table(), name, true);
}

AnalysisParameters read_parameters(const Collection& collection,
                                   const std::vector<QueryParameter>& query,
                                   const data::Snapshot& snapshot,
                                   std::initializer_list<std::string_view> allowed_besides) {
    switch (collection.parameters) {
    case ParameterSet::analysis:
        return read_analysis(query, snapshot, allowed_besides);
    case ParameterSet::filters:
        return read_filters(query, snapshot, allowed_besides, collection.default_period);
    case ParameterSet::cells:
        return read_cells(query, snapshot, allowed_besides);
    case ParameterSet::isobands:
        return read_isobands(query, snapshot, allowed_besides);
    case ParameterSet::none:
        break;
    }
    const Parameters only_known(query, std::vector<std::string_view>(allowed_besides));
    AnalysisParameters parameters;
    parameters.scope = snapshot.default_scope;
    return parameters;
}

std::vector<std::string_view> parameter_names(const Collection& collection) {
    std::vector<std::string_view> names;
    if (collection.parameters != ParameterSet::none) {
        names.assign(filter_names.begin(), filter_names.end());
    }
    if (collection.parameters == ParameterSet::analysis) {
        names.insert(names.end(), density_names.begin(), density_names.end());
    }
    if (collection.parameters == ParameterSet::cells) {
        names.insert(names.end(), cell_names.begin(), cell_names.end());
    }
    if (collection.parameters == ParameterSet::isobands) {
        const auto surface = surface_names();
        names.insert(names.end(), surface.begin(), surface.end());
        names.insert(names.end(), level_names.begin(), level_names.end());
    }
    return names;
}

std::vector<tiles::Property> count_members(const Selection& selection) {
    return {{"in_scope", selection.in_scope},
            {"unmapped", selection.unmapped},
            {"outside", selection.outside},
            {"review", selection.review},
            {"filter_unknown", selection.filter_unknown},
            {"hit_rate", number_or_null(selection.hit_rate())}};
}

tiles::Value text_or_null(std::string_view text) {
    return text.empty() ? tiles::Value() : tiles::Value(std::string(text));
}

tiles::Value number_or_null(std::optional<double> value) {
    return value ? tiles::Value(rounded(*value, 6)) : tiles::Value();
}

double rounded(double value, int decimals) {
    const double scale = std::pow(10.0, decimals);
    return std::round(value * scale) / scale;
}

} // namespace hotspots::service
