// The audit trail as `serve` writes it: one thread appends what all others note, as many entries at
// once as there are, so that one wait for the disk serves them all. Noting takes no lock.
#pragma once

#include "service/audit/entry.hpp"
#include "service/audit/writer.hpp"
#include "service/handed_over.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace hotspots::service {

struct AuditLogOptions {
    AuditWriterOptions writer;
    std::chrono::milliseconds batch{500}; // for which a read may wait to be written
    std::chrono::milliseconds retry{500}; // after the trail could not be written
    std::size_t most_waiting = 65'536;    // entries; beyond them the trail counts as not writable
};

// All from any thread.
class AuditLog {
public:
    explicit AuditLog(std::filesystem::path folder, AuditLogOptions options = {});
    // Writes what waits, if it can be written.
    ~AuditLog();
    AuditLog(const AuditLog&) = delete;
    AuditLog& operator=(const AuditLog&) = delete;

    // Written within a second and tried again until it is; returns at once.
    void note(AuditEntry entry);
    // On disk when it returns. Throws AuditError; then it is not written, and what it stands for
    // must not happen.
    void write(AuditEntry entry);
    // Of what has happened already: waits as write() does, but keeps trying as note() does.
    void write_outcome(AuditEntry entry);

    // Empty while the trail can be written; else why not, for people to read.
    std::string trouble() const;
    bool is_writable() const;
    const std::filesystem::path& folder() const { return m_folder; }

private:
    struct Ticket;
    struct Waiting {
        AuditEntry entry;
        std::shared_ptr<Ticket> ticket; // of who waits for it; may be null
        bool may_be_dropped = false;    // if it cannot be written
    };
    void add(Waiting waiting);
    std::string wait_for(Waiting waiting);
    void run();
    void take(std::vector<Waiting>& batch, bool in_trouble);
    std::string append(std::vector<Waiting>& batch);
    void settle(std::vector<Waiting>& batch, const std::string& trouble);

    const std::filesystem::path m_folder;
    const AuditLogOptions m_options;
    AuditWriter m_writer;              // of the thread alone
    std::vector<Waiting> m_kept;       // likewise: what could not be written, and comes first
    std::vector<AuditEntry> m_entries; // likewise: room for what is being written
    HandedOver<Waiting> m_added;
    std::atomic<std::size_t> m_count = 0; // of those that are not written yet
    std::atomic<bool> m_in_trouble = false;
    mutable std::mutex m_mutex; // of the rest
    std::condition_variable m_work;
    std::condition_variable m_done;
    std::string m_trouble;
    bool m_urgent = false; // somebody waits
    bool m_stopping = false;
    std::thread m_thread; // the last: it uses all others
};

} // namespace hotspots::service
