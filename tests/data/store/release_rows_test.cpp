// Releases in the store: numbered, kept byte for byte, withdrawn but never edited.
#include "data/errors.hpp"
#include "data/release/create_release.hpp"
#include "tests/catch.hpp"
#include "tests/data/release/area.hpp"
#include "tests/data/store/temporary_folder.hpp"

using namespace hotspots;
using namespace hotspots::data;
using namespace hotspots::tests;

TEST_CASE("A release is kept with its counts; withdrawn, it stays as it was and says why") {
    const TemporaryFolder folder;
    const auto snapshot = made_snapshot({4, 1, 4, 100, 1});
    const auto made = create_release(snapshot, "vrn-2021", {}, "test");
    const auto store = writer(folder);
    CHECK(store->last_change(Part::releases) == 0);
    {
        const auto change = store->begin();
        change->add_release(made, moment("2025-01-02T03:04:05Z").begin);
        // Undone with what it belongs to.
    }
    CHECK(store->releases().all.empty());
    {
        const auto change = store->begin();
        change->add_release(made, moment("2025-01-02T03:04:05Z").begin);
        change->commit(false);
    }
    CHECK(store->last_change(Part::releases) == 1);
    CHECK(store->revision().number == 0);
    {
        const auto change = store->begin();
        CHECK_THROWS_WITH(change->add_release(made, {}),
                          Catch::Matchers::Contains("another was made meanwhile"));
        CHECK_FALSE(change->withdraw_release(2, "wrong", {}));
        CHECK(change->withdraw_release(1, "wrong wards", moment("2025-02-03").begin));
        CHECK_FALSE(change->withdraw_release(1, "again", {}));
        change->commit(false);
    }
    const auto kept = reader(folder)->counted_releases();
    REQUIRE(kept.size() == 1);
    CHECK(kept[0].release.document == made.release.document);
    CHECK(kept[0].release.sha256 == made.release.sha256);
    CHECK(kept[0].release.created == moment("2025-01-02T03:04:05Z").begin);
    CHECK(kept[0].release.withdrawn == moment("2025-02-03").begin);
    CHECK(kept[0].release.withdrawn_reason == "wrong wards");
    CHECK(kept[0].release.notes == made.release.notes);
    CHECK(kept[0].counts.atoms == made.counts.atoms);
    const auto releases = store->releases();
    CHECK_FALSE(releases.latest());
    REQUIRE(releases.find(1));
    CHECK_FALSE(releases.find(2));
    // The next one knows it, but repeats none of what was taken back.
    const auto next = create_release(snapshot, "vrn-2021", kept, "test");
    CHECK(next.release.number == 2);
    CHECK(next.release.report.repeated == 0);
}
