#include "service/access/browser_sessions.hpp"

#include <algorithm>
#include <utility>

namespace hotspots::service {

BrowserSessions::BrowserSessions(SessionLimits limits, std::function<Clock::time_point()> now)
    : m_limits(limits), m_now(std::move(now)) {}

std::string BrowserSessions::begin(const Account& account, const std::string& purpose) {
    auto token = random_key();
    auto session = std::make_shared<BrowserSession>();
    session->caller = {account.role, account.name, purpose, true};
    session->password_hash = account.password_hash;
    session->began = m_now();
    session->used = session->began;
    change([&](Sessions& sessions) {
        make_room(sessions, account.name);
        sessions.emplace(sha256(token), std::move(session));
    });
    return token;
}

void BrowserSessions::change(const std::function<void(Sessions&)>& change) {
    const std::lock_guard lock(m_mutex);
    auto next = std::make_shared<Sessions>(*m_sessions.get());
    change(*next);
    m_sessions.set(std::move(next));
}

std::shared_ptr<const BrowserSession> BrowserSessions::find(std::string_view token,
                                                            const Users& present) {
    const auto digest = sha256(token);
    const auto sessions = m_sessions.get();
    const auto found = sessions->lower_bound(digest);
    if (found == sessions->end() || !are_equal(found->first, digest)) {
        return nullptr;
    }
    const auto& session = found->second;
    const auto* account = present.find(session->caller.name);
    if (is_over(*session) || !account || account->role != session->caller.role ||
        account->password_hash != session->password_hash) {
        end(token);
        return nullptr;
    }
    session->used = m_now();
    return session;
}

void BrowserSessions::end(std::string_view token) {
    change([digest = sha256(token)](Sessions& sessions) { sessions.erase(digest); });
}

void BrowserSessions::end_all(std::string_view account) {
    change([&](Sessions& sessions) {
        std::erase_if(sessions,
                      [&](const auto& each) { return each.second->caller.name == account; });
    });
}

std::chrono::seconds BrowserSessions::left(const BrowserSession& session) const {
    return std::chrono::floor<std::chrono::seconds>(session.began + m_limits.absolute - m_now());
}

std::chrono::seconds BrowserSessions::idle_left(const BrowserSession& session) const {
    const auto idle = session.used.load() + m_limits.idle - m_now();
    return std::min(std::chrono::floor<std::chrono::seconds>(idle), left(session));
}

std::size_t BrowserSessions::size() const {
    return m_sessions.get()->size();
}

bool BrowserSessions::is_over(const BrowserSession& session) const {
    const auto now = m_now();
    return now - session.began >= m_limits.absolute || now - session.used.load() >= m_limits.idle;
}

// For one more, of this account. Looks at all of them: a sign-in costs far more.
void BrowserSessions::make_room(Sessions& sessions, std::string_view account) const {
    std::erase_if(sessions, [&](const auto& each) { return is_over(*each.second); });
    const auto is_of_account = [&](const auto& each) {
        return each.second->caller.name == account;
    };
    const auto end_oldest = [&](const auto& wanted) {
        auto oldest = sessions.end();
        for (auto each = sessions.begin(); each != sessions.end(); ++each) {
            if (wanted(*each) && (oldest == sessions.end() ||
                                  each->second->used.load() < oldest->second->used.load())) {
                oldest = each;
            }
        }
        sessions.erase(oldest);
    };
    const auto of_account = std::count_if(sessions.begin(), sessions.end(), is_of_account);
    if (static_cast<std::size_t>(of_account) >= m_limits.most_of_account) {
        end_oldest(is_of_account);
    }
    if (sessions.size() >= m_limits.most) {
        end_oldest([](const auto&) { return true; });
    }
}

} // namespace hotspots::service
