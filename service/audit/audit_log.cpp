#include "service/audit/audit_log.hpp"

#include <cstdio>
#include <iterator>
#include <utility>

namespace hotspots::service {

namespace {

AuditEntry written_again() {
    AuditEntry entry;
    entry.who = "llr-hotspots";
    entry.role = "operator";
    entry.action = "audit";
    entry.what = "recovery";
    entry.note = "the audit can be written again";
    return entry;
}

} // namespace

struct AuditLog::Ticket {
    bool done = false;
    std::string trouble;
};

AuditLog::AuditLog(std::filesystem::path folder, AuditLogOptions options)
    : m_folder(std::move(folder)), m_options(options), m_writer(m_folder, options.writer),
      m_thread([this] { run(); }) {}

AuditLog::~AuditLog() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_work.notify_all();
    m_thread.join();
    if (!m_waiting.empty()) {
        std::fprintf(stderr, "llr-hotspots: %zu audit entries are lost: %s\n", m_waiting.size(),
                     m_trouble.c_str());
    }
}

void AuditLog::note(AuditEntry entry) {
    const std::lock_guard lock(m_mutex);
    const bool first = m_waiting.empty();
    m_waiting.push_back({std::move(entry), nullptr, false});
    if (first) {
        m_work.notify_one(); // it then waits for others to join
    }
}

std::string AuditLog::wait_for(Waiting waiting) {
    const auto ticket = std::make_shared<Ticket>();
    waiting.ticket = ticket;
    std::unique_lock lock(m_mutex);
    m_waiting.push_back(std::move(waiting));
    m_urgent = true;
    m_work.notify_one();
    m_done.wait(lock, [&] { return ticket->done; });
    return ticket->trouble;
}

void AuditLog::write(AuditEntry entry) {
    const auto trouble = wait_for({std::move(entry), nullptr, true});
    if (!trouble.empty()) {
        throw AuditError(trouble);
    }
}

void AuditLog::write_outcome(AuditEntry entry) {
    const auto trouble = wait_for({std::move(entry), nullptr, false});
    if (!trouble.empty()) {
        std::fprintf(stderr, "llr-hotspots: an outcome is not in the audit yet: %s\n",
                     trouble.c_str());
    }
}

std::string AuditLog::trouble() const {
    const std::lock_guard lock(m_mutex);
    if (m_trouble.empty() && m_waiting.size() > m_options.most_waiting) {
        return "the audit is written more slowly than it grows";
    }
    return m_trouble;
}

bool AuditLog::is_writable() const {
    const std::lock_guard lock(m_mutex);
    return m_trouble.empty() && m_waiting.size() <= m_options.most_waiting;
}

// False once it stops and nothing waits. While the trail cannot be written, nothing that is
// refused for it would ever come to try again: an entry of its own does.
bool AuditLog::wait_for_work(std::unique_lock<std::mutex>& lock) {
    const auto has_work = [&] { return m_stopping || !m_waiting.empty(); };
    if (m_trouble.empty()) {
        m_work.wait(lock, has_work);
    } else if (!m_work.wait_for(lock, m_options.retry, has_work)) {
        m_waiting.push_back({written_again(), nullptr, true});
        return true;
    }
    const auto pause = m_trouble.empty() ? m_options.batch : m_options.retry;
    m_work.wait_for(lock, pause, [&] { return m_stopping || m_urgent; });
    return !m_waiting.empty();
}

void AuditLog::run() {
    std::vector<Waiting> batch; // trades places with m_waiting: both keep their memory
    std::vector<AuditEntry> entries;
    std::unique_lock lock(m_mutex);
    while (wait_for_work(lock)) {
        batch.clear();
        batch.swap(m_waiting);
        m_urgent = false;
        const bool last = m_stopping;
        lock.unlock();
        entries.clear();
        for (auto& waiting : batch) {
            entries.push_back(std::move(waiting.entry));
        }
        std::string trouble;
        try {
            m_writer.append(entries);
        } catch (const std::exception& error) {
            trouble = error.what();
            for (std::size_t i = 0; i < batch.size(); ++i) {
                batch[i].entry = std::move(entries[i]);
            }
        }
        lock.lock();
        settle(batch, trouble);
        if (last && !trouble.empty()) {
            return;
        }
    }
}

// What cannot be written and has happened waits again, in its order, before what came meanwhile.
void AuditLog::settle(std::vector<Waiting>& batch, const std::string& trouble) {
    if (m_trouble.empty() != trouble.empty()) {
        std::fprintf(stderr, "llr-hotspots: %s\n",
                     trouble.empty() ? "the audit is written again" : trouble.c_str());
    }
    m_trouble = trouble;
    std::vector<Waiting> kept;
    for (auto& waiting : batch) {
        if (waiting.ticket) {
            waiting.ticket->done = true;
            waiting.ticket->trouble = trouble;
            waiting.ticket = nullptr;
        }
        if (!trouble.empty() && !waiting.may_be_dropped) {
            kept.push_back(std::move(waiting));
        }
    }
    m_waiting.insert(m_waiting.begin(), std::make_move_iterator(kept.begin()),
                     std::make_move_iterator(kept.end()));
    m_done.notify_all();
}

} // namespace hotspots::service
