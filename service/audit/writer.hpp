// Appends entries to the audit trail of a data folder, together with whatever other process does
// the same. When append() returns they are on disk and acknowledged by the anchor.
#pragma once

#include "service/audit/anchor.hpp"
#include "service/audit/entry.hpp"

#include <filesystem>
#include <optional>
#include <span>

namespace hotspots::service {

struct AuditWriterOptions {
    std::uint64_t file_bytes = std::uint64_t{64}
                               << 20U; // a file this large is followed by a new one
};

// Not for several threads at once.
class AuditWriter {
public:
    // `folder`: DIR/audit, made with the first entry.
    explicit AuditWriter(std::filesystem::path folder, AuditWriterOptions options = {});

    // All of them or, when it throws AuditError, none. What another process left unfinished is
    // settled first, and an entry of its own says how: bytes after the last acknowledged entry,
    // which nobody was promised, go to a file set-aside-N beside the trail; an end that is missing
    // stays missing (verify_audit() tells of it).
    AuditLink append(std::span<const AuditEntry> entries);

private:
    std::filesystem::path m_folder;
    AuditWriterOptions m_options;
};

// DIR/audit
std::filesystem::path audit_folder(const std::filesystem::path& data);

} // namespace hotspots::service
