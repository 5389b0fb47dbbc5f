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

    // Whom the key identifies; null if it is not known or has expired. Allocates nothing;
    // logarithmic in the number of keys.
    const Caller* find(std::string_view key, data::Instant now) const;

private:
    struct Known {
        Caller caller;
        std::optional<data::Instant> expires;
    };
    std::map<Sha256, Known> m_known;
};

} // namespace hotspots::service
