// Name and password -> a session. Hashes one password at a time on a thread of its own with a short
// queue, so that any number of guesses takes neither memory nor time from others; who guesses too
// often waits (LockOut), by account and by address. Safe for several threads.
#pragma once

#include "service/access/browser_sessions.hpp"
#include "service/access/lock_out.hpp"
#include "service/access/passwords.hpp"
#include "service/access/users.hpp"
#include "service/http/compute_pool.hpp"

#include <chrono>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace hotspots::service {

struct SignInAttempt {
    std::string name;
    std::string password;
    std::string purpose;
    std::string address; // of the client
};

struct SignInOutcome {
    enum class Kind {
        signed_in,
        wrong,     // name or password: which is not said
        too_often, // not looked at, whether right or wrong; come again in `wait`
        busy       // likewise, as others are being looked at
    };
    Kind kind = Kind::wrong;
    std::chrono::seconds wait{0};
    std::string token; // of the session that began
};

struct SignInRules {
    LockOutRules account{};
    LockOutRules address{20, std::chrono::seconds(1), std::chrono::minutes(15),
                         std::chrono::seconds(30), 10'000}; // an office may share one
    std::size_t most_waiting = 8;
    std::size_t most_waiting_of_address = 2;
    PasswordCost cost = password_cost; // of the password that nobody has
};

class SignIn {
public:
    // `users`: those of the present. The sessions must outlive this.
    SignIn(std::function<std::shared_ptr<const Users>()> users, BrowserSessions& sessions,
           SignInRules rules = {});

    // At once or, where a password is to be hashed, later. An unknown account takes as long as a
    // known one, and is locked out likewise.
    std::shared_future<SignInOutcome> begin(SignInAttempt attempt);

private:
    std::optional<SignInOutcome> refuse_or_count(const SignInAttempt& attempt);
    SignInOutcome look_at(const SignInAttempt& attempt);
    void settle(const SignInAttempt& attempt, SignInOutcome::Kind kind);
    const std::string& nobody_s_hash();

    const std::function<std::shared_ptr<const Users>()> m_users;
    BrowserSessions& m_sessions;
    const SignInRules m_rules;
    std::mutex m_mutex; // of the next three
    LockOut m_accounts;
    LockOut m_addresses;
    std::map<std::string, std::size_t> m_waiting; // attempts that are not settled, by address
    std::string m_nobody_s_hash;                  // the hashing thread's alone
    ComputePool m_hashing;                        // last: its thread uses the others
};

} // namespace hotspots::service
