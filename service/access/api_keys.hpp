// The API keys that the store holds, looked up by the digest of what a client sends: the keys
// themselves are kept nowhere.
#pragma once

#include "data/incident_store.hpp"
#include "service/access/secrets.hpp"
#include "service/role.hpp"

#include <map>
#include <optional>
#include <string_view>
#include <vector>

namespace hotspots::service {

class ApiKeys {
public:
    ApiKeys() = default;
    // A key whose digest or role this version cannot read identifies nobody; it is logged by name.
    explicit ApiKeys(const std::vector<data::ApiKey>& keys);

    // Whom the key identifies; empty if it is not known. Logarithmic in the number of keys.
    std::optional<Caller> find(std::string_view key) const;

private:
    std::map<Sha256, Caller> m_callers;
};

} // namespace hotspots::service
