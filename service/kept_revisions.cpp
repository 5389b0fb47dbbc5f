#include "service/kept_revisions.hpp"

#include "data/snapshot.hpp"

#include <algorithm>

namespace hotspots::service {

namespace {

// The same revision, or one that cannot be of the same store: there later numbers are published
// later.
bool gives_way(const data::Revision& kept, const data::Revision& to) {
    return kept.number == to.number || (kept.number > to.number && kept.published < to.published) ||
           (kept.number < to.number && kept.published > to.published);
}

} // namespace

void KeptRevisions::keep(const Pointer& snapshot) {
    Entries gone;
    const auto now = m_now();
    const std::lock_guard lock(m_mutex);
    for (auto entry = m_entries.begin(); entry != m_entries.end();) {
        const auto next = std::next(entry);
        if (gives_way(entry->snapshot->revision, snapshot->revision)) {
            gone.splice(gone.end(), m_entries, entry);
        }
        entry = next;
    }
    m_entries.push_front({snapshot, now + m_age});
    drop(gone, now);
}

KeptRevisions::Pointer KeptRevisions::find(std::int64_t revision) {
    Entries gone;
    const auto now = m_now();
    const std::lock_guard lock(m_mutex);
    drop(gone, now);
    const auto found = std::ranges::find_if(
        m_entries, [&](const Entry& entry) { return entry.snapshot->revision.number == revision; });
    if (found == m_entries.end()) {
        return nullptr;
    }
    found->until = now + m_age;
    m_entries.splice(m_entries.begin(), m_entries, found);
    return found->snapshot;
}

std::size_t KeptRevisions::size() const {
    const std::lock_guard lock(m_mutex);
    return m_entries.size();
}

void KeptRevisions::drop(Entries& gone, Clock::time_point now) {
    std::size_t revisions = 0;
    std::size_t incidents = 0;
    for (auto entry = m_entries.begin(); entry != m_entries.end();) {
        const auto next = std::next(entry);
        ++revisions;
        incidents += entry->snapshot->incidents.size();
        const bool too_many = revisions > most_revisions || incidents > most_incidents;
        if (entry->until <= now || (too_many && revisions > 1)) {
            gone.splice(gone.end(), m_entries, entry);
        }
        entry = next;
    }
}

} // namespace hotspots::service
