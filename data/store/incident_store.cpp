#include "data/incident_store.hpp"

#include "data/errors.hpp"
#include "data/store/migration.hpp"
#include "data/store/rows.hpp"
#include "data/store/state.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <unordered_map>

namespace hotspots::data {

using namespace store;

namespace {

std::vector<Table> open_tables(Database& database) {
    check_version(database);
    std::vector<Table> all;
    for (const auto& schema : schemas()) {
        all.push_back(database.table(schema));
    }
    return all;
}

void create_store(const std::string& path) {
    Database::create(path, schemas(), [](Database& database) {
        auto properties = database.table(schemas()[tables::properties]);
        database.begin();
        write_version(properties);
        write_revision(properties, {0, std::chrono::floor<std::chrono::seconds>(
                                           std::chrono::system_clock::now())});
        database.commit();
    });
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
    return path.has_parent_path() ? path.parent_path() : ".";
}

// The lock of the store's folder, with the store in it: created if absent.
std::unique_ptr<WriterLock> prepare_to_write(const std::string& path,
                                             std::chrono::milliseconds patience) {
    std::error_code error;
    std::filesystem::create_directories(folder_of(path), error); // the lock reports a failure
    auto lock = std::make_unique<WriterLock>(folder_of(path), patience);
    if (std::filesystem::exists(path)) {
        migrate(path);
    } else {
        create_store(path);
    }
    return lock;
}

template <class Entry>
void sort_by_id(std::vector<Entry>& entries) {
    const auto by_id = [](const Entry& a, const Entry& b) { return a.id < b.id; };
    if (!std::is_sorted(entries.begin(), entries.end(), by_id)) {
        std::sort(entries.begin(), entries.end(), by_id);
    }
}

std::vector<NamedPlace> read_places(Table& places, Table& lines) {
    std::vector<std::pair<std::int64_t, NamedPlace>> rows;
    places.scan({}, {}, [&](const Row& row) { rows.emplace_back(row.id(), read_place(row)); });
    std::sort(rows.begin(), rows.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<NamedPlace> result;
    std::unordered_map<std::int64_t, std::size_t> index;
    result.reserve(rows.size());
    for (auto& [id, entry] : rows) {
        index.emplace(id, result.size());
        result.push_back(std::move(entry));
    }
    lines.scan({}, {}, [&](const Row& row) {
        const auto at = index.find(row.integer(place_line::place_id).value_or(0));
        if (at != index.end()) {
            result[at->second].lines = row.lines();
        }
    });
    return result;
}

// Of a property; 0 if there is none.
std::int64_t number_of(IncidentStore& store, const char* name) {
    const auto text = store.property(name).value_or("0");
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) {
        throw StoreError(std::string("table 'properties': ") + name + " is '" + text +
                         "', not a number; the store is damaged");
    }
    return number;
}

} // namespace

IncidentStore::State::State(const std::string& store_path, std::unique_ptr<WriterLock> writer_lock)
    : path(store_path), lock(std::move(writer_lock)), database(path, lock != nullptr),
      all_tables(open_tables(database)) {}

std::unique_ptr<IncidentStore> IncidentStore::open(const std::string& uri, Access access,
                                                   std::chrono::milliseconds patience) {
    if (const auto scheme = uri.find("://"); scheme != std::string::npos) {
        throw StoreError("stores of kind '" + uri.substr(0, scheme) +
                         "' are not supported; give the path of a GeoPackage");
    }
    try {
        std::unique_ptr<WriterLock> lock;
        if (access == Access::write) {
            lock = prepare_to_write(uri, patience);
        } else if (!std::filesystem::exists(uri)) {
            throw StoreError("there is none; an import creates it");
        }
        return std::unique_ptr<IncidentStore>(
            new IncidentStore(std::make_unique<State>(uri, std::move(lock))));
    } catch (const StoreBusy& error) {
        throw StoreBusy("store '" + uri + "': " + error.what());
    } catch (const StoreOutdated& error) {
        throw StoreOutdated("store '" + uri + "': " + error.what());
    } catch (const StoreError& error) {
        throw StoreError("store '" + uri + "': " + error.what());
    } catch (const std::filesystem::filesystem_error& error) {
        throw StoreError("store '" + uri + "': " + error.what());
    }
}

IncidentStore::IncidentStore(std::unique_ptr<State> state) : m_state(std::move(state)) {}
IncidentStore::~IncidentStore() = default;

Revision IncidentStore::revision() {
    return read_revision(m_state->table(tables::properties));
}

std::vector<Incident> IncidentStore::incidents(std::int64_t written_after) {
    // All of them are read fastest without a condition.
    const auto condition =
        written_after < 0 ? std::string() : "written_revision > " + std::to_string(written_after);
    std::vector<Incident> all;
    IncidentReader reader;
    m_state->table(tables::incidents).scan(condition, read_columns(), [&](const Row& row) {
        all.push_back(reader.read(row));
    });
    sort_by_id(all);
    return all;
}

std::optional<Incident> IncidentStore::incident(std::int64_t id) {
    std::optional<Incident> found;
    IncidentReader reader;
    m_state->table(tables::incidents)
        .scan("id = " + std::to_string(id), read_columns(),
              [&](const Row& row) { found = reader.read(row); });
    return found;
}

std::vector<std::int64_t> IncidentStore::incident_ids() {
    constexpr std::size_t wanted[] = {incident::import_id};
    std::vector<std::int64_t> all;
    m_state->table(tables::incidents).scan({}, wanted, [&](const Row& row) {
        all.push_back(row.id());
    });
    std::sort(all.begin(), all.end());
    return all;
}

std::vector<Incident>
IncidentStore::incidents_with_text(const std::function<bool(std::string_view)>& wanted) {
    constexpr std::size_t text_only[] = {incident::location_text};
    std::vector<std::int64_t> ids;
    m_state->table(tables::incidents).scan({}, text_only, [&](const Row& row) {
        if (wanted(row.text(incident::location_text))) {
            ids.push_back(row.id());
        }
    });
    std::sort(ids.begin(), ids.end());
    std::vector<Incident> found;
    for (const auto id : ids) {
        if (auto entry = incident(id)) {
            found.push_back(std::move(*entry));
        }
    }
    return found;
}

std::vector<StoredKey> IncidentStore::keys() {
    constexpr std::size_t wanted[] = {incident::incident_id, incident::source,
                                      incident::content_hash};
    std::vector<StoredKey> all;
    m_state->table(tables::incidents).scan({}, wanted, [&](const Row& row) {
        all.push_back(read_key(row));
    });
    sort_by_id(all);
    return all;
}

StoredReference IncidentStore::reference() {
    StoredReference all;
    m_state->table(tables::wards).scan({}, {}, [&](const Row& row) {
        all.wards.push_back(read_ward(row));
    });
    std::sort(all.wards.begin(), all.wards.end(),
              [](const Ward& a, const Ward& b) { return a.code < b.code; });
    all.places = read_places(m_state->table(tables::places), m_state->table(tables::place_lines));
    m_state->table(tables::postcodes).scan({}, {}, [&](const Row& row) {
        all.postcodes.push_back(read_postcode(row));
    });
    std::sort(all.postcodes.begin(), all.postcodes.end(),
              [](const Postcode& a, const Postcode& b) { return a.code < b.code; });
    m_state->table(tables::ward_population).scan({}, {}, [&](const Row& row) {
        all.population.push_back(read_population(row));
    });
    std::sort(all.population.begin(), all.population.end(),
              [](const auto& a, const auto& b) { return a.ward_code < b.ward_code; });
    return all;
}

std::vector<ImportEntry> IncidentStore::imports() {
    return read_imports(m_state->table(tables::imports));
}

std::vector<Reject> IncidentStore::rejects(std::int64_t import_id, std::int64_t most) {
    std::vector<std::pair<std::int64_t, Reject>> rows;
    const auto wanted =
        "id IN (SELECT id FROM rejects WHERE import_id = " + std::to_string(import_id) +
        " ORDER BY id LIMIT " + std::to_string(most) + ")";
    m_state->table(tables::rejects).scan(wanted, {}, [&](const Row& row) {
        rows.emplace_back(row.id(), read_reject(row));
    });
    std::sort(rows.begin(), rows.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Reject> all;
    for (auto& [id, entry] : rows) {
        all.push_back(std::move(entry));
    }
    return all;
}

std::vector<HandDecision> IncidentStore::reviews() {
    std::vector<HandDecision> all;
    m_state->table(tables::reviews).scan({}, {}, [&](const Row& row) {
        all.push_back(read_review(row));
    });
    sort_by_id(all);
    return all;
}

bool IncidentStore::can_undo(std::int64_t import_id) {
    return import_id > number_of(*this, last_import_without_versions);
}

std::int64_t IncidentStore::last_change(Part part) {
    return number_of(*this, name_of(part));
}

std::optional<std::string> IncidentStore::property(const std::string& key) {
    return read_property(m_state->table(tables::properties), key);
}

StoreReading::StoreReading(IncidentStore& store)
    : m_state(store.m_state->in_transaction ? nullptr : store.m_state.get()) {
    if (m_state) {
        m_state->database.begin();
        m_state->in_transaction = true;
    }
}

StoreReading::~StoreReading() {
    if (m_state) {
        m_state->database.rollback();
        m_state->in_transaction = false;
    }
}

} // namespace hotspots::data
