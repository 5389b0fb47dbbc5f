// The end of retention: incidents that ended before a moment, and everything that came with them,
// gone from the tables and from the bytes of the file; and copies of the whole store.
#include "data/errors.hpp"
#include "data/store/state.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <set>

namespace hotspots::data {

using namespace store;

namespace {

constexpr std::size_t ids_a_statement = 500;

// "(1,2,3)"
std::string id_list(std::span<const std::int64_t> ids) {
    std::string list;
    for (const auto id : ids) {
        list.append(list.empty() ? "(" : ",").append(std::to_string(id));
    }
    return list + ")";
}

// The interval [begin, end), or the instant begin == end, is over before `before`.
bool is_over(const std::optional<Instant>& begin, const std::optional<Instant>& end,
             Instant before) {
    return end && (*end < before || (*end == before && begin && *begin < *end));
}

struct Dated {
    std::vector<std::int64_t> over;
    std::set<std::int64_t> imports_of_over;
    std::set<std::int64_t> imports_of_kept;
    std::int64_t kept = 0;
    std::int64_t undated = 0; // of those kept
};

Dated date_rows(Table& table, Instant before) {
    constexpr std::size_t wanted[] = {incident::occurred_begin, incident::occurred_end,
                                      incident::import_id};
    Dated dated;
    table.scan({}, wanted, [&](const Row& row) {
        const auto begin = row.time(incident::occurred_begin);
        const auto end = row.time(incident::occurred_end);
        const auto import_id = row.integer(incident::import_id).value_or(0);
        if (is_over(begin, end, before)) {
            dated.over.push_back(row.id());
            dated.imports_of_over.insert(import_id);
        } else {
            dated.imports_of_kept.insert(import_id);
            ++dated.kept;
            dated.undated += end ? 0 : 1;
        }
    });
    return dated;
}

std::int64_t rows_of(Table& table) {
    std::int64_t count = 0;
    constexpr std::size_t wanted[] = {0};
    table.scan({}, wanted, [&](const Row&) { ++count; });
    return count;
}

// Statements over all ids, a few hundred at a time.
template <class Statement>
void for_id_lists(const std::vector<std::int64_t>& ids, const Statement& statement) {
    for (std::size_t at = 0; at < ids.size(); at += ids_a_statement) {
        const auto count = std::min(ids_a_statement, ids.size() - at);
        statement(id_list(std::span(ids).subspan(at, count)));
    }
}

// Imports that began before, and those of whose records none is left: what they rejected is as old
// as what they brought.
std::vector<std::int64_t> imports_to_clear(Table& imports, const Dated& dated, Instant before) {
    constexpr std::size_t wanted[] = {import_run::started};
    std::vector<std::int64_t> ids;
    imports.scan({}, wanted, [&](const Row& row) {
        const auto started = row.time(import_run::started);
        const bool emptied =
            dated.imports_of_over.contains(row.id()) && !dated.imports_of_kept.contains(row.id());
        if ((started && *started < before) || emptied) {
            ids.push_back(row.id());
        }
    });
    return ids;
}

void sync_copy(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = file >= 0 && ::fsync(file) == 0;
    if (file >= 0) {
        ::close(file);
    }
    if (!synced) {
        throw StoreError("the copy '" + path.string() + "' cannot be brought to disk");
    }
}

} // namespace

PurgedRows StoreTransaction::purge(Instant before) {
    auto& database = m_state->store.database;
    database.execute("PRAGMA secure_delete = ON"); // what is deleted is overwritten
    auto& versions = m_state->table(tables::incident_versions);
    auto& reviews = m_state->table(tables::reviews);
    auto& rejects = m_state->table(tables::rejects);
    PurgedRows purged;
    const auto dated = date_rows(m_state->table(tables::incidents), before);
    const auto versions_before = rows_of(versions);
    const auto reviews_before = rows_of(reviews);
    const auto rejects_before = rows_of(rejects);
    for_id_lists(dated.over, [&](const std::string& ids) {
        database.execute("DELETE FROM reviews WHERE EXISTS (SELECT 1 FROM incidents WHERE "
                         "incidents.source = reviews.source AND incidents.incident_id = "
                         "reviews.incident_id AND incidents.id IN " +
                         ids + ")");
        database.execute("DELETE FROM incident_versions WHERE incident_row IN " + ids);
        database.execute("DELETE FROM incidents WHERE id IN " + ids);
    });
    // A record that is kept, as an import changed its time, may have been of that time before.
    for_id_lists(date_rows(versions, before).over, [&](const std::string& ids) {
        database.execute("DELETE FROM incident_versions WHERE id IN " + ids);
    });
    for_id_lists(imports_to_clear(m_state->table(tables::imports), dated, before),
                 [&](const std::string& ids) {
                     database.execute("DELETE FROM rejects WHERE import_id IN " + ids);
                 });
    purged.incidents = static_cast<std::int64_t>(dated.over.size());
    purged.kept = dated.kept;
    purged.undated = dated.undated;
    purged.versions = versions_before - rows_of(versions);
    purged.reviews = reviews_before - rows_of(reviews);
    purged.rejects_kept = rows_of(rejects);
    purged.rejects = rejects_before - purged.rejects_kept;
    m_state->note_change(Part::removals);
    m_state->note_change(Part::reviews);
    return purged;
}

bool IncidentStore::scrub() {
    if (!m_state->lock || m_state->in_transaction) {
        throw StoreError("the store is scrubbed by who may write to it, outside of a transaction");
    }
    auto& database = m_state->database;
    database.execute("VACUUM"); // what earlier changes left in free space
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    std::error_code absent;
    const auto log = std::filesystem::file_size(m_state->path + "-wal", absent);
    return absent || log == 0;
}

void IncidentStore::copy_to(const std::string& path) {
    const std::filesystem::path target(path);
    if (std::filesystem::exists(target)) {
        throw StoreError("'" + path + "' exists; a copy is not written over anything");
    }
    const auto draft = path + ".partial";
    std::filesystem::remove(draft);
    try {
        m_state->database.execute("VACUUM INTO " + sql_literal(draft));
        std::filesystem::permissions(draft, std::filesystem::perms::others_all,
                                     std::filesystem::perm_options::remove);
        Database(draft, true).execute("PRAGMA journal_mode = WAL"); // as the store's own
        sync_copy(draft);
        std::filesystem::rename(draft, target);
        sync_copy(target.has_parent_path() ? target.parent_path() : ".");
    } catch (...) {
        std::error_code ignored;
        std::filesystem::remove(draft, ignored);
        throw;
    }
}

} // namespace hotspots::data
