#include "service/access/sign_in.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <utility>

namespace hotspots::service {

namespace {

constexpr std::size_t longest_known_name = 64; // longer ones are nobody's, and one to the lock-out

std::shared_future<SignInOutcome> at_once(SignInOutcome outcome) {
    std::promise<SignInOutcome> promise;
    promise.set_value(std::move(outcome));
    return promise.get_future().share();
}

// On Linux niceness is a thread's own: requests go before passwords.
void let_requests_go_first() {
    constexpr int niceness = 5;
    thread_local const bool done =
        setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), niceness) == 0;
    static_cast<void>(done); // without it others may wait a little longer
}

std::string_view known_as(const SignInAttempt& attempt) {
    return std::string_view(attempt.name).substr(0, longest_known_name + 1);
}

} // namespace

SignIn::SignIn(std::function<std::shared_ptr<const Users>()> users, BrowserSessions& sessions,
               SignInRules rules)
    : m_users(std::move(users)), m_sessions(sessions), m_rules(rules), m_accounts(rules.account),
      m_addresses(rules.address), m_hashing(1, rules.most_waiting) {
    m_hashing.try_submit(
        [this] { nobody_s_hash(); }); // or the first unknown name would take longer
}

std::shared_future<SignInOutcome> SignIn::begin(SignInAttempt attempt) {
    attempt.address = lock_out_network(attempt.address);
    if (auto refused = refuse_or_count(attempt)) {
        return at_once(std::move(*refused));
    }
    auto promise = std::make_shared<std::promise<SignInOutcome>>();
    auto future = promise->get_future().share();
    const auto kept = std::make_shared<const SignInAttempt>(std::move(attempt));
    const auto accepted = m_hashing.try_submit([this, kept, promise] {
        SignInOutcome outcome{SignInOutcome::Kind::busy, std::chrono::seconds(1), {}};
        try {
            outcome = look_at(*kept);
        } catch (const std::exception& error) {
            std::fprintf(stderr, "llr-hotspots: a password could not be looked at: %s\n",
                         error.what());
        }
        settle(*kept, outcome.kind);
        promise->set_value(std::move(outcome));
    });
    if (!accepted) {
        settle(*kept, SignInOutcome::Kind::busy);
        return at_once({SignInOutcome::Kind::busy, std::chrono::seconds(2), {}});
    }
    return future;
}

// Who is locked out is told so whether or not there is such an account.
std::optional<SignInOutcome> SignIn::refuse_or_count(const SignInAttempt& attempt) {
    const auto now = LockOut::Clock::now();
    const std::lock_guard lock(m_mutex);
    const auto until =
        std::max(m_accounts.until(known_as(attempt)), m_addresses.until(attempt.address));
    if (until > now) {
        return SignInOutcome{SignInOutcome::Kind::too_often,
                             std::chrono::ceil<std::chrono::seconds>(until - now),
                             {}};
    }
    const auto waiting = m_waiting.find(attempt.address);
    if (waiting != m_waiting.end() && waiting->second >= m_rules.most_waiting_of_address) {
        return SignInOutcome{SignInOutcome::Kind::busy, std::chrono::seconds(1), {}};
    }
    ++m_waiting[attempt.address];
    m_accounts.count(known_as(attempt), now);
    m_addresses.count(attempt.address, now);
    return std::nullopt;
}

SignInOutcome SignIn::look_at(const SignInAttempt& attempt) {
    let_requests_go_first();
    const auto users = m_users();
    const auto* account = users->find(attempt.name);
    const bool right =
        is_password_of(account ? account->password_hash : nobody_s_hash(), attempt.password);
    if (!account || !right) {
        return {};
    }
    // Should the account have changed meanwhile, the session's first use finds out.
    return {SignInOutcome::Kind::signed_in, {}, m_sessions.begin(*account, attempt.purpose)};
}

void SignIn::settle(const SignInAttempt& attempt, SignInOutcome::Kind kind) {
    const std::lock_guard lock(m_mutex);
    const auto waiting = m_waiting.find(attempt.address);
    if (waiting != m_waiting.end() && --waiting->second == 0) {
        m_waiting.erase(waiting);
    }
    if (kind == SignInOutcome::Kind::wrong) {
        return;
    }
    // An address keeps what others have tried from it: or one account would be enough to go on
    // guessing another's password.
    m_addresses.take_back(attempt.address);
    if (kind == SignInOutcome::Kind::signed_in) {
        m_accounts.forget(known_as(attempt));
    } else {
        m_accounts.take_back(known_as(attempt));
    }
}

const std::string& SignIn::nobody_s_hash() {
    if (m_nobody_s_hash.empty()) {
        m_nobody_s_hash = hash_password(random_key(), m_rules.cost);
    }
    return m_nobody_s_hash;
}

} // namespace hotspots::service
