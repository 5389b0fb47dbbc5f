// Earlier revisions that somebody is still paging through: kept alive for some minutes after they
// were last asked for, so that the pages of a walk are all cut from one and the same revision
// however many imports land meanwhile.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <utility>

namespace hotspots::data {
struct Snapshot;
}

namespace hotspots::service {

class KeptRevisions {
public:
    using Pointer = std::shared_ptr<const data::Snapshot>;
    using Clock = std::chrono::steady_clock;

    static constexpr std::chrono::minutes default_age{5};
    // Kept at most, those asked for last; of many incidents fewer, but always one.
    static constexpr std::size_t most_revisions = 8;
    static constexpr std::size_t most_incidents = 4'000'000;

    explicit KeptRevisions(Clock::duration age = default_age,
                           std::function<Clock::time_point()> now = Clock::now)
        : m_age(age), m_now(std::move(now)) {}

    // From now on for its time, in place of any that counts the same or can only be of another
    // store in the same place. From any thread.
    void keep(const Pointer& snapshot);
    // Null where the revision is not kept, or no longer. Renews its time. From any thread.
    Pointer find(std::int64_t revision);

    std::size_t size() const;

private:
    struct Entry {
        Pointer snapshot;
        Clock::time_point until;
    };
    using Entries = std::list<Entry>;

    // Moves what is to go into `gone`, to be freed outside the lock: that may take long.
    void drop(Entries& gone, Clock::time_point now);

    const Clock::duration m_age;
    const std::function<Clock::time_point()> m_now;
    mutable std::mutex m_mutex;
    Entries m_entries; // last asked for first
};

} // namespace hotspots::service
