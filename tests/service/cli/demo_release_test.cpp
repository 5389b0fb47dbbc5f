#include "data/incident_store.hpp"
#include "data/release/release.hpp"
#include "service/cli/demo_release.hpp"
#include "tests/catch.hpp"
#include "tests/service/cli/folder.hpp"

#include <sstream>

using namespace hotspots;

TEST_CASE("A demo whose release cannot be made goes on, and says what is missing and why") {
    const tests::Folder folder;
    // Without records there are no four quarters to make a release of.
    const auto store = data::IncidentStore::open(folder.file("store.gpkg"), data::Access::write);
    std::ostringstream log;
    service::make_demo_release(*store, "test", log);
    CHECK(store->releases().all.empty());
    CHECK_THAT(log.str(), Catch::StartsWith("the demo has no release: ") &&
                              Catch::Contains("four whole quarters") &&
                              Catch::Contains("panels and the public see no figures until "
                                              "'llr-hotspots release create' makes one\n"));
}
