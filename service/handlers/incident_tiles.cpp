#include "service/handlers/incident_tiles.hpp"

#include "geo/stop.hpp"
#include "service/app.hpp"
#include "service/handlers/incident_columns.hpp"
#include "tiles/point_table_builder.hpp"

#include <algorithm>

namespace hotspots::service {

namespace {

const std::vector<std::string>& tile_property_names() {
    static const std::vector<std::string> names{
        "incident_id", "source",         "occurred_from", "time_precision", "offence",
        "group",       "scope_decision", "scope_reason",  "level",          "uncertainty_m"};
    return names;
}

template <class Enum>
std::string_view word_or_empty(const std::optional<Enum>& value) {
    return value ? data::to_text(*value) : std::string_view();
}

// In the order of the names.
void add_properties(tiles::PointTableBuilder& table, const data::Incident& incident,
                    const data::ScopeDecision& decision) {
    const auto& record = incident.record;
    table.text(record.incident_id);
    table.text(data::to_text(record.source));
    table.text(data::format_moment(record.occurred_from));
    table.text(precision_word(record.occurred_from.precision));
    table.text_or_null(record.offence);
    table.text_or_null(word_or_empty(decision.group));
    table.text(data::to_text(decision.decision));
    table.text_or_null(decision.reason);
    table.text_or_null(word_or_empty(incident.location.level));
    table.value(number_or_null(incident.location.uncertainty_m));
}

tiles::PointTable make_table(const data::Snapshot& snapshot, const std::string& scope) {
    const auto& decisions = scope_column(snapshot, scope).decisions;
    tiles::PointTableBuilder table(tile_property_names());
    for (std::uint32_t row = 0; row < snapshot.incidents.size(); ++row) {
        geo::stop_if_asked();
        const auto& incident = snapshot.incidents[row];
        if (snapshot.columns.mapped[row] != 0 && incident.location.lon_lat) {
            table.point(*incident.location.lon_lat, static_cast<std::uint64_t>(incident.id), row);
            add_properties(table, incident, decisions[row]);
        }
    }
    return std::move(table).finish();
}

// The positions whose rows are in `kept`, which has them in the same order.
void keep_rows(const tiles::PointTable& table, const std::vector<std::uint32_t>& kept,
               std::vector<std::uint32_t>& positions) {
    auto next = kept.begin();
    std::erase_if(positions, [&](std::uint32_t position) {
        const bool keeps = next != kept.end() && *next == table.row(position);
        next += keeps ? 1 : 0;
        return !keeps;
    });
}

std::string points_key(const data::Snapshot& snapshot, const std::string& scope) {
    return std::to_string(snapshot.revision.number) + ' ' + scope;
}

// A filter takes a few nanoseconds a byte of its text and incident; its worst patterns, some
// hundred.
constexpr std::size_t few_incidents = 1000;
constexpr std::size_t few_filter_bytes = 100'000; // of text, times incidents

} // namespace

std::shared_ptr<const tiles::PointTable> incident_points(const AppContext& context,
                                                         const data::Snapshot& snapshot,
                                                         const std::string& scope) {
    return context.incident_points->get(points_key(snapshot, scope), [&] {
        return std::make_shared<const tiles::PointTable>(make_table(snapshot, scope));
    });
}

void keep_matching(const FeatureQuery& query, const std::optional<ItemFilter>& filter,
                   const tiles::PointTable& table, std::vector<std::uint32_t>& positions) {
    FeatureSet set;
    set.rows.reserve(positions.size());
    for (const auto position : positions) {
        set.rows.push_back(table.row(position));
    }
    set.rows = select_among(*query.snapshot, query.parameters, std::move(set.rows));
    if (filter) {
        const auto& snapshot = *query.snapshot;
        const auto& scope = scope_column(snapshot, query.parameters.scope);
        set.column = [&](std::string_view name) { return incident_column(snapshot, scope, name); };
        apply(*filter, find_collection("incidents"), set);
    }
    if (set.rows.size() < positions.size()) {
        keep_rows(table, set.rows, positions);
    }
}

IncidentsOfTile incidents_of_tile(const AppContext& context, const FeatureQuery& query,
                                  const tiles::TileId& tile) {
    auto table = incident_points(context, *query.snapshot, query.parameters.scope);
    auto positions = table->find(tile, tiles::tile_buffer);
    return {std::move(table), std::move(positions)};
}

std::optional<IncidentsOfTile> few_incidents_of_tile(const AppContext& context,
                                                     const FeatureQuery& query,
                                                     const std::optional<ItemFilter>& filter,
                                                     const tiles::TileId& tile) {
    auto table = context.incident_points->find(points_key(*query.snapshot, query.parameters.scope));
    if (!table) {
        return std::nullopt;
    }
    const auto most = filter
                          ? std::min(few_incidents, few_filter_bytes / (filter->source.size() + 1))
                          : few_incidents;
    auto positions = table->find(tile, tiles::tile_buffer, most);
    if (positions.size() > most) {
        return std::nullopt;
    }
    return IncidentsOfTile{std::move(table), std::move(positions)};
}

TileLayer incident_tile(const FeatureQuery& query, const std::optional<ItemFilter>& filter,
                        const tiles::TileId& tile, IncidentsOfTile incidents) {
    auto& [table, positions] = incidents;
    keep_matching(query, filter, *table, positions);
    thread_local tiles::PointEncoder encoder; // its memory is worth keeping
    return {encoder.encode("incidents", *table, positions, tile), positions.size()};
}

} // namespace hotspots::service
