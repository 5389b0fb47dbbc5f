// The accounts that the store holds, as sign-in and sessions look them up.
#pragma once

#include "data/incident_store.hpp"
#include "service/role.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::service {

struct Account {
    std::string name;
    Role role = Role::anyone;
    std::string password_hash;
};

class Users {
public:
    Users() = default;
    // One that is disabled, or whose role this version cannot read, is left out.
    explicit Users(const std::vector<data::User>& users);

    const Account* find(std::string_view name) const; // null if there is none
    bool empty() const { return m_accounts.empty(); }

private:
    std::map<std::string, Account, std::less<>> m_accounts;
};

} // namespace hotspots::service
