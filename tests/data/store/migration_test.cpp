// A store as version 1 of the schema had it is brought up to date. It is made by taking away, with
// SQLite alone, what later versions added.
#include "data/errors.hpp"
#include "data/ingest/import.hpp"
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
for table in ("incident_versions", "reviews", "api_keys"):
    store.execute("DROP TABLE " + table)
    for list in ("gpkg_contents", "gpkg_geometry_columns"):
        store.execute(f"DELETE FROM {list} WHERE table_name = ?", (table,))
store.execute("UPDATE properties SET value = '1' WHERE name = 'schema_version'")
store.commit()
)";

void make_version_1(const TemporaryFolder& folder) {
    const auto script = folder.write("to_version_1.py", to_version_1);
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
    make_version_1(folder);
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
