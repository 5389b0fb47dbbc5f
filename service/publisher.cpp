#include "service/publisher.hpp"

#include <cstdio>
#include <exception>
#include <utility>

namespace hotspots::service {

Publisher::Publisher(std::string store_uri, std::chrono::milliseconds poll)
    : m_uri(std::move(store_uri)), m_poll(poll) {
    m_current = data::load_snapshot(*data::IncidentStore::open(m_uri, data::Access::read));
    m_follower = std::thread([this] { follow(); });
}

Publisher::~Publisher() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_follower.join();
}

std::shared_ptr<const data::Snapshot> Publisher::current() const {
    const std::lock_guard lock(m_mutex);
    return m_current;
}

void Publisher::publish_if_new(std::unique_ptr<data::IncidentStore>& store) {
    if (!store) {
        store = data::IncidentStore::open(m_uri, data::Access::read);
    }
    if (store->revision() == current()->revision) {
        return;
    }
    auto next = data::load_snapshot(*store);
    {
        const std::lock_guard lock(m_mutex);
        m_current.swap(next);
    }
    // `next` is now the snapshot before, freed here (outside the lock) unless a request still has
    // it.
}

// The read handle lives on this thread alone, as a GDAL dataset must. After a failure it is opened
// anew; the same failure is logged once, not at every poll.
void Publisher::follow() {
    std::unique_ptr<data::IncidentStore> store;
    std::string logged;
    std::unique_lock lock(m_mutex);
    while (!m_wake.wait_for(lock, m_poll, [this] { return m_stopping; })) {
        lock.unlock();
        try {
            publish_if_new(store);
            logged.clear();
        } catch (const std::exception& error) {
            store.reset();
            if (logged != error.what()) {
                logged = error.what();
                std::fprintf(stderr, "llr-hotspots: still serving the revision before: %s\n",
                             error.what());
            }
        }
        lock.lock();
    }
}

} // namespace hotspots::service
