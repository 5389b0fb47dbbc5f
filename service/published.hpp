// A value that every request reads and that seldom changes. Who reads it takes no lock, unless it
// has changed since the reading thread last looked.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <utility>

namespace hotspots::service {

// `T`: cheap to copy, such as a pointer to what never changes. Each thread keeps the copy that it
// read last, and what that points to, until it reads again or ends.
template <class T>
class Published {
public:
    Published() { set({}); }
    explicit Published(T value) { set(std::move(value)); }

    T get() const {
        struct Copy {
            std::uint64_t version = 0;
            T value{};
        };
        thread_local Copy copy;
        if (copy.version != m_version.load(std::memory_order_acquire)) {
            const std::lock_guard lock(m_mutex);
            copy = {m_version.load(std::memory_order_relaxed), m_value};
        }
        return copy.value;
    }

    void set(T value) {
        const std::lock_guard lock(m_mutex);
        std::swap(m_value, value); // what it was is freed without the lock
        m_version.store(next_version(), std::memory_order_release);
    }

private:
    // Of all values of a kind, as they share the threads' copies.
    static std::uint64_t next_version() {
        static std::atomic<std::uint64_t> last = 0;
        return ++last;
    }

    mutable std::mutex m_mutex;
    T m_value{};
    std::atomic<std::uint64_t> m_version = 0;
};

} // namespace hotspots::service
