// Holds the snapshot that requests take, and follows the store: another process's import is seen
// within a second. A load that fails leaves the snapshot before it in place.
#pragma once

#include "data/snapshot.hpp"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

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

private:
    void follow();
    void publish_if_new(std::unique_ptr<data::IncidentStore>& store);

    const std::string m_uri;
    const std::chrono::milliseconds m_poll;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopping = false;
    std::shared_ptr<const data::Snapshot> m_current;
    std::thread m_follower; // last: runs only once the rest is there
};

} // namespace hotspots::service
