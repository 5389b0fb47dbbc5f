// Reads the whole audit trail and finds what was done to it: entries edited, cut out, reordered,
// added, files missing, an end that was cut off.
#pragma once

#include "service/audit/entry.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace hotspots::service {

struct AuditFault {
    std::string kind;           // edited, gap, reordered, forged, missing_file, not_an_entry, torn,
                                // unacknowledged, cut_off, no_anchor, other_end
    std::string file;           // its name
    std::uint64_t line = 0;     // 1 for the first; 0 where it is no matter of a line
    std::uint64_t sequence = 0; // that the line says, or that is missing
    std::string detail;
};

struct AuditReport {
    std::uint64_t files = 0;
    std::uint64_t entries = 0;
    AuditLink last; // the last entry that is there
    std::uint64_t fault_count = 0;
    std::vector<AuditFault> faults; // the first 100
    bool ok() const { return fault_count == 0; }
};

// What a chain and its anchor can tell: any change by somebody who does not make the whole rest of
// the chain and the anchor anew. Against who does that, `expected`, the end that an earlier report
// gave and that is kept elsewhere: it must still be part of the chain. Memory does not grow with
// the trail; others may go on writing meanwhile. An absent or empty folder has no faults unless
// something is expected. Throws AuditError where files cannot be read.
AuditReport verify_audit(const std::filesystem::path& folder,
                         const std::optional<AuditLink>& expected = std::nullopt);

// One line of JSON.
std::string to_json(const AuditReport& report);

} // namespace hotspots::service
