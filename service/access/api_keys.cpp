#include "service/access/api_keys.hpp"

#include <cstdio>
#include <string>

namespace hotspots::service {

namespace {

// A key without a name is told from others by the beginning of its digest.
std::string name_of(const data::ApiKey& key) {
    return key.name.empty() ? "key " + key.sha256.substr(0, 8) : key.name;
}

} // namespace

ApiKeys::ApiKeys(const std::vector<data::ApiKey>& keys) {
    for (const auto& key : keys) {
        const auto digest = sha256_from_hex(key.sha256);
        const auto role = role_from_text(key.role);
        if (!digest || !role) {
            std::fprintf(stderr, "llr-hotspots: the key '%s' is of no use: its role is '%s'\n",
                         name_of(key).c_str(), key.role.c_str());
            continue;
        }
        m_known.insert_or_assign(*digest,
                                 Known{{*role, name_of(key), key.purpose, false}, key.expires});
    }
}

// Where the search among digests ends tells nothing of a key: that needs a digest turned back.
const Caller* ApiKeys::find(std::string_view key, data::Instant now) const {
    const auto digest = sha256(key);
    const auto found = m_known.lower_bound(digest);
    if (found == m_known.end() || !are_equal(found->first, digest)) {
        return nullptr;
    }
    const auto& known = found->second;
    return known.expires && *known.expires <= now ? nullptr : &known.caller;
}

} // namespace hotspots::service
