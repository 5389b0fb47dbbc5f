// The store: incidents with everything they came with, reference data, imports and rejects, and a
// revision number. A GeoPackage through OGR today; the interface and SQL also fit PostGIS.
// Kill the process at any moment: the store is the revision before or the one after.
#pragma once

#include "data/hand_decision.hpp"
#include "data/record.hpp"
#include "data/reference/reference.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hotspots::data {

struct CountedRelease; // data/release/create_release.hpp
struct Releases;       // data/release/release.hpp

struct Revision {
    std::int64_t number = 0;
    Instant published{};
    friend bool operator==(const Revision&, const Revision&) = default;
};

// What tells whether a row is new, changed or a repeat.
struct StoredKey {
    std::int64_t id = 0;
    Source source = Source::police;
    std::string incident_id;
    std::uint64_t content = 0; // content_hash of the raw record
};
std::uint64_t content_hash(const RawRecord& record);

struct ImportEntry {
    std::int64_t id = 0;
    Instant started{};
    std::string files; // names, one a line
    std::string format;
    ImportCounts counts;
    std::string crs_operation;
    std::string report; // JSON: locations by status and level, scope decisions by profile
    std::string upload; // the name that an import over HTTP goes by; empty for one from a file
    std::vector<std::int64_t> repeats; // ascending ids of the incidents that it said again
    std::optional<Instant> undone;     // taken back as a whole
    std::string undone_by;
};

// A key that a program signs in with; the key itself is not kept.
struct ApiKey {
    std::string sha256; // of the key, 64 hexadecimal digits
    std::string role;
    std::string name;
    std::string purpose;
    Instant created{};
    std::optional<Instant> expires{}; // empty: never
    std::int64_t id = 0;              // given by the store
};

// A person's account. Its name is what it is known by.
struct User {
    std::string name;
    std::string role;
    std::string password_hash; // Argon2id with its salt and cost, as libsodium writes it
    Instant created{};
    Instant changed{};
    bool disabled = false;
};

// Parts of the store whose last change can be asked for.
enum class Part { removals, reference, reviews, access, releases };

struct StoredReference {
    std::vector<Ward> wards;
    std::vector<NamedPlace> places;
    std::vector<Postcode> postcodes;
    std::vector<WardPopulation> population;
};

// What undoing an import did to the incidents that it had written.
struct UndoneRows {
    std::int64_t removed = 0; // it alone had brought them
    std::int64_t kept = 0;    // a later import repeated or changed them
    // Those to be said as before it: to be located anew and given to overwrite().
    std::vector<Incident> restored;
};

// What purge() deleted and what it kept.
struct PurgedRows {
    std::int64_t incidents = 0;
    std::int64_t versions = 0; // what incidents had said before
    std::int64_t reviews = 0;
    std::int64_t rejects = 0;
    std::int64_t kept = 0;    // incidents
    std::int64_t undated = 0; // of those kept
    std::int64_t rejects_kept = 0;
};

