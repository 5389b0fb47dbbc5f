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

namespace {

// A request with Cookie fields to a service where ann is signed in.
struct SignedIn {
    Users users{{{"ann", "analyst", "hash", {}, {}, false}}};
    Identities identities{[this] {
        return Credentials{std::make_shared<const ApiKeys>(std::vector<data::ApiKey>{
                               {to_hex(sha256(key)), "panel", "the panel", "meeting", {}}}),
                           std::make_shared<const Users>(users)};
    }};
    std::string token = identities.sessions().begin(*users.find("ann"), "briefing");

    Caller ask(std::vector<Header> headers, bool secure = false) {
        Request request;
        request.headers = std::move(headers);
        request.secure = secure;
        return caller_of(request, identities);
    }
};

} // namespace

TEST_CASE("A session's cookie says who asks, and that a cookie said it") {
    SignedIn service;
    const auto caller = service.ask({{"cookie", "a=b"}, {"cookie", "session=" + service.token}});
    CHECK(caller.name == "ann");
    CHECK(caller.role == Role::analyst);
    CHECK(caller.purpose == "briefing");
    CHECK(caller.by_cookie);
    const auto secure = service.ask({{"cookie", "__Host-session=" + service.token}}, true);
    CHECK(secure.name == "ann");
}

TEST_CASE("A cookie that is forged, over, or of another kind of connection is nobody's") {
    SignedIn service;
    const std::string unsigned_token =
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm4iLCJyb2xlIjoiYWRtaW4ifQ.";
    for (const auto& cookie : std::vector<std::string>{
             "session=" + unsigned_token, "session=" + std::string(43, 'A'), "session=ann",
             "session=" + to_hex(sha256(service.token)), "__Host-session=" + service.token,
             "session=" + service.token + "; session=" + service.token}) {
        CAPTURE(cookie);
        const auto caller = service.ask({{"cookie", cookie}});
        CHECK(caller.role == Role::anyone);
        CHECK(caller.name.empty());
    }
    service.identities.sessions().end(service.token);
    CHECK(service.ask({{"cookie", "session=" + service.token}}).name.empty());
}

TEST_CASE("A token of a session is no key, a key no session, and a bad key no way to a session") {
    SignedIn service;
    CHECK_THROWS_AS(service.ask({{"authorization", "Bearer " + service.token}}), Problem);
    CHECK(service.ask({{"cookie", "session=" + key}}).name.empty());
    CHECK_THROWS_AS(
        service.ask({{"authorization", "Bearer nonsense"}, {"cookie", "session=" + service.token}}),
        Problem);
    const auto caller =
        service.ask({{"authorization", "Bearer " + key}, {"cookie", "session=" + service.token}});
    CHECK(caller.name == "the panel");
    CHECK_FALSE(caller.by_cookie);
}
