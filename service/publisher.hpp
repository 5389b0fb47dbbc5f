// Holds the snapshot that requests take, and follows the store: another process's import is seen
// within a second.
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
    explicit Publisher(std::string store_uri);
    ~Publisher();

    std::shared_ptr<const data::Snapshot> current() const;

  private:
    void follow();

    std::string m_uri;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopping = false;
    std::shared_ptr<const data::Snapshot> m_current;
    std::thread m_follower;
};

} // namespace hotspots::service