// One change of the store: everything or nothing. Destroyed without commit, it leaves no trace.
class StoreTransaction {
public:
    ~StoreTransaction();
    std::int64_t insert(const Incident& incident); // incident.id is ignored; returns the new id
    void update(const Incident& incident);         // keeps what another import had said before
    void overwrite(const Incident& incident);      // keeps nothing
    void relocate(std::int64_t id, const Location& location, const std::string& ward_code);
    std::int64_t add_import(const ImportEntry& entry); // returns its id
    void finish_import(const ImportEntry& entry);      // fills in what was counted
    void add_reject(std::int64_t import_id, const Reject& reject);
    // Takes back what the import wrote. What a later import changed stays as that one has it, what
    // a later one repeated becomes that one's. Precondition: can_undo() and not undone yet.
    UndoneRows undo_import(std::int64_t import_id);
    // Deletes the incidents that were over before `before` with their versions and reviews, and
    // what imports that began before it, or of which nothing is left, rejected. Rejects have no
    // time of their own. To be followed by IncidentStore::scrub().
    PurgedRows purge(Instant before);
    void add_review(const HandDecision& decision); // decision.id is ignored
    void add_api_key(const ApiKey& key);           // key.id is ignored
    bool remove_api_key(std::int64_t id);          // false if there is none
    void put_user(const User& user);               // in place of the one of that name, if there is
    bool remove_user(const std::string& name);     // false if there is none
    // Throws StoreError unless its number is the next: another release was made meanwhile.
    void add_release(const CountedRelease& release, Instant created);
    // False if there is none of that number, or it is withdrawn already. Its document stays.
    bool withdraw_release(std::int64_t number, const std::string& reason, Instant when);
    void replace_wards(const std::vector<Ward>& wards);
    // Replaces the rows that an earlier load of the same `dataset` ("streets", "osm", …) left.
    void replace_places(const std::string& dataset, const std::vector<NamedPlace>& places);
    void replace_postcodes(const std::vector<Postcode>& postcodes);
    void replace_population(const std::vector<WardPopulation>& population);
    void set_property(const std::string& key, const std::string& value); // e.g. "demo"
    // Publishes: a new revision if `changed`, else only what was logged.
    Revision commit(bool changed);

private:
    friend class IncidentStore;
    struct State;
    explicit StoreTransaction(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

enum class Access { read, write };

class IncidentStore {
public:
    // `uri`: a path of a GeoPackage. Access::write creates an absent one and holds the writer's
    // lock of its folder until destroyed (waiting up to `patience` for another writer). Readers
    // neither wait for a writer nor hinder one. Belongs to one thread. Throws StoreError.
    static std::unique_ptr<IncidentStore>
    open(const std::string& uri, Access access,
         std::chrono::milliseconds patience = std::chrono::seconds(60));
    ~IncidentStore();
    IncidentStore(const IncidentStore&) = delete;
    IncidentStore& operator=(const IncidentStore&) = delete;

    Revision revision();
    // By id; with `written_after`, those that later revisions wrote.
    std::vector<Incident> incidents(std::int64_t written_after = -1);
    std::optional<Incident> incident(std::int64_t id);
    std::vector<std::int64_t> incident_ids(); // ascending
    // Those whose location text `wanted` says yes to, by id.
    std::vector<Incident> incidents_with_text(const std::function<bool(std::string_view)>& wanted);
    std::vector<StoredKey> keys();
    StoredReference reference();
    std::vector<ImportEntry> imports(); // oldest first
    // False for imports of a version of this program that did not keep what they changed.
    bool can_undo(std::int64_t import_id);
    // In the order of the files, `most` of them.
    std::vector<Reject> rejects(std::int64_t import_id,
                                std::int64_t most = std::numeric_limits<std::int64_t>::max());
    std::vector<HandDecision> reviews(); // in the order of decisions
    std::vector<ApiKey> api_keys();      // in the order they were made
    std::vector<User> users();           // by name
    Releases releases();
    std::vector<CountedRelease> counted_releases(); // by number, with what is never published
    // The revision that last changed this part, 0 if none did; of `access` and `releases`, which
    // are no matter of revisions, a number that differs after every change.
    std::int64_t last_change(Part part);
    std::optional<std::string> property(const std::string& key);
    // Makes the file anew without what was deleted or replaced, and empties its log. False if a
    // reader kept the log from being emptied. As large again on the disk meanwhile.
    bool scrub();
    // Writes the store as it is at one moment to a new file; others may write meanwhile. Throws
    // StoreError, also where the file exists.
    void copy_to(const std::string& path);
    std::unique_ptr<StoreTransaction> begin(); // one at a time; must end before the store does

private:
    friend class StoreReading;
    friend class StoreTransaction;
    struct State;
    explicit IncidentStore(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

// While it lives, every read of the store sees one revision, whatever others commit. Keep it short:
// what writers add meanwhile cannot be tidied up.
class StoreReading {
public:
    explicit StoreReading(IncidentStore& store);
    ~StoreReading();
    StoreReading(const StoreReading&) = delete;
    StoreReading& operator=(const StoreReading&) = delete;

private:
    IncidentStore::State* m_state; // null inside a transaction, which sees one revision anyway
};

} // namespace hotspots::data
