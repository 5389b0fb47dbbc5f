// Taking an import back. What a record said under import after import is a stack of layers, each
// with the import that it came from: the rows of incident_versions in the order of their ids, and
// on top the row of incidents. Undoing an import takes its layers out; a layer that a later import
// repeated, before another changed it, becomes that import's.
#include "data/errors.hpp"
#include "data/store/id_ranges.hpp"
#include "data/store/rows.hpp"
#include "data/store/state.hpp"
#include "data/store/versions.hpp"

#include <map>

namespace hotspots::data {

using namespace store;

namespace {

std::string is_of(std::int64_t import_id) {
    return "import_id = " + std::to_string(import_id);
}

// The import that owns the layer above a version.
constexpr const char* owner_above =
    "COALESCE((SELECT above.import_id FROM incident_versions above"
    " WHERE above.incident_row = incident_versions.incident_row"
    " AND above.id > incident_versions.id ORDER BY above.id LIMIT 1),"
    " (SELECT top.import_id FROM incidents top WHERE top.id = incident_versions.incident_row))";

// Hands the layers that `heir` repeated over to it.
void hand_over(Database& database, std::int64_t import_id, const ImportEntry& heir,
               std::int64_t revision) {
    const auto to = std::to_string(heir.id);
    for (const auto& [first, last] : ranges_of(heir.repeats)) {
        const auto range = " BETWEEN " + std::to_string(first) + " AND " + std::to_string(last);
        database.execute("UPDATE incidents SET import_id = " + to +
                         ", written_revision = " + std::to_string(revision) + " WHERE " +
                         is_of(import_id) + " AND id" + range);
        database.execute("UPDATE incident_versions SET import_id = " + to + " WHERE " +
                         is_of(import_id) + " AND incident_row" + range + " AND " + owner_above +
                         " > " + to);
    }
}

// What lies under the import's rows, by incident: the uppermost version of each.
std::map<std::int64_t, std::pair<std::int64_t, Incident>> versions_below(Table& versions,
                                                                         std::int64_t import_id) {
    std::map<std::int64_t, std::pair<std::int64_t, Incident>> uppermost;
    IncidentReader reader;
    versions.scan("incident_row IN (SELECT id FROM incidents WHERE " + is_of(import_id) + ")", {},
                  [&](const Row& row) {
                      auto incident = reader.read(row);
                      incident.id = row.integer(incident_version::incident_row).value_or(0);
                      auto& known = uppermost[incident.id];
                      if (row.id() > known.first) {
                          known = {row.id(), std::move(incident)};
                      }
                  });
    return uppermost;
}

std::int64_t count(Table& table, const std::string& condition) {
    constexpr std::size_t wanted[] = {incident::import_id};
    std::int64_t rows = 0;
    table.scan(condition, wanted, [&](const Row&) { ++rows; });
    return rows;
}

} // namespace

namespace store {

void keep_version(Database& database, const Incident& incident) {
    static const auto columns = [] {
        std::string names;
        for (const auto& column : schemas()[tables::incidents].columns) {
            names.append(column.name).append(", ");
        }
        return names + "geom";
    }();
    database.execute("INSERT INTO incident_versions (" + columns + ", incident_row) SELECT " +
                     columns + ", id FROM incidents WHERE id = " + std::to_string(incident.id) +
                     " AND import_id <> " + std::to_string(incident.import_id));
}

} // namespace store

UndoneRows StoreTransaction::undo_import(std::int64_t import_id) {
    auto& database = m_state->store.database;
    auto& incidents = m_state->table(tables::incidents);
    auto& versions = m_state->table(tables::incident_versions);
    UndoneRows undone;
    const auto written = count(incidents, is_of(import_id));
    for (const auto& later : read_imports(m_state->table(tables::imports))) {
        if (later.id > import_id && !later.undone) {
            hand_over(database, import_id, later, m_state->next_revision);
        }
    }
    undone.kept = written - count(incidents, is_of(import_id));
    database.execute("DELETE FROM incident_versions WHERE " + is_of(import_id));
    for (auto& [id, version] : versions_below(versions, import_id)) {
        database.execute("DELETE FROM incident_versions WHERE id = " +
                         std::to_string(version.first));
        overwrite(version.second);
        undone.restored.push_back(std::move(version.second));
    }
    undone.removed = count(incidents, is_of(import_id));
    database.execute("DELETE FROM incidents WHERE " + is_of(import_id));
    m_state->note_change(Part::removals);
    return undone;
}

} // namespace hotspots::data
