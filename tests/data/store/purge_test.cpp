// The end of retention: which records go, that their bytes go, and copies of the store.
#include "data/errors.hpp"
#include "data/ingest/import.hpp"
#include "tests/catch.hpp"
#include "tests/data/store/temporary_folder.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

using namespace hotspots;
using namespace hotspots::data;
using namespace hotspots::tests;

namespace {

struct Retained {
    TemporaryFolder folder;
    std::unique_ptr<IncidentStore> store = IncidentStore::open(folder.store(), Access::write);

    ImportResult add(const std::string& rows) {
        const auto file = folder.write(
            "rows.csv", "incident_id,occurred_from,occurred_to,location_text\n" + rows);
        return import_files(*store, ImportRequest{{file}, ImportFormat::vrn, {}});
    }
    PurgedRows purge(const std::string& day) {
        auto change = store->begin();
        const auto purged = change->purge(moment(day).begin);
        change->commit(true);
        change.reset();
        CHECK(store->scrub());
        return purged;
    }
    std::set<std::string> left() {
        std::set<std::string> ids;
        for (const auto& incident : store->incidents()) {
            ids.insert(incident.record.incident_id);
        }
        return ids;
    }
    // In the store's file and its log.
    bool holds(const std::string& text) {
        for (const char* ending : {"", "-wal"}) {
            std::ifstream file(folder.store() + ending, std::ios::binary);
            const std::string bytes(std::istreambuf_iterator<char>(file), {});
            if (bytes.find(text) != bytes.npos) {
                return true;
            }
        }
        return false;
    }
};

} // namespace

TEST_CASE("What ended before the day goes, what touches it or follows it stays") {
    Retained data;
    data.add("month,2018-12,,a\n"
             "day,2018-12-31,,a\n"
             "second,2018-12-31T23:59:59,,a\n"
             "midnight,2019-01-01T00:00:00,,a\n"
             "lasting,2018-12-31,2019-01-02,a\n"
             "year,2018-12-31T23:00,2019-01-01T01:00,a\n");
    const auto purged = data.purge("2019-01-01");
    CHECK(data.left() == std::set<std::string>{"midnight", "lasting", "year"});
    CHECK(purged.incidents == 3);
    CHECK(purged.kept == 3);
    CHECK(purged.undated == 0);
}

TEST_CASE("A day is London's: in summer it begins an hour before UTC's") {
    Retained data;
    data.add("before,2019-06-30T22:59:59Z,,a\nafter,2019-06-30T23:00:00Z,,a\n");
    data.purge("2019-07-01");
    CHECK(data.left() == std::set<std::string>{"after"});
}

TEST_CASE("No byte of a purged record is left in the file, earlier versions and rejects included") {
    Retained data;
    data.add(
        "a,2018-05-01,,Needleworth Street\nbad,Needleworth-when,,x\nb,2024-05-01,,Kept Road\n");
    data.add("a,2018-05-01,,Needleworth Lane\n");
    CHECK(data.holds("Needleworth"));
    data.purge("2019-01-01");
    CHECK_FALSE(data.holds("Needleworth Street"));
    CHECK_FALSE(data.holds("Needleworth Lane"));
    CHECK(data.holds("Kept Road"));
    // Its import brought a record that is kept: what it rejected may be as young.
    CHECK(data.holds("Needleworth-when"));
    data.purge("2025-01-01"); // now nothing of it is left
    CHECK_FALSE(data.holds("Needleworth"));
    CHECK(data.left().empty());
}

TEST_CASE("Undoing an import after a purge brings nothing back") {
    Retained data;
    data.add("a,2018-05-01,,x\nb,2018-06-01,,x\n");
    const auto second = data.add("a,2024-05-01,,x\nb,2018-06-02,,x\n"); // a was of 2018 before
    data.purge("2019-01-01");
    CHECK(data.left() == std::set<std::string>{"a"});
    undo_import(*data.store, second.entry.id, "analyst");
    CHECK(data.left().empty());
}

TEST_CASE("A copy is a whole store of that moment, and is written over nothing") {
    Retained data;
    data.add("a,2024-05-01,,x\n");
    const auto path = data.folder.store() + ".copy";
    const auto reader = IncidentStore::open(data.folder.store(), Access::read);
    reader->copy_to(path);
    data.add("b,2024-05-02,,x\n");
    const auto copy = IncidentStore::open(path, Access::read);
    CHECK(copy->incidents().size() == 1);
    CHECK(copy->revision().number + 1 == data.store->revision().number);
    CHECK_THROWS_AS(reader->copy_to(path), StoreError);
    CHECK_FALSE(std::filesystem::exists(path + ".partial"));
}
