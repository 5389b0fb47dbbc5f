// Undoing imports. The oracle of the last test is a model: the imports that were not undone, played
// again from nothing.
#include "data/errors.hpp"
#include "data/ingest/import.hpp"
#include "tests/catch.hpp"
#include "tests/data/store/temporary_folder.hpp"

#include <map>
#include <random>

using namespace hotspots;
using namespace hotspots::data;
using namespace hotspots::tests;

namespace {

using Rows = std::vector<std::pair<std::string, std::string>>; // identifier, injury

std::string csv_of(const Rows& rows) {
    std::string text = "incident_id,occurred_from,location_text,injury\n";
    for (const auto& [id, injury] : rows) {
        text += id + ",2025-03-01,Granby Street," + injury + "\n";
    }
    return text;
}

class Imports {
public:
    ImportResult add(const Rows& rows) {
        const auto file = m_folder.write("rows.csv", csv_of(rows));
        return import_files(*m_store, ImportRequest{{file}, ImportFormat::vrn, {}});
    }
    UndoResult undo(std::int64_t id) { return undo_import(*m_store, id, "analyst"); }
    std::map<std::string, std::string> contents() {
        std::map<std::string, std::string> all;
        for (const auto& incident : m_store->incidents()) {
            all[incident.record.incident_id] = incident.record.injury;
        }
        return all;
    }
    IncidentStore& store() { return *m_store; }

private:
    TemporaryFolder m_folder;
    std::unique_ptr<IncidentStore> m_store = IncidentStore::open(m_folder.store(), Access::write);
};

using Contents = std::map<std::string, std::string>;

} // namespace

TEST_CASE("Undoing the import that brought records removes them") {
    Imports imports;
    const auto first = imports.add({{"a", "cut"}, {"b", "bruise"}});
    const auto second = imports.add({{"c", "none"}});
    const auto undone = imports.undo(first.entry.id);
    CHECK(undone.removed == 2);
    CHECK(undone.restored == 0);
    CHECK(undone.kept == 0);
    CHECK(undone.revision.number == second.revision.number + 1);
    CHECK(imports.contents() == Contents{{"c", "none"}});
    const auto entries = imports.store().imports();
    REQUIRE(entries.size() == 2);
    CHECK(entries[0].undone);
    CHECK(entries[0].undone_by == "analyst");
    CHECK(entries[0].counts == first.entry.counts); // what it was stays known
    CHECK_FALSE(entries[1].undone);
}

TEST_CASE("Undoing the import that changed a record brings back what it said before") {
    Imports imports;
    imports.add({{"a", "cut"}});
    const auto before = imports.store().incidents();
    const auto second = imports.add({{"a", "fracture"}});
    CHECK(second.entry.counts.updated == 1);
    const auto undone = imports.undo(second.entry.id);
    CHECK(undone.removed == 0);
    CHECK(undone.restored == 1);
    const auto after = imports.store().incidents();
    REQUIRE(after.size() == 1);
    CHECK(after[0].id == before[0].id);
    CHECK(after[0].import_id == before[0].import_id);
    CHECK(after[0].record == before[0].record);
    CHECK(after[0].location == before[0].location);
}

TEST_CASE("What a later import changed stays; undoing that one too removes the record") {
    Imports imports;
    const auto first = imports.add({{"a", "cut"}});
    const auto second = imports.add({{"a", "fracture"}});
    CHECK(imports.undo(first.entry.id).removed == 0);
    CHECK(imports.contents() == Contents{{"a", "fracture"}});
    CHECK(imports.undo(second.entry.id).removed == 1);
    CHECK(imports.contents().empty());
}

TEST_CASE("What a later import repeated becomes that one's") {
    Imports imports;
    const auto first = imports.add({{"a", "cut"}, {"b", "bruise"}, {"c", "cut"}});
    const auto second = imports.add({{"a", "cut"}, {"c", "cut"}, {"c", "cut"}});
    CHECK(second.entry.counts.duplicate == 3);
    CHECK(second.entry.repeats.size() == 2);
    const auto undone = imports.undo(first.entry.id);
    CHECK(undone.removed == 1);
    CHECK(undone.kept == 2);
    CHECK(imports.contents() == Contents{{"a", "cut"}, {"c", "cut"}});
    CHECK(imports.store().incidents()[0].import_id == second.entry.id);
    CHECK(imports.undo(second.entry.id).removed == 2);
    CHECK(imports.contents().empty());
}

TEST_CASE("An import is undone once, and only if it is there") {
    Imports imports;
    const auto first = imports.add({{"a", "cut"}});
    imports.undo(first.entry.id);
    CHECK_THROWS_WITH(imports.undo(first.entry.id),
                      Catch::Matchers::Contains("undone already, by analyst"));
    CHECK_THROWS_WITH(imports.undo(99), Catch::Matchers::Contains("there is no import 99"));
    CHECK(imports.add({{"a", "cut"}}).entry.counts.stored == 1);
}

TEST_CASE("Whatever is imported and undone, the store says what the imports that stand say") {
    std::mt19937 random(20261122);
    const auto pick = [&](int below) {
        return static_cast<int>(random() % static_cast<unsigned>(below));
    };
    for (int round = 0; round < 12; ++round) {
        Imports imports;
        std::map<std::int64_t, Rows> standing;
        for (int step = 0; step < 14; ++step) {
            if (standing.empty() || pick(3) > 0) {
                Rows rows;
                for (int i = pick(6) + 1; i > 0; --i) {
                    rows.emplace_back(std::string(1, static_cast<char>('a' + pick(4))),
                                      std::to_string(pick(3)));
                }
                const auto result = imports.add(rows);
                REQUIRE(result.entry.counts.add_up());
                standing[result.entry.id] = rows;
            } else {
                const auto chosen =
                    std::next(standing.begin(), pick(static_cast<int>(standing.size())));
                imports.undo(chosen->first);
                standing.erase(chosen);
            }
            Contents expected;
            for (const auto& [id, rows] : standing) {
                for (const auto& [name, injury] : rows) {
                    expected[name] = injury;
                }
            }
            REQUIRE(imports.contents() == expected);
        }
    }
}
