#include "service/audit/audit_log.hpp"

#include <cstdio>
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
    if (m_count > 0) {
        std::fprintf(stderr, "llr-hotspots: %zu audit entries are lost: %s\n", m_count.load(),
                     m_trouble.c_str());
    }
}

void AuditLog::add(Waiting waiting) {
    m_count.fetch_add(1, std::memory_order_relaxed);
    m_added.push(std::move(waiting));
}

void AuditLog::note(AuditEntry entry) {
    add({std::move(entry), nullptr, false});
}

std::string AuditLog::wait_for(Waiting waiting) {
    const auto ticket = std::make_shared<Ticket>();
    waiting.ticket = ticket;
    add(std::move(waiting));
    std::unique_lock lock(m_mutex);
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
    return !m_trouble.empty()                  ? m_trouble
           : m_count <= m_options.most_waiting ? std::string()
                                               : "the audit is written more slowly than it grows";
}

bool AuditLog::is_writable() const {
    return !m_in_trouble.load(std::memory_order_acquire) &&
           m_count.load(std::memory_order_relaxed) <= m_options.most_waiting;
}

// Looks twice a second, so that who notes need wake nobody.
void AuditLog::run() {
    std::vector<Waiting> batch;
    std::unique_lock lock(m_mutex);
    bool more = true;
    while (more) {
        const auto pause = m_trouble.empty() ? m_options.batch : m_options.retry;
        m_work.wait_for(lock, pause, [&] { return m_stopping || m_urgent; });
        m_urgent = false;
        const bool last = m_stopping;
        const bool in_trouble = !m_trouble.empty();
        lock.unlock();
        take(batch, in_trouble);
        const auto trouble = append(batch);
        lock.lock();
        settle(batch, trouble);
        more = !last;
    }
}

// While the trail cannot be written, nothing that is refused for it would ever come to try again:
// an entry of its own does.
void AuditLog::take(std::vector<Waiting>& batch, bool in_trouble) {
    batch.clear();
    batch.swap(m_kept);
    m_added.take_all(batch);
    if (batch.empty() && in_trouble) {
        m_count.fetch_add(1, std::memory_order_relaxed);
        batch.push_back({written_again(), nullptr, true});
    }
}

// Empty, or why nothing of it could be written.
std::string AuditLog::append(std::vector<Waiting>& batch) {
    if (batch.empty()) {
        return {};
    }
    m_entries.clear();
    for (auto& waiting : batch) {
        m_entries.push_back(std::move(waiting.entry));
    }
    try {
        m_writer.append(m_entries);
    } catch (const std::exception& error) {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            batch[i].entry = std::move(m_entries[i]);
        }
        return error.what();
    }
    return {};
}

// What cannot be written and has happened is kept, in its order, for the next time.
void AuditLog::settle(std::vector<Waiting>& batch, const std::string& trouble) {
    if (m_trouble.empty() != trouble.empty()) {
        std::fprintf(stderr, "llr-hotspots: %s\n",
                     trouble.empty() ? "the audit is written again" : trouble.c_str());
    }
    m_trouble = trouble;
    m_in_trouble.store(!trouble.empty(), std::memory_order_release);
    for (auto& waiting : batch) {
        if (waiting.ticket) {
            waiting.ticket->done = true;
            waiting.ticket->trouble = trouble;
            waiting.ticket = nullptr;
        }
        if (!trouble.empty() && !waiting.may_be_dropped) {
            m_kept.push_back(std::move(waiting));
        }
    }
    m_count.fetch_sub(batch.size() - m_kept.size(), std::memory_order_relaxed);
    m_done.notify_all();
}

} // namespace hotspots::service
