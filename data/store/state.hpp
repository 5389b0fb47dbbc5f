// What IncidentStore and StoreTransaction share: the open database, its tables and the lock.
#pragma once

#include "data/incident_store.hpp"
#include "data/store/database.hpp"
#include "data/store/schema.hpp"
#include "data/store/writer_lock.hpp"

#include <memory>
#include <vector>

namespace hotspots::data {

struct IncidentStore::State {
    State(const std::string& path, std::unique_ptr<store::WriterLock> writer_lock);

    store::Table& table(store::tables::Index index) { return all_tables[index]; }

    std::string path;
    // Declared so that the lock is given back after the database is closed.
    std::unique_ptr<store::WriterLock> lock;
    store::Database database;
    std::vector<store::Table> all_tables;
    bool in_transaction = false;
};

namespace store {

// One row a name. Missing: empty.
std::optional<std::string> read_property(Table& properties, const std::string& name);
void write_property(Table& properties, const std::string& name, const std::string& value);

// The property that IncidentStore::last_change() reads.
const char* name_of(Part part);

Revision read_revision(Table& properties);
void write_revision(Table& properties, const Revision& revision);

} // namespace store

struct StoreTransaction::State {
    explicit State(IncidentStore::State& opened);
    ~State(); // rolls back what was not committed
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    store::Table& table(store::tables::Index index) { return store.table(index); }
    void note_change(Part part); // in the revision that this transaction makes

    IncidentStore::State& store;
    std::int64_t next_revision = 0; // of what is written, if it is published
    bool finished = false;
};

} // namespace hotspots::data
