// Holds the snapshot, the keys and the accounts that requests take, and follows the store: another
// process's import, new key or account is seen within a second. A load that fails leaves what was
// before in place.
#pragma once

#include "data/release/release.hpp"
#include "data/snapshot.hpp"
#include "service/access/identities.hpp"
#include "service/published.hpp"
#include "service/role.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace hotspots::service {

class Publisher {
public:
    // Loads the first snapshot before it returns. Throws data::StoreError.
    explicit Publisher(std::string store_uri,
                       std::chrono::milliseconds poll = std::chrono::milliseconds(300));
    ~Publisher(); // waits for a load under way
    Publisher(const Publisher&) = delete;
    Publisher& operator=(const Publisher&) = delete;

    // Never null; never waits for a load.
    std::shared_ptr<const data::Snapshot> current() const;
    Credentials credentials() const; // likewise; without a lock, unless they have just changed

    std::shared_ptr<const data::Releases> releases() const; // likewise
    // What those see who may not see records: with the figures of the latest release from panel
    // on, without for the public. Likewise.
    std::shared_ptr<const data::Snapshot> published(Role role) const;

    // view_stamp() of what the role sees, without a lock.
    std::uint64_t stamp(Role role) const;

    // Has a revision that this process wrote published without delay, and waits for it: whoever
    // wrote it then reads it. Waits at most `patience`.
    void catch_up(const data::Revision& revision,
                  std::chrono::milliseconds patience = std::chrono::seconds(10));
    // The same of what happened to a release.
    void catch_up_releases(std::chrono::milliseconds patience = std::chrono::seconds(10));

private:
    // What is published, and what it is made of.
    struct Views {
        std::shared_ptr<const data::Releases> releases;
        std::shared_ptr<const data::Snapshot> outlines; // no figures
        std::shared_ptr<const data::Snapshot> figures;
    };

    void follow();
    void load_credentials_if_new(data::IncidentStore& store);
    void load_releases_if_new(data::IncidentStore& store);
    void publish_views(const data::Snapshot& live, std::shared_ptr<const data::Releases> releases);
    void publish_if_new(std::unique_ptr<data::IncidentStore>& store);

    const std::string m_uri;
    const std::chrono::milliseconds m_poll;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::condition_variable m_published;
    bool m_stopping = false;
    bool m_hurry = false; // somebody waits in catch_up()
    std::shared_ptr<const data::Snapshot> m_current;
    Views m_views;
    std::atomic<std::uint64_t> m_stamp = 0;
    std::atomic<std::uint64_t> m_outlines_stamp = 0;
    std::atomic<std::uint64_t> m_figures_stamp = 0;
    Published<Credentials> m_credentials;
    // The store's last change of them and its revision when they were loaded: another store in the
    // same place may count the same. The follower's alone.
    std::pair<std::int64_t, data::Revision> m_credentials_version;
    std::int64_t m_releases_version = -1; // likewise
    std::uint64_t m_looks = 0;            // at the store, that have ended
    std::thread m_follower;               // last: runs only once the rest is there
};

} // namespace hotspots::service
