// Holds the snapshot, the keys and the accounts that requests take, and follows the store: another
// process's import, new key or account is seen within a second. A load that fails leaves what was
// before in place.
#pragma once

#include "data/snapshot.hpp"
#include "service/access/identities.hpp"

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
    Credentials credentials() const; // likewise

    // revision_stamp() of current()'s revision, without a lock.
    std::uint64_t stamp() const { return m_stamp.load(std::memory_order_acquire); }

    // Has a revision that this process wrote published without delay, and waits for it: whoever
    // wrote it then reads it. Waits at most `patience`.
    void catch_up(const data::Revision& revision,
                  std::chrono::milliseconds patience = std::chrono::seconds(10));

private:
    void follow();
    void load_credentials_if_new(data::IncidentStore& store);
    void publish_if_new(std::unique_ptr<data::IncidentStore>& store);

    const std::string m_uri;
    const std::chrono::milliseconds m_poll;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::condition_variable m_published;
    bool m_stopping = false;
    bool m_hurry = false; // somebody waits in catch_up()
    std::shared_ptr<const data::Snapshot> m_current;
    std::atomic<std::uint64_t> m_stamp = 0;
    Credentials m_credentials;
    // The store's last change of them and its revision when they were loaded: another store in the
    // same place may count the same. The follower's alone.
    std::pair<std::int64_t, data::Revision> m_credentials_version;
    std::thread m_follower; // last: runs only once the rest is there
};

} // namespace hotspots::service
