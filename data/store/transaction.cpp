#include "data/errors.hpp"
#include "data/store/rows.hpp"
#include "data/store/state.hpp"
#include "data/store/versions.hpp"

#include <algorithm>

namespace hotspots::data {

using namespace store;

StoreTransaction::State::State(IncidentStore::State& opened) : store(opened) {
    if (!store.lock) {
        throw StoreError("the store was opened to be read; nothing can be written to it");
    }
    if (store.in_transaction) {
        throw StoreError("the store has a transaction already; end it before the next");
    }
    store.database.begin();
    store.in_transaction = true;
    try {
        next_revision = read_revision(table(tables::properties)).number + 1;
    } catch (...) {
        store.database.rollback();
        store.in_transaction = false;
        throw;
    }
}

StoreTransaction::State::~State() {
    if (!finished) {
        store.database.rollback();
        store.in_transaction = false;
    }
}

void StoreTransaction::State::note_change(Part part) {
    write_property(table(tables::properties), name_of(part), std::to_string(next_revision));
}

namespace {

// Puts `entries` in the place of all rows of a table.
template <class Entry>
void replace_all(Database& database, Table& target, const std::vector<Entry>& entries,
                 void (*write)(Row&, const Entry&)) {
    database.execute(std::string("DELETE FROM ") + target.schema().name);
    for (const auto& entry : entries) {
        auto row = target.new_row();
        write(row, entry);
        target.insert(row);
    }
}

} // namespace

std::unique_ptr<StoreTransaction> IncidentStore::begin() {
    return std::unique_ptr<StoreTransaction>(
        new StoreTransaction(std::make_unique<StoreTransaction::State>(*m_state)));
}

StoreTransaction::StoreTransaction(std::unique_ptr<State> state) : m_state(std::move(state)) {}
StoreTransaction::~StoreTransaction() = default;

std::int64_t StoreTransaction::insert(const Incident& incident) {
    auto& incidents = m_state->table(tables::incidents);
    auto row = incidents.new_row();
    write_incident(row, incident, m_state->next_revision);
    return incidents.insert(row);
}

void StoreTransaction::update(const Incident& incident) {
    keep_version(m_state->store.database, incident);
    overwrite(incident);
}

void StoreTransaction::overwrite(const Incident& incident) {
    auto& incidents = m_state->table(tables::incidents);
    auto row = incidents.new_row(incident.id);
    write_incident(row, incident, m_state->next_revision);
    incidents.update(row);
}

void StoreTransaction::relocate(std::int64_t id, const Location& location,
                                const std::string& ward_code) {
    auto& incidents = m_state->table(tables::incidents);
    auto row = incidents.get(id);
    write_location(row, location, ward_code);
    row.set(incident::written_revision, m_state->next_revision);
    incidents.update(row);
}

std::int64_t StoreTransaction::add_import(const ImportEntry& entry) {
    auto& imports = m_state->table(tables::imports);
    auto row = imports.new_row();
    write_import(row, entry);
    return imports.insert(row);
}

void StoreTransaction::finish_import(const ImportEntry& entry) {
    auto& imports = m_state->table(tables::imports);
    auto row = imports.new_row(entry.id);
    write_import(row, entry);
    imports.update(row);
}

void StoreTransaction::add_reject(std::int64_t import_id, const Reject& reject) {
    auto& rejects = m_state->table(tables::rejects);
    auto row = rejects.new_row();
    write_reject(row, import_id, reject);
    rejects.insert(row);
}

void StoreTransaction::replace_wards(const std::vector<Ward>& wards) {
    replace_all(m_state->store.database, m_state->table(tables::wards), wards, write_ward);
    m_state->note_change(Part::reference);
}

void StoreTransaction::replace_places(const std::string& dataset,
                                      const std::vector<NamedPlace>& places) {
    auto& points = m_state->table(tables::places);
    auto& lines = m_state->table(tables::place_lines);
    for (const auto* target : {&points, &lines}) {
        m_state->store.database.execute(std::string("DELETE FROM ") + target->schema().name +
                                        " WHERE dataset = " + sql_literal(dataset));
    }
    for (const auto& entry : places) {
        auto row = points.new_row();
        write_place(row, entry, dataset);
        const auto id = points.insert(row);
        if (!entry.lines.empty()) {
            auto line_row = lines.new_row();
            write_place_lines(line_row, entry, id, dataset);
            lines.insert(line_row);
        }
    }
    m_state->note_change(Part::reference);
}

void StoreTransaction::replace_postcodes(const std::vector<Postcode>& postcodes) {
    replace_all(m_state->store.database, m_state->table(tables::postcodes), postcodes,
                write_postcode);
    m_state->note_change(Part::reference);
}

void StoreTransaction::replace_population(const std::vector<WardPopulation>& population) {
    replace_all(m_state->store.database, m_state->table(tables::ward_population), population,
                write_population);
    m_state->note_change(Part::reference);
}

void StoreTransaction::add_review(const HandDecision& decision) {
    auto& reviews = m_state->table(tables::reviews);
    auto row = reviews.new_row();
    write_review(row, decision);
    reviews.insert(row);
    m_state->note_change(Part::reviews);
}

void StoreTransaction::set_property(const std::string& key, const std::string& value) {
    write_property(m_state->table(tables::properties), key, value);
}

Revision StoreTransaction::commit(bool changed) {
    if (m_state->finished) {
        throw StoreError("the transaction was committed already");
    }
    auto& properties = m_state->table(tables::properties);
    auto revision = read_revision(properties);
    if (changed) {
        // A clock set back, or two commits in a second, must not give two revisions one time.
        const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        revision = {revision.number + 1,
                    std::max(now, revision.published + std::chrono::seconds(1))};
        write_revision(properties, revision);
    }
    m_state->store.database.commit();
    m_state->finished = true;
    m_state->store.in_transaction = false;
    return revision;
}

} // namespace hotspots::data
