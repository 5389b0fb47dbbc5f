#include "service/access/users.hpp"

#include <cstdio>

namespace hotspots::service {

Users::Users(const std::vector<data::User>& users) {
    for (const auto& user : users) {
        const auto role = role_from_text(user.role);
        if (!role) {
            std::fprintf(stderr, "llr-hotspots: the account '%s' is of no use: its role is '%s'\n",
                         user.name.c_str(), user.role.c_str());
        } else if (!user.disabled) {
            m_accounts.insert_or_assign(user.name, Account{user.name, *role, user.password_hash});
        }
    }
}

const Account* Users::find(std::string_view name) const {
    const auto found = m_accounts.find(name);
    return found == m_accounts.end() ? nullptr : &found->second;
}

} // namespace hotspots::service
