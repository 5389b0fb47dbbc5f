#include "data/errors.hpp"
#include "service/publisher.hpp"
#include "tests/catch.hpp"

#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

using namespace hotspots;
using service::Publisher;
using std::chrono::milliseconds;

namespace {

// A folder that is gone with the test.
struct Folder {
    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("publisher-test-" + std::to_string(::getpid()));
    Folder() { std::filesystem::create_directories(path); }
    ~Folder() { std::filesystem::remove_all(path); }
    std::string store() const { return (path / "store.gpkg").string(); }
};

data::Revision write(const std::string& uri, const std::string& value) {
    const auto store = data::IncidentStore::open(uri, data::Access::write);
    const auto change = store->begin();
    change->set_property("test", value);
    return change->commit(true);
}

bool comes_true(const std::function<bool()>& condition) {
    for (int i = 0; i < 300; ++i) {
        if (condition()) {
            return true;
        }
        std::this_thread::sleep_for(milliseconds(10));
    }
    return false;
}

} // namespace

TEST_CASE("A publisher has the store's revision at once, and a later one within a second") {
    Folder folder;
    const auto first = write(folder.store(), "one");
    Publisher publisher(folder.store());
    const auto held = publisher.current();
    REQUIRE(held);
    CHECK(held->revision == first);
    const auto second = write(folder.store(), "two");
    const auto began = std::chrono::steady_clock::now();
    CHECK(comes_true([&] { return publisher.current()->revision == second; }));
    CHECK(std::chrono::steady_clock::now() - began < milliseconds(1000));
    CHECK(held->revision == first); // what a request took stays as it was
}

TEST_CASE(
    "A store that becomes unreadable leaves the snapshot in place until it can be read again") {
    Folder folder;
    const auto first = write(folder.store(), "one");
    Publisher publisher(folder.store(), milliseconds(20));
    std::filesystem::rename(folder.store(), folder.store() + ".kept");
    std::ofstream(folder.store()) << "no store at all";
    std::this_thread::sleep_for(milliseconds(200));
    REQUIRE(publisher.current());
    CHECK(publisher.current()->revision == first);
    std::filesystem::rename(folder.store() + ".kept", folder.store());
    const auto second = write(folder.store(), "two");
    CHECK(comes_true([&] { return publisher.current()->revision == second; }));
}

TEST_CASE("A new key is known within a second, and the snapshot stays the same") {
    Folder folder;
    write(folder.store(), "one");
    Publisher publisher(folder.store());
    const auto held = publisher.current();
    const auto keys_before = publisher.credentials().keys;
    REQUIRE(keys_before);
    const data::Instant now{};
    CHECK_FALSE(keys_before->find("first", now));
    const auto began = std::chrono::steady_clock::now();
    for (const std::string key : {"first", "second"}) {
        {
            const auto store = data::IncidentStore::open(folder.store(), data::Access::write);
            const auto change = store->begin();
            change->add_api_key({service::to_hex(service::sha256(key)), "panel", key, "", {}});
            change->commit(false);
        }
        CHECK(comes_true([&] { return publisher.credentials().keys->find(key, now) != nullptr; }));
    }
    CHECK(std::chrono::steady_clock::now() - began < milliseconds(2000));
    CHECK(publisher.credentials().keys->find("first", now));
    CHECK(publisher.current() == held);
    CHECK_FALSE(keys_before->find("first", now));
    CHECK(Publisher(folder.store()).credentials().keys->find("second", now));
}

TEST_CASE("A store that cannot be read at all is an error at once") {
    Folder folder;
    CHECK_THROWS_AS(Publisher(folder.store()), data::StoreError);
}
