// Accounts and keys as JSON, and what is asked of them.
#pragma once

#include "data/incident_store.hpp"
#include "service/access/passwords.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace hotspots::service {

nlohmann::ordered_json to_json(const data::User& user);  // without its hash
nlohmann::ordered_json to_json(const data::ApiKey& key); // likewise

struct AccountChange {
    std::optional<std::string> name; // of a new one alone
    std::optional<std::string> role;
    std::optional<std::string> password;
    std::optional<bool> disabled; // of one that there is alone
};

// {"name", "role", "password"} of a new account, all of them; of one that there is at least one of
// {"role", "password", "disabled"}. Throws Problem 400 naming the member; never quotes a password.
AccountChange read_account_change(std::string_view body, bool is_new);

// {"role", "name", "purpose", "expires_days"}: the role alone must be there. Throws Problem 400.
data::ApiKey read_new_key(std::string_view body, data::Instant now);

} // namespace hotspots::service
