#include "service/access/api_keys.hpp"
#include "tests/catch.hpp"

using namespace hotspots;
using namespace hotspots::service;

namespace {

constexpr data::Instant now{std::chrono::seconds(1'800'000'000)};

data::ApiKey stored(std::string_view key, const std::string& role, const std::string& name = "",
                    const std::string& purpose = "") {
    return {to_hex(sha256(key)), role, name, purpose, now};
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
        const auto* caller = keys.find("key of " + std::string(to_text(role)), now);
        REQUIRE(caller);
        CHECK(caller->role == role);
        CHECK(caller->name == to_text(role));
        CHECK(caller->purpose == "briefing");
    }
}

TEST_CASE("What is not a key is nobody, its digest included") {
    const ApiKeys keys({stored("right", "admin", "a")});
    CHECK(keys.find("right", now));
    for (const auto& wrong : {std::string(), std::string("righ"), std::string("right "),
                              std::string("Right"), to_hex(sha256("right"))}) {
        CHECK_FALSE(keys.find(wrong, now));
    }
    CHECK_FALSE(ApiKeys().find("right", now));
    CHECK_FALSE(ApiKeys().find("", now));
}

TEST_CASE("Each of many keys is found") {
    std::vector<data::ApiKey> all;
    for (int i = 0; i < 1000; ++i) {
        all.push_back(stored(std::to_string(i), "panel", std::to_string(i)));
    }
    const ApiKeys keys(all);
    for (int i = 0; i < 1000; ++i) {
        REQUIRE(keys.find(std::to_string(i), now));
        CHECK(keys.find(std::to_string(i), now)->name == std::to_string(i));
    }
    CHECK_FALSE(keys.find("1000", now));
}

TEST_CASE("A key without a name can still be told from others") {
    const ApiKeys keys({stored("right", "panel")});
    const auto* caller = keys.find("right", now);
    REQUIRE(caller);
    CHECK(caller->name == "key " + to_hex(sha256("right")).substr(0, 8));
}

TEST_CASE("A stored key that cannot be read identifies nobody and hides no other") {
    auto damaged = stored("damaged", "admin");
    damaged.sha256.pop_back();
    const ApiKeys keys({stored("emperor", "emperor"), damaged, stored("right", "panel")});
    CHECK_FALSE(keys.find("emperor", now));
    CHECK_FALSE(keys.find("damaged", now));
    CHECK(keys.find("right", now));
}

TEST_CASE("A key is known until the second that it expires in") {
    auto key = stored("right", "panel");
    key.expires = now;
    const ApiKeys keys({key});
    CHECK(keys.find("right", now - std::chrono::seconds(1)));
    CHECK_FALSE(keys.find("right", now));
    CHECK_FALSE(keys.find("right", now + std::chrono::hours(1)));
}
