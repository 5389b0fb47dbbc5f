#include "service/access/api_keys.hpp"
#include "tests/catch.hpp"

using namespace hotspots;
using namespace hotspots::service;

namespace {

data::ApiKey stored(std::string_view key, const std::string& role, const std::string& name = "",
                    const std::string& purpose = "") {
    return {to_hex(sha256(key)), role, name, purpose, {}};
}

} // namespace

TEST_CASE("A key stands for the role, name and purpose that it was made with") {
    std::vector<data::ApiKey> all;
    for (const auto* role : {"public", "panel", "inspector", "analyst", "admin"}) {
        all.push_back(stored(std::string("key of ") + role, role, role, "briefing"));
    }
    const ApiKeys keys(all);
    for (const auto role :
         {Role::anyone, Role::panel, Role::inspector, Role::analyst, Role::admin}) {
        const auto caller = keys.find("key of " + std::string(to_text(role)));
        REQUIRE(caller);
        CHECK(caller->role == role);
        CHECK(caller->name == to_text(role));
        CHECK(caller->purpose == "briefing");
    }
}

TEST_CASE("What is not a key is nobody, its digest included") {
    const ApiKeys keys({stored("right", "admin", "a")});
    CHECK(keys.find("right"));
    for (const auto& wrong : {std::string(), std::string("righ"), std::string("right "),
                              std::string("Right"), to_hex(sha256("right"))}) {
        CHECK_FALSE(keys.find(wrong));
    }
    CHECK_FALSE(ApiKeys().find("right"));
    CHECK_FALSE(ApiKeys().find(""));
}

TEST_CASE("Each of many keys is found") {
    std::vector<data::ApiKey> all;
    for (int i = 0; i < 1000; ++i) {
        all.push_back(stored(std::to_string(i), "panel", std::to_string(i)));
    }
    const ApiKeys keys(all);
    for (int i = 0; i < 1000; ++i) {
        REQUIRE(keys.find(std::to_string(i)));
        CHECK(keys.find(std::to_string(i))->name == std::to_string(i));
    }
    CHECK_FALSE(keys.find("1000"));
}

TEST_CASE("A key without a name can still be told from others") {
    const auto caller = ApiKeys({stored("right", "panel")}).find("right");
    REQUIRE(caller);
    CHECK(caller->name == "key " + to_hex(sha256("right")).substr(0, 8));
}

TEST_CASE("A stored key that cannot be read identifies nobody and hides no other") {
    auto damaged = stored("damaged", "admin");
    damaged.sha256.pop_back();
    const ApiKeys keys({stored("emperor", "emperor"), damaged, stored("right", "panel")});
    CHECK_FALSE(keys.find("emperor"));
    CHECK_FALSE(keys.find("damaged"));
    CHECK(keys.find("right"));
}
