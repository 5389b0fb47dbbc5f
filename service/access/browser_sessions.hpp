// Who is signed in with a browser: kept in this process's memory, each known by the digest of a
// random token that the browser's cookie holds. Safe for several threads; finding one takes no
// lock.
#pragma once

#include "service/access/secrets.hpp"
#include "service/access/users.hpp"
#include "service/published.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace hotspots::service {

struct SessionLimits {
    std::chrono::seconds idle = std::chrono::minutes(30);
    std::chrono::seconds absolute = std::chrono::hours(12);
    std::size_t most = 10'000;         // one more ends the one that was used longest ago
    std::size_t most_of_account = 100; // likewise
};

struct BrowserSession {
    using Clock = std::chrono::steady_clock;

    Caller caller;             // by_cookie
    std::string password_hash; // the account's at sign-in: with another one the session is over
    Clock::time_point began{};
    std::atomic<Clock::time_point> used{};
};

class BrowserSessions {
public:
    using Clock = BrowserSession::Clock;

    explicit BrowserSessions(
        SessionLimits limits, std::function<Clock::time_point()> now = [] { return Clock::now(); });

    // Returns the token, 43 characters of [A-Za-z0-9_-]: another one each time.
    std::string begin(const Account& account, const std::string& purpose);
    // Null where there is none, its time is over, or its account is gone or has another role or
    // password than at sign-in. Counts as use.
    std::shared_ptr<const BrowserSession> find(std::string_view token, const Users& present);
    void end(std::string_view token);
    void end_all(std::string_view account);

    // How long it lasts if it is not used again, and at most.
    std::chrono::seconds idle_left(const BrowserSession& session) const;
    std::chrono::seconds left(const BrowserSession& session) const;
    std::size_t size() const;

private:
    // By the token's digest. One map is replaced by the next, never changed: sign-ins are few, and
    // cost more than a copy.
    using Sessions = std::map<Sha256, std::shared_ptr<BrowserSession>>;

    bool is_over(const BrowserSession& session) const;
    void make_room(Sessions& sessions, std::string_view account) const;
    void change(const std::function<void(Sessions&)>& change);

    const SessionLimits m_limits;
    const std::function<Clock::time_point()> m_now;
    std::mutex m_mutex; // of who changes them
    Published<std::shared_ptr<const Sessions>> m_sessions{std::make_shared<const Sessions>()};
};

} // namespace hotspots::service
