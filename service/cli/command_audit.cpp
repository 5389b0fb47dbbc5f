#include "service/cli/command_audit.hpp"

#include <pwd.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>

namespace hotspots::service {

namespace {

std::string system_user() {
    std::array<char, 4096> buffer{};
    passwd entry{};
    passwd* found = nullptr;
    const auto user = ::getuid();
    if (::getpwuid_r(user, &entry, buffer.data(), buffer.size(), &found) == 0 && found) {
        return found->pw_name;
    }
    return "user " + std::to_string(user);
}

} // namespace

AuditEntry entry_of_command(std::string command, std::string action, AuditParameters parameters) {
    AuditEntry entry;
    entry.who = system_user();
    entry.role = "operator";
    entry.action = std::move(action);
    entry.what = std::move(command);
    entry.parameters = std::move(parameters);
    entry.address = "local";
    if (const char* purpose = std::getenv("LLR_HOTSPOTS_PURPOSE")) {
        entry.reason = purpose;
    }
    return entry;
}

CommandAudit::CommandAudit(const StoreOptions& store, std::string command, std::string action,
                           AuditParameters parameters)
    : m_writer(audit_folder(store.data)),
      m_entry(entry_of_command(std::move(command), std::move(action), std::move(parameters))) {
    m_entry.phase = AuditPhase::intent;
    m_writer.append({&m_entry, 1});
}

CommandAudit::~CommandAudit() {
    if (!m_finished) {
        finish(exit_failed, std::nullopt, "failed");
    }
}

void CommandAudit::done(std::optional<std::uint64_t> rows, std::string note) {
    finish(exit_done, rows, std::move(note));
}

void CommandAudit::finish(int status, std::optional<std::uint64_t> rows,
                          std::string note) noexcept {
    m_finished = true;
    try {
        m_entry.time = audit_now();
        m_entry.phase = AuditPhase::outcome;
        m_entry.status = status;
        m_entry.rows = rows;
        m_entry.note = std::move(note);
        m_writer.append({&m_entry, 1});
    } catch (const std::exception& error) {
        std::fprintf(stderr, "llr-hotspots: the outcome is not in the audit: %s\n", error.what());
    }
}

void note_export(const StoreOptions& store, const std::string& command, AuditParameters parameters,
                 std::optional<std::uint64_t> rows) {
    auto entry =
        entry_of_command(command, std::string(to_text(Action::disclosure)), std::move(parameters));
    entry.rows = rows;
    AuditWriter(audit_folder(store.data)).append({&entry, 1});
}

} // namespace hotspots::service
