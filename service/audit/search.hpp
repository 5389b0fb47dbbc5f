// Finding entries in the audit trail, the newest first, without reading all of it: files are read
// from their ends, block by block.
#pragma once

#include "data/moment.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <optional>
#include <string>

namespace hotspots::service {

struct AuditQuery {
    data::Period period;                                              // of the entry's time
    std::string who;                                                  // exactly; empty: anybody
    std::string action;                                               // exactly; empty: any
    std::uint64_t before = std::numeric_limits<std::uint64_t>::max(); // sequences below it
};

// Where a search stopped before it was through: entries of this sequence and below are not looked
// at yet. Empty: it is through.
using AuditRest = std::optional<std::uint64_t>;

// Calls `visit` with the JSON object of each entry that fits until it returns false, or until
// `most_bytes` of the trail are read. Lines that are no entries are left out: verify_audit() names
// them. Memory does not grow with the trail. Throws AuditError.
AuditRest search_audit(const std::filesystem::path& folder, const AuditQuery& query,
                       std::uint64_t most_bytes,
                       const std::function<bool(const nlohmann::ordered_json&)>& visit);

} // namespace hotspots::service
