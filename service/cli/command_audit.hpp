// Commands in the audit trail, beside what `serve` writes: a change before it is made and with its
// outcome, a file before it is given.
#pragma once

#include "service/audit/writer.hpp"
#include "service/cli/commands.hpp"
#include "service/policy.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hotspots::service {

using AuditParameters = std::vector<std::pair<std::string, std::string>>;

// Of a command: who is the system's user, why what LLR_HOTSPOTS_PURPOSE says.
AuditEntry entry_of_command(std::string command, std::string action, AuditParameters parameters);

// One change.
class CommandAudit {
public:
    // Writes the intent. Throws AuditError; nothing may be changed then.
    CommandAudit(const StoreOptions& store, std::string command, std::string action,
                 AuditParameters parameters);
    // Without done(), writes that it failed.
    ~CommandAudit();
    CommandAudit(const CommandAudit&) = delete;
    CommandAudit& operator=(const CommandAudit&) = delete;

    // Writes the outcome; what cannot be written is said on stderr, as the change is made.
    void done(std::optional<std::uint64_t> rows, std::string note = {});

private:
    void finish(int status, std::optional<std::uint64_t> rows, std::string note) noexcept;

    AuditWriter m_writer;
    AuditEntry m_entry;
    bool m_finished = false;
};

// Before a file with what the store holds is written. Throws AuditError; it may not be written
// then.
void note_export(const StoreOptions& store, const std::string& command, AuditParameters parameters,
                 std::optional<std::uint64_t> rows);

} // namespace hotspots::service
