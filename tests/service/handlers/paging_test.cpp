// Pages are cut from one revision, whatever is imported while somebody walks through them.
#include "data/snapshot.hpp"
#include "service/kept_revisions.hpp"
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <set>

using namespace hotspots;
using nlohmann::json;
using service::KeptRevisions;
using tests::Service;
using tests::SnapshotBuilder;
using tests::three_clusters;

namespace {

std::string href(const json& document, const std::string& rel) {
    for (const auto& link : document.at("links")) {
        if (link.at("rel") == rel) {
            return link.at("href");
        }
    }
    return {};
}

// A store that an import changes: every record moves from one ward to another, and some come.
class ChangingService {
public:
    ChangingService() : m_service(m_present) {
        m_service.context.snapshot = [this] { return m_present; };
    }
    void import() {
        ++m_revision;
        SnapshotBuilder builder;
        const auto at = m_revision % 2 == 0 ? tests::castle_centre : tests::north_centre;
        builder.add({at}, 33 + static_cast<int>(m_revision)).revision(m_revision);
        m_present = builder.build();
    }
    const Service& operator*() const { return m_service; }

private:
    std::int64_t m_revision = 7;
    std::shared_ptr<const data::Snapshot> m_present = three_clusters().build();
    Service m_service;
};

std::shared_ptr<const data::Snapshot> snapshot_of_revision(std::int64_t number,
                                                           std::int64_t published_s) {
    data::Snapshot snapshot;
    snapshot.revision = {number, data::Instant(std::chrono::seconds(published_s))};
    return std::make_shared<const data::Snapshot>(std::move(snapshot));
}

} // namespace

TEST_CASE("A walk meets every feature of its revision once while imports land", "[paging]") {
    ChangingService changing;
    const Service& service = *changing;
    const auto query =
        GENERATE(as<std::string>(), "limit=4", "limit=7&filter=ward%3D%27North%27&f=json",
                 "limit=3&bbox=456000,304000,458000,306000&bbox-crs=http://www.opengis.net/def/crs/"
                 "EPSG/0/27700&crs=http://www.opengis.net/def/crs/EPSG/0/4326&datetime=2025-03");
    auto page = service.json("/collections/incidents/items?" + query);
    const auto expected = page.at("numberMatched").get<std::size_t>();
    CHECK(expected == (query == "limit=4" ? 33U : 20U));
    std::vector<json> ids;
    std::string back;
    while (true) {
        for (const auto& feature : page.at("features")) {
            ids.push_back(feature.at("id"));
        }
        CHECK(page.at("numberMatched") == expected);
        CHECK(page.at("manifest").at("revision") == 7);
        const auto next = href(page, "next");
        if (next.empty()) {
            break;
        }
        changing.import();
        page = service.json(next);
        back = href(page, "prev");
    }
    CHECK(ids.size() == expected);
    CHECK(std::set<json>(ids.begin(), ids.end()).size() == expected);
    CHECK(service.json(back).at("manifest").at("revision") == 7);
    // Whoever begins now sees the present.
    CHECK(service.json("/collections/incidents/items").at("manifest").at("revision").get<int>() >
          7);
}

TEST_CASE("Hotspots and cells are paged at their revision too", "[paging]") {
    ChangingService changing;
    const Service& service = *changing;
    const auto collection = GENERATE(as<std::string>(), "hotspots", "cells", "wards", "isobands");
    const auto whole = service.json("/collections/" + collection + "/items?limit=10000");
    auto page = service.json("/collections/" + collection + "/items?limit=1");
    std::vector<json> ids;
    while (true) {
        ids.push_back(page.at("features").at(0).at("id"));
        const auto next = href(page, "next");
        if (next.empty()) {
            break;
        }
        changing.import();
        page = service.json(next);
    }
    REQUIRE(ids.size() == whole.at("features").size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        CHECK(ids[i] == whole.at("features").at(i).at("id"));
    }
}

TEST_CASE("A revision that is not kept is gone, one to come is an error, and both say what to do",
          "[paging]") {
    ChangingService changing;
    const Service& service = *changing;
    const std::string items = "/collections/incidents/items?revision=";
    CHECK(service.json(items + "7").at("manifest").at("revision") == 7);
    const auto gone = service.problem(items + "6", 410);
    CHECK(gone.at("parameter") == "revision");
    CHECK_THAT(gone.at("detail").get<std::string>(), Catch::Contains("begin again"));
    CHECK(service.problem(items + "8").at("parameter") == "revision");
    CHECK(service.problem(items + "x").at("parameter") == "revision");
    // All on one page: nobody needs it any more.
    service.json("/collections/wards/items");
    changing.import();
    service.problem("/collections/wards/items?revision=7", 410);
    service.problem("/collections/wards/items/E05000001?revision=7", 410);
    CHECK(service.json("/collections/wards/items/E05000001?revision=8").at("id") == "E05000001");
}

TEST_CASE("Kept revisions go when their time is over, the longest unasked first", "[paging]") {
    auto now = KeptRevisions::Clock::time_point();
    KeptRevisions kept(std::chrono::minutes(5), [&] { return now; });
    kept.keep(snapshot_of_revision(1, 100));
    now += std::chrono::minutes(4);
    CHECK(kept.find(1)); // and five minutes more
    now += std::chrono::minutes(4);
    CHECK(kept.find(1));
    CHECK_FALSE(kept.find(2));
    now += std::chrono::minutes(5);
    CHECK_FALSE(kept.find(1));
    CHECK(kept.size() == 0);
    for (int number = 1; number <= 12; ++number) {
        kept.keep(snapshot_of_revision(number, 100 + number));
        CHECK(kept.find(1) != nullptr); // somebody walks through it all the time
    }
    CHECK(kept.size() == KeptRevisions::most_revisions);
    CHECK_FALSE(kept.find(5));
    CHECK(kept.find(12));
}

TEST_CASE("Revisions of a store that another has replaced are not kept beside its own",
          "[paging]") {
    KeptRevisions kept;
    kept.keep(snapshot_of_revision(5, 500));
    kept.keep(snapshot_of_revision(9, 900));
    kept.keep(snapshot_of_revision(6, 1000)); // published after 9: of another store
    CHECK_FALSE(kept.find(9));
    CHECK(kept.find(6));
    CHECK(kept.find(5)); // may be either's
    kept.keep(snapshot_of_revision(6, 1100));
    CHECK(kept.find(6)->revision.published == data::Instant(std::chrono::seconds(1100)));
    CHECK(kept.size() == 2);
}
