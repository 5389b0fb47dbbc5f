// Stores as versions 1 to 3 of the schema had them are brought up to date. They are made by taking
// away, with SQLite alone, what later versions added.
#include "data/errors.hpp"
#include "data/ingest/import.hpp"
#include "data/release/release.hpp"
#include "tests/catch.hpp"
#include "tests/data/store/temporary_folder.hpp"

using namespace hotspots;
using namespace hotspots::data;
using namespace hotspots::tests;

namespace {

constexpr const char* to_version_1 = R"(
import sqlite3, sys
store = sqlite3.connect(sys.argv[1])
store.execute("DROP INDEX incidents_index")
store.execute("ALTER TABLE incidents DROP COLUMN written_revision")
for column in ("upload", "repeats", "undone", "undone_by"):
    store.execute("ALTER TABLE imports DROP COLUMN " + column)
for table in ("incident_versions", "reviews", "api_keys", "users", "releases"):
    store.execute("DROP TABLE " + table)
    for list in ("gpkg_contents", "gpkg_geometry_columns"):
        store.execute(f"DELETE FROM {list} WHERE table_name = ?", (table,))
store.execute("UPDATE properties SET value = '1' WHERE name = 'schema_version'")
store.commit()
)";

constexpr const char* to_version_2 = R"(
import sqlite3, sys
store = sqlite3.connect(sys.argv[1])
store.execute("ALTER TABLE api_keys DROP COLUMN expires")
for table in ("users", "releases"):
    store.execute("DROP TABLE " + table)
    store.execute("DELETE FROM gpkg_contents WHERE table_name = ?", (table,))
store.execute("UPDATE properties SET value = '2' WHERE name = 'schema_version'")
store.commit()
)";

constexpr const char* to_version_3 = R"(
import sqlite3, sys
store = sqlite3.connect(sys.argv[1])
store.execute("DROP TABLE releases")
store.execute("DELETE FROM gpkg_contents WHERE table_name = 'releases'")
store.execute("UPDATE properties SET value = '3' WHERE name = 'schema_version'")
store.commit()
)";

void make_earlier(const TemporaryFolder& folder, const char* program) {
    const auto script = folder.write("to_earlier.py", program);
    REQUIRE(output_of("python3 " + script + " " + folder.store() + " 2>&1").empty());
}

} // namespace

TEST_CASE("A store of version 1 opens to read only after a writer has brought it up to date") {
    const TemporaryFolder folder;
    std::vector<Incident> before;
    {
        const auto store = IncidentStore::open(folder.store(), Access::write);
        const auto transaction = store->begin();
        auto incident = full_incident("one");
        incident.import_id = transaction->add_import({});
        transaction->insert(incident);
        transaction->commit(true);
        before = store->incidents();
    }
    make_earlier(folder, to_version_1);
    CHECK_THROWS_WITH(IncidentStore::open(folder.store(), Access::read),
                      Catch::Matchers::Contains("schema version '1'") &&
                          Catch::Matchers::Contains("brings it up to date"));

    const auto store = IncidentStore::open(folder.store(), Access::write);
    CHECK(store->revision().number == 1);
    const auto after = store->incidents();
    REQUIRE(after.size() == 1);
    CHECK(after[0].record == before[0].record);
    CHECK(after[0].location == before[0].location);
    CHECK(store->incidents(0).size() == 1); // written by revision 1
    CHECK(store->incidents(1).empty());
    REQUIRE(store->imports().size() == 1);
    // Version 1 did not write down what an import repeated or changed.
    CHECK_FALSE(store->can_undo(store->imports()[0].id));
    CHECK_THROWS_WITH(undo_import(*store, store->imports()[0].id, "analyst"),
                      Catch::Matchers::Contains("earlier version") &&
                          Catch::Matchers::Contains("expected a later import"));
    {
        const auto transaction = store->begin();
        const auto later = transaction->add_import({});
        transaction->commit(false);
        CHECK(store->can_undo(later));
    }
    CHECK(store->incidents().size() == 1);
    CHECK(store->reviews().empty());
    CHECK(store->api_keys().empty());
    const auto reader = IncidentStore::open(folder.store(), Access::read);
    CHECK(reader->incidents().size() == 1);
}

TEST_CASE("A store of version 2 keeps its keys, which never expire, and gets accounts") {
    const TemporaryFolder folder;
    {
        const auto store = IncidentStore::open(folder.store(), Access::write);
        const auto transaction = store->begin();
        transaction->add_api_key({std::string(64, 'a'), "panel", "the panel", "meeting", {}});
        transaction->commit(false);
    }
    make_earlier(folder, to_version_2);
    CHECK_THROWS_WITH(IncidentStore::open(folder.store(), Access::read),
                      Catch::Matchers::Contains("schema version '2'") &&
                          Catch::Matchers::Contains("brings it up to date"));
    const auto store = IncidentStore::open(folder.store(), Access::write);
    REQUIRE(store->api_keys().size() == 1);
    CHECK(store->api_keys()[0].name == "the panel");
    CHECK_FALSE(store->api_keys()[0].expires);
    CHECK(store->users().empty());
    const auto transaction = store->begin();
    transaction->put_user({"a", "admin", "hash", {}, {}, false});
    transaction->commit(false);
    CHECK(IncidentStore::open(folder.store(), Access::read)->users().size() == 1);
}

TEST_CASE("A store of version 3 keeps its accounts and gets a place for releases") {
    const TemporaryFolder folder;
    {
        const auto store = IncidentStore::open(folder.store(), Access::write);
        const auto transaction = store->begin();
        transaction->put_user({"ann", "analyst", "hash", {}, {}, false});
        transaction->commit(false);
    }
    make_earlier(folder, to_version_3);
    CHECK_THROWS_WITH(IncidentStore::open(folder.store(), Access::read),
                      Catch::Matchers::Contains("schema version '3'"));
    const auto store = IncidentStore::open(folder.store(), Access::write);
    REQUIRE(store->users().size() == 1);
    CHECK(store->users()[0].name == "ann");
    CHECK(store->releases().all.empty());
}
