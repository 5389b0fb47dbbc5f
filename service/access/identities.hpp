// All that an identity can be looked up in: the store's keys and accounts as they are now, the
// sessions of this process, and sign-in, which begins them. Safe for several threads.
#pragma once

#include "service/access/api_keys.hpp"
#include "service/access/browser_sessions.hpp"
#include "service/access/sign_in.hpp"
#include "service/access/users.hpp"

#include <functional>
#include <memory>
#include <utility>

namespace hotspots::service {

// Of one moment; never null.
struct Credentials {
    std::shared_ptr<const ApiKeys> keys = std::make_shared<const ApiKeys>();
    std::shared_ptr<const Users> users = std::make_shared<const Users>();
};

class Identities {
public:
    // `nobody` is what requests without credentials may do.
    explicit Identities(std::function<Credentials()> present, SessionLimits limits = {},
                        SignInRules rules = {}, Role nobody = Role::anyone)
        : m_present(std::move(present)),
          m_nobody(std::make_shared<const Caller>(Caller{nobody, {}, {}})), m_sessions(limits),
          m_sign_in([this] { return m_present().users; }, m_sessions, rules) {}

    Credentials present() const { return m_present(); }
    const std::shared_ptr<const Caller>& nobody() const { return m_nobody; }
    BrowserSessions& sessions() { return m_sessions; }
    SignIn& sign_in() { return m_sign_in; }

private:
    const std::function<Credentials()> m_present;
    const std::shared_ptr<const Caller> m_nobody;
    BrowserSessions m_sessions;
    SignIn m_sign_in; // last: its thread uses the others
};

} // namespace hotspots::service
