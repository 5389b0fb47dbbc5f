#include "service/access/account_rules.hpp"
#include "service/access/sign_in.hpp"
#include "tests/catch.hpp"

#include <thread>

using namespace hotspots;
using namespace hotspots::service;
using Kind = SignInOutcome::Kind;

namespace {

constexpr PasswordCost cheap{1, 8192};
const std::string right = "correct horse battery";

struct Door {
    std::shared_ptr<const Users> users = std::make_shared<const Users>(
        std::vector<data::User>{{"ann", "analyst", hash_password(right, cheap), {}, {}, false},
                                {"out", "analyst", hash_password(right, cheap), {}, {}, true}});
    BrowserSessions sessions{SessionLimits()};
    SignIn sign_in;

    explicit Door(SignInRules rules = cheap_rules())
        : sign_in([this] { return users; }, sessions, rules) {}

    static SignInRules cheap_rules() {
        SignInRules rules;
        rules.cost = cheap;
        return rules;
    }
    SignInOutcome knock(const std::string& name, const std::string& password,
                        const std::string& address = "192.0.2.1") {
        return sign_in.begin({name, password, "briefing", address}).get();
    }
};

} // namespace

TEST_CASE("A password's hash is Argon2id with a salt, and tells the password from others") {
    const auto hash = hash_password(right, cheap);
    CHECK(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$"));
    CHECK(hash != hash_password(right, cheap));
    CHECK(is_password_of(hash, right));
    CHECK_FALSE(is_password_of(hash, right + " "));
    CHECK_FALSE(is_password_of(hash, ""));
    CHECK_FALSE(is_password_of("", ""));
    CHECK_FALSE(is_password_of("$argon2id$v=19$nonsense", right));
    CHECK_FALSE(is_password_of(std::string(5000, '$'), right));
    CHECK_FALSE(is_password_of(hash, std::string(5000, 'a')));
}

TEST_CASE("The hash of the reference implementation is read") {
    // phc-winner-argon2, src/test.c, of "password" and "somesalt", t = 2, m = 256 KiB.
    const std::string hash = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$"
                             "nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
    CHECK(is_password_of(hash, "password"));
    CHECK_FALSE(is_password_of(hash, "passwore"));
}

TEST_CASE("A new password has 12 characters or more of any kind, counted as people do") {
    CHECK(fault_of_password("elevenchars") != nullptr);
    CHECK(fault_of_password("twelve chars") == nullptr);
    CHECK(fault_of_password("éééééééééééé") == nullptr); // 12, in 24 bytes
    CHECK(fault_of_password("ééééééé") != nullptr);      // 7, in 14 bytes
    CHECK(fault_of_password("broken utf-8 \xFF") != nullptr);
    CHECK(fault_of_password(std::string(1024, 'a')) == nullptr);
    CHECK(fault_of_password(std::string(1025, 'a')) != nullptr);
}

TEST_CASE("Names are letters and digits that mean nothing to paths, logs and tables") {
    for (const auto* good : {"ann", "a", "j.smith@police.example", "x_1-2"}) {
        CHECK(fault_of_account_name(good) == nullptr);
    }
    for (const auto* bad : {"", "Ann", ".ann", "a b", "a/b", "a\n", "é", "a'b", "-ann"}) {
        CHECK(fault_of_account_name(bad) != nullptr);
    }
    CHECK(fault_of_account_name(std::string(65, 'a')) != nullptr);
    CHECK(account_name("J.Smith") == "j.smith");
}

TEST_CASE("Name and password begin a session; nothing else does") {
    Door door;
    const auto in = door.knock("ann", right);
    REQUIRE(in.kind == Kind::signed_in);
    CHECK(door.sessions.find(in.token, *door.users)->caller.name == "ann");
    for (const auto& [name, password] : std::vector<std::pair<std::string, std::string>>{
             {"ann", "wrong"}, {"nobody", right}, {"out", right}, {"", ""}, {"ann", ""}}) {
        const auto outcome = door.knock(name, password);
        CHECK(outcome.kind == Kind::wrong);
        CHECK(outcome.token.empty());
    }
    CHECK(door.sessions.size() == 1);
}

TEST_CASE("After five wrong tries the account waits, right password or not, known or not") {
    for (const auto* name : {"ann", "nobody"}) {
        Door door;
        for (int i = 0; i < 5; ++i) {
            CHECK(door.knock(name, "wrong", "192.0.2." + std::to_string(i)).kind == Kind::wrong);
        }
        const auto outcome = door.knock(name, right, "192.0.2.99");
        CHECK(outcome.kind == Kind::too_often);
        CHECK(outcome.wait == std::chrono::seconds(1));
        CHECK(door.sessions.size() == 0);
    }
}

TEST_CASE("After twenty wrong tries the address waits, whatever name comes next") {
    Door door;
    for (int i = 0; i < 20; ++i) {
        CHECK(door.knock("name" + std::to_string(i), "wrong").kind == Kind::wrong);
    }
    CHECK(door.knock("ann", right).kind == Kind::too_often);
    CHECK(door.knock("ann", right, "192.0.2.2").kind == Kind::signed_in);
}

TEST_CASE("A right password has the account's wrong tries forgotten, not the address's") {
    Door door;
    for (int round = 0; round < 4; ++round) {
        for (int i = 0; i < 4; ++i) {
            CHECK(door.knock("ann", "wrong").kind == Kind::wrong);
        }
        CHECK(door.knock("ann", right).kind == Kind::signed_in);
    }
    for (int i = 0; i < 4; ++i) { // the 17th to 20th of the address
        CHECK(door.knock("ann", "wrong").kind == Kind::wrong);
    }
    CHECK(door.knock("ann", right).kind == Kind::too_often);
}

TEST_CASE("Tries at once are as many tries, few of an address wait, and the rest is told to") {
    auto rules = Door::cheap_rules();
    rules.most_waiting = 3;
    Door door(rules);
    std::vector<std::shared_future<SignInOutcome>> all;
    for (int i = 0; i < 500; ++i) {
        all.push_back(
            door.sign_in.begin({"ann", "wrong", "", "192.0.2." + std::to_string(i % 250)}));
    }
    int wrong = 0;
    for (const auto& outcome : all) {
        wrong += outcome.get().kind == Kind::wrong ? 1 : 0;
        CHECK(outcome.get().kind != Kind::signed_in);
    }
    CHECK(wrong <= 6); // five free ones, and one more should all this have taken a second
}
