// The files of the audit trail: audit-000001.jsonl and on, in DIR/audit, and what is done with
// them: reads and writes at a place, which wait until it is on disk where that is asked for.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::service {

// All throw AuditError naming the file and the system's reason.
class AuditFile {
public:
    enum class Mode { read, write }; // write makes an absent file, for this user and group alone
    AuditFile(std::filesystem::path path, Mode mode);
    ~AuditFile();
    AuditFile(const AuditFile&) = delete;
    AuditFile& operator=(const AuditFile&) = delete;

    std::uint64_t bytes() const;
    std::string read(std::uint64_t at, std::size_t most) const; // shorter at the file's end
    void write(std::uint64_t at, std::string_view text) const;
    void sync() const;
    void cut(std::uint64_t bytes) const; // what follows is gone

private:
    std::filesystem::path m_path;
    int m_descriptor = -1;
};

struct AuditFileName {
    std::uint64_t number = 0;
    std::filesystem::path path;
};

std::filesystem::path audit_file_path(const std::filesystem::path& folder, std::uint64_t number);
// By ascending numbers; none where the folder is absent.
std::vector<AuditFileName> audit_files(const std::filesystem::path& folder);

// New names in the folder are on disk when it returns.
void sync_audit_folder(const std::filesystem::path& folder);

// Held by whoever appends, in any process. The kernel gives it back however the holder ends.
class AuditLock {
public:
    // Makes the folder if absent. Waits at most ten seconds.
    explicit AuditLock(const std::filesystem::path& folder);
    ~AuditLock();
    AuditLock(const AuditLock&) = delete;
    AuditLock& operator=(const AuditLock&) = delete;

private:
    int m_descriptor = -1;
};

} // namespace hotspots::service
