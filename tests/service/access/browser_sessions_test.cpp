#include "service/access/browser_sessions.hpp"
#include "service/access/cookies.hpp"
#include "tests/catch.hpp"

#include <set>

using namespace hotspots;
using namespace hotspots::service;
using namespace std::chrono_literals;

namespace {

// Sessions of one account, at a time that the test sets.
struct Desk {
    BrowserSession::Clock::time_point now{1000h};
    Account ann{"ann", Role::analyst, "hash"};
    Users users{
        {{"ann", "analyst", "hash", {}, {}, false}, {"bob", "panel", "other", {}, {}, false}}};
    BrowserSessions sessions;

    explicit Desk(SessionLimits limits = {}) : sessions(limits, [this] { return now; }) {}
    std::string begin() { return sessions.begin(ann, "briefing"); }
    bool is_in(const std::string& token) { return sessions.find(token, users) != nullptr; }
};

} // namespace

TEST_CASE("A session is its account's, with the purpose said at sign-in, and known by its token") {
    Desk desk;
    const auto token = desk.begin();
    const auto session = desk.sessions.find(token, desk.users);
    REQUIRE(session);
    CHECK(session->caller.name == "ann");
    CHECK(session->caller.role == Role::analyst);
    CHECK(session->caller.purpose == "briefing");
    CHECK(session->caller.by_cookie);
    for (const auto& wrong : {std::string(), token.substr(1), token + "A", to_hex(sha256(token))}) {
        CHECK_FALSE(desk.is_in(wrong));
    }
}

TEST_CASE("Each sign-in has a token of its own") {
    Desk desk;
    std::set<std::string> tokens;
    for (int i = 0; i < 50; ++i) {
        tokens.insert(desk.begin());
    }
    CHECK(tokens.size() == 50);
    CHECK(tokens.begin()->size() == 43);
}

TEST_CASE("A session ends when it is not used, and in the end however much it is used") {
    Desk desk;
    const auto idle = desk.begin();
    const auto used = desk.begin();
    desk.now += 29min;
    CHECK(desk.is_in(used));
    desk.now += 1min;
    CHECK_FALSE(desk.is_in(idle));
    desk.now -= 1min;
    CHECK_FALSE(desk.is_in(idle)); // what has ended does not begin again
    for (auto passed = 29min; passed < 12h - 20min; passed += 20min) {
        REQUIRE(desk.is_in(used));
        desk.now += 20min;
    }
    const auto last = desk.sessions.find(used, desk.users);
    REQUIRE(last);
    CHECK(desk.sessions.left(*last) < 20min);
    CHECK(desk.sessions.idle_left(*last) == desk.sessions.left(*last));
    desk.now += 20min;
    CHECK_FALSE(desk.is_in(used));
    CHECK(desk.sessions.size() == 0);
}

TEST_CASE("Signing out ends one session, everywhere all of the account and no other's") {
    Desk desk;
    const auto first = desk.begin();
    const auto second = desk.begin();
    const auto third = desk.begin();
    const auto other = desk.sessions.begin({"bob", Role::panel, "other"}, "meeting");
    desk.sessions.end(first);
    CHECK_FALSE(desk.is_in(first));
    CHECK(desk.is_in(second));
    desk.sessions.end_all("ann");
    CHECK_FALSE(desk.is_in(second));
    CHECK_FALSE(desk.is_in(third));
    CHECK(desk.is_in(other));
}

TEST_CASE("A session is over once its account has another password or role, or is gone") {
    const std::vector<std::vector<data::User>> later{
        {{"ann", "analyst", "another hash", {}, {}, false}},
        {{"ann", "panel", "hash", {}, {}, false}},
        {{"ann", "admin", "hash", {}, {}, false}},
        {{"ann", "analyst", "hash", {}, {}, true}},
        {}};
    for (const auto& users : later) {
        Desk desk;
        const auto token = desk.begin();
        const auto before = desk.users;
        desk.users = Users(users);
        CHECK_FALSE(desk.is_in(token));
        desk.users = before; // removed and made again is another account
        CHECK_FALSE(desk.is_in(token));
    }
}

TEST_CASE("One session too many ends the one that was used longest ago") {
    SessionLimits limits;
    limits.most = 4;
    limits.most_of_account = 3;
    Desk desk(limits);
    std::vector<std::string> tokens;
    for (int i = 0; i < 3; ++i) {
        tokens.push_back(desk.begin());
        desk.now += 1s;
    }
    CHECK(desk.is_in(tokens[0]));
    desk.now += 1s;
    tokens.push_back(desk.begin());
    CHECK(desk.is_in(tokens[0]));
    CHECK_FALSE(desk.is_in(tokens[1]));
    for (int i = 0; i < 10; ++i) {
        desk.sessions.begin({"bob", Role::panel, "other"}, "meeting");
    }
    CHECK(desk.sessions.size() <= 4);
}

TEST_CASE("The cookie is hidden from scripts and other sites, and of this host alone under TLS") {
    CHECK(session_cookie("T", false) == "session=T; Path=/; HttpOnly; SameSite=Strict");
    CHECK(session_cookie("T", true) ==
          "__Host-session=T; Path=/; HttpOnly; SameSite=Strict; Secure");
    CHECK(ended_session_cookie(false) == "session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
}

TEST_CASE("The token is read from among other cookies, and from no cookie of another name") {
    CHECK(session_token("session=T", false) == "T");
    CHECK(session_token("a=b; session=T; c=d", false) == "T");
    CHECK(session_token("a=b;session=T ;c", false) == "T");
    CHECK(session_token("__Host-session=T", true) == "T");
    for (const auto* none : {"", ";", "session", "session=", "xsession=T", "sessions=T",
                             "__Host-session=T", "Session=T", "a=session=T"}) {
        CAPTURE(none);
        CHECK(session_token(none, false).empty());
    }
    CHECK(session_token("session=T", true).empty()); // a neighbouring site may have set it
    CHECK(session_token("session=T; session=U", false).empty());
}
