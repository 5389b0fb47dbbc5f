#include "service/publisher.hpp"

#include "data/published_snapshot.hpp"
#include "service/answer_view.hpp"

#include <cstdio>
#include <exception>
#include <utility>

namespace hotspots::service {

Publisher::Publisher(std::string store_uri, std::chrono::milliseconds poll)
    : m_uri(std::move(store_uri)), m_poll(poll) {
    const auto store = data::IncidentStore::open(m_uri, data::Access::read);
    load_credentials_if_new(*store);
    m_current = data::load_snapshot(*store);
    m_stamp = view_stamp(*m_current);
    load_releases_if_new(*store);
    m_follower = std::thread([this] { follow(); });
}

Publisher::~Publisher() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_published.notify_all();
    m_follower.join();
}

std::shared_ptr<const data::Snapshot> Publisher::current() const {
    const std::lock_guard lock(m_mutex);
    return m_current;
}

Credentials Publisher::credentials() const {
    return m_credentials.get();
}

std::shared_ptr<const data::Releases> Publisher::releases() const {
    const std::lock_guard lock(m_mutex);
    return m_views.releases;
}

std::shared_ptr<const data::Snapshot> Publisher::published(Role role) const {
    const std::lock_guard lock(m_mutex);
    return role < Role::panel ? m_views.outlines : m_views.figures;
}

std::uint64_t Publisher::stamp(Role role) const {
    const auto& stamp = role >= Role::inspector ? m_stamp
                        : role >= Role::panel   ? m_figures_stamp
                                                : m_outlines_stamp;
    return stamp.load(std::memory_order_acquire);
}

void Publisher::catch_up_releases(std::chrono::milliseconds patience) {
    std::unique_lock lock(m_mutex);
    // One look may be under way that began before the change.
    const auto wanted = m_looks + 2;
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!m_stopping && m_looks < wanted && std::chrono::steady_clock::now() < deadline) {
        m_hurry = true;
        m_wake.notify_all();
        m_published.wait_until(lock, deadline);
    }
}

void Publisher::catch_up(const data::Revision& revision, std::chrono::milliseconds patience) {
    std::unique_lock lock(m_mutex);
    const auto is_there = [&] { return m_current->revision.number >= revision.number; };
    if (!is_there()) {
        m_hurry = true;
        m_wake.notify_all();
    }
    m_published.wait_for(lock, patience, [&] { return m_stopping || is_there(); });
}

// The version is asked first: a key that comes in between is read again at the next look.
void Publisher::load_credentials_if_new(data::IncidentStore& store) {
    const std::pair version(store.last_change(data::Part::access), store.revision());
    if (version == m_credentials_version) {
        return;
    }
    Credentials next{std::make_shared<const ApiKeys>(store.api_keys()),
                     std::make_shared<const Users>(store.users())};
    m_credentials_version = version;
    m_credentials.set(std::move(next));
}

void Publisher::load_releases_if_new(data::IncidentStore& store) {
    const auto version = store.last_change(data::Part::releases);
    if (version == m_releases_version) {
        return;
    }
    auto releases = std::make_shared<const data::Releases>(store.releases());
    m_releases_version = version;
    publish_views(*current(), std::move(releases));
}

// Areas change seldom: an import leaves what is published as it is.
void Publisher::publish_views(const data::Snapshot& live,
                              std::shared_ptr<const data::Releases> releases) {
    Views next{releases, data::published_snapshot(live, nullptr),
               data::published_snapshot(live, releases->latest())};
    const std::lock_guard lock(m_mutex);
    m_views = std::move(next);
    m_outlines_stamp = view_stamp(*m_views.outlines);
    m_figures_stamp = view_stamp(*m_views.figures);
}

void Publisher::publish_if_new(std::unique_ptr<data::IncidentStore>& store) {
    if (!store) {
        store = data::IncidentStore::open(m_uri, data::Access::read);
    }
    load_credentials_if_new(*store);
    load_releases_if_new(*store);
    const auto before = current();
    const auto revision = store->revision();
    if (revision == before->revision) {
        return;
    }
    // A lower revision is that of another store in the same place: nothing of ours is in it.
    const bool follows = revision.number > before->revision.number;
    if (!follows) {
        m_releases_version = -1;
    }
    auto next = data::load_snapshot(*store, follows ? before.get() : nullptr);
    {
        const std::lock_guard lock(m_mutex);
        m_current.swap(next);
        m_stamp = view_stamp(*m_current);
    }
    const auto now = current();
    if (now->reference_revision != published(Role::anyone)->reference_revision || !follows) {
        publish_views(*now, releases());
    }
    m_published.notify_all();
    // `next` is now the snapshot before, freed here (outside the lock) unless a request still has
    // it.
}

// The read handle lives on this thread alone, as a GDAL dataset must. After a failure it is opened
// anew; the same failure is logged once, not at every poll.
void Publisher::follow() {
    std::unique_ptr<data::IncidentStore> store;
    std::string logged;
    std::unique_lock lock(m_mutex);
    while (true) {
        m_wake.wait_for(lock, m_poll, [this] { return m_stopping || m_hurry; });
        if (m_stopping) {
            return;
        }
        m_hurry = false;
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
        ++m_looks;
        m_published.notify_all();
    }
}

} // namespace hotspots::service
