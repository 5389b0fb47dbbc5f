// The last entry that was acknowledged, kept beside the audit trail's files: what a chain alone
// cannot tell, whether its end was cut off. Written after the entry is on disk and before anybody
// is told so.
#pragma once

#include "service/audit/entry.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>

namespace hotspots::service {

struct AuditAnchor {
    AuditLink last;
    std::uint64_t file = 0;  // number of the file that holds it; 0: there is none yet
    std::uint64_t bytes = 0; // of that file, the entry included
    friend bool operator==(const AuditAnchor&, const AuditAnchor&) = default;
};

// The file "anchor" of the folder: two slots with a checksum each, written in turn, so that one is
// whole at any moment. Empty where the file is absent or neither slot is whole. Throws AuditError.
std::optional<AuditAnchor> read_audit_anchor(const std::filesystem::path& folder);

// On disk when it returns. Throws AuditError.
void write_audit_anchor(const std::filesystem::path& folder, const AuditAnchor& anchor);

} // namespace hotspots::service
