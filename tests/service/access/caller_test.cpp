#include "service/access/caller.hpp"
#include "service/problem.hpp"
#include "tests/catch.hpp"

#include <set>

using namespace hotspots;
using namespace hotspots::service;

namespace {

const std::string key = "Zk3yR0x-_9aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpPq";

Request with(const std::vector<std::string>& authorizations) {
    Request request;
    for (const auto& value : authorizations) {
        request.headers.push_back({"authorization", value});
    }
    return request;
}

// coreutils: printf %s "$text" | base64
std::string basic_of_user_gis() {
    return "Basic Z2lzOlprM3lSMHgtXzlhQWJCY0NkRGVFZkZnR2hIaUlqSmtLbExtTW5Ob09wUHE=";
}

Caller call(const std::vector<std::string>& authorizations) {
    const std::vector<data::ApiKey> keys{
        {to_hex(sha256(key)), "panel", "the panel", "meeting", {}}};
    Identities identities([&] { return Credentials{std::make_shared<const ApiKeys>(keys)}; });
    return caller_of(with(authorizations), identities);
}

void check_refused(const std::vector<std::string>& authorizations, std::string_view secret) {
    try {
        call(authorizations);
        FAIL("was let in");
    } catch (const Problem& problem) {
        CHECK(problem.status() == 401);
        CHECK(std::string(problem.what()).find(secret) == std::string::npos);
        std::set<std::string> ways;
        for (const auto& header : problem.headers) {
            CHECK(header.name == "www-authenticate");
            ways.insert(header.value.substr(0, header.value.find(' ')));
        }
        CHECK(ways == std::set<std::string>{"Bearer", "Basic"});
    }
}

} // namespace

TEST_CASE("Bearer and Basic with the key as password identify alike") {
    for (const auto& authorization :
         {"Bearer " + key, "bearer " + key, "BEARER  " + key, basic_of_user_gis(),
          "basic" + basic_of_user_gis().substr(5)}) {
        INFO(authorization);
        const auto caller = call({authorization});
        CHECK(caller.role == Role::panel);
        CHECK(caller.name == "the panel");
        CHECK(caller.purpose == "meeting");
    }
}

TEST_CASE("Basic takes any user name: none, and one with colons") {
    // printf %s ":secret" | base64, and so on
    CHECK(key_of(with({"Basic OnNlY3JldA=="})) == "secret");
    CHECK(key_of(with({"Basic YTpiOnNlY3JldA=="})) == "secret"); // a:b:secret
    CHECK(key_of(with({"Basic YTpiOnNlY3JldA"})) == "secret");   // unpadded
    CHECK(key_of(with({"Basic w6k6c2VjcmV0"})) == "secret");     // é:secret
}

TEST_CASE("Without credentials a caller is anyone, without a name") {
    const auto caller = call({});
    CHECK(caller.role == Role::anyone);
    CHECK(caller.name.empty());
}

TEST_CASE("A key that is not known is refused, not taken for nobody") {
    check_refused({"Bearer unknown-key"}, "unknown-key");
    check_refused({"Bearer " + key + "x"}, key);
    check_refused({"Bearer " + key + ", x"}, key);
    check_refused({"Basic Z2lzOnNlY3JldA=="}, "secret"); // gis:secret
}

TEST_CASE("Malformed credentials are refused without quoting them") {
    check_refused({""}, key);
    check_refused({key}, key);
    check_refused({"Bearer"}, key);
    check_refused({"Bearer "}, key);
    check_refused({"Bearer" + key}, key);
    check_refused({"Digest username=\"" + key + "\""}, key);
    check_refused({"Basic"}, key);
    check_refused({"Basic " + key}, key);     // not base64, and no colon in it
    check_refused({"Basic Z2lz"}, "gis");     // no colon
    check_refused({"Basic Z2lzOg=="}, "gis"); // empty password
    check_refused({"Basic Z2lzOg==" + key}, key);
    check_refused({"Bearer " + key, "Bearer " + key}, key);
    check_refused({"Bearer " + key, basic_of_user_gis()}, key);
}
