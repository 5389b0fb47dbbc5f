// Keys and accounts as the store keeps them.
#include "tests/catch.hpp"
#include "tests/data/store/temporary_folder.hpp"

#include <set>

using namespace hotspots;
using namespace hotspots::data;
using namespace hotspots::tests;

namespace {

using Change = std::function<void(StoreTransaction&)>;

// What follows a change: the number that tells readers of it.
std::int64_t after(IncidentStore& store, const Change& change) {
    const auto transaction = store.begin();
    change(*transaction);
    transaction->commit(false);
    return store.last_change(Part::access);
}

Instant at(int seconds) {
    return Instant(std::chrono::seconds(1'700'000'000 + seconds));
}

} // namespace

TEST_CASE("Accounts and keys come back as they went in, and every change of them can be noticed") {
    const TemporaryFolder folder;
    const auto store = IncidentStore::open(folder.store(), Access::write);
    const User ann{"ann", "analyst", "hash of ann's", at(0), at(1), false};
    const User bob{"bob@example.org", "admin", "hash of bob's", at(2), at(3), true};
    std::multiset<std::int64_t> numbers{store->last_change(Part::access)};
    numbers.insert(after(*store, [&](auto& change) { change.put_user(bob); }));
    numbers.insert(after(*store, [&](auto& change) { change.put_user(ann); }));
    const auto users = store->users();
    REQUIRE(users.size() == 2);
    CHECK(users[0].name == "ann");
    CHECK(users[0].password_hash == "hash of ann's");
    CHECK(users[0].changed == at(1));
    CHECK_FALSE(users[0].disabled);
    CHECK(users[1].role == "admin");
    CHECK(users[1].created == at(2));
    CHECK(users[1].disabled);

    auto other = ann;
    other.role = "panel";
    numbers.insert(after(*store, [&](auto& change) { change.put_user(other); }));
    REQUIRE(store->users().size() == 2);
    CHECK(store->users()[0].role == "panel");
    numbers.insert(after(*store, [&](auto& change) { CHECK(change.remove_user("ann")); }));
    CHECK(store->users().size() == 1);
    after(*store, [&](auto& change) { CHECK_FALSE(change.remove_user("ann' OR '1'='1")); });
    CHECK(store->users().size() == 1);

    for (const auto* digits : {"1", "2"}) {
        numbers.insert(after(*store, [&](auto& change) {
            change.add_api_key({digits, "panel", "n", "p", at(0), at(60)});
        }));
    }
    const auto keys = store->api_keys();
    REQUIRE(keys.size() == 2);
    CHECK(keys[0].expires == at(60));
    numbers.insert(after(*store, [&](auto& change) { CHECK(change.remove_api_key(keys[1].id)); }));
    numbers.insert(after(*store, [&](auto& change) {
        change.add_api_key({"3", "panel", "n", "p", at(0)}); // may get the number of the one gone
    }));
    REQUIRE(store->api_keys().size() == 2);
    CHECK_FALSE(store->api_keys()[1].expires);
    after(*store, [&](auto& change) { CHECK_FALSE(change.remove_api_key(99)); });
    CHECK(std::set<std::int64_t>(numbers.begin(), numbers.end()).size() == numbers.size());
    CHECK(store->revision().number == 0);
}
