// Loaded before a program (LD_PRELOAD), counts how often a lock is taken that more than one thread
// takes. The file named by SHARED_LOCKS is the counter: eight bytes that say whether to count,
// which its reader sets, and eight for the count.
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <cstdlib>

namespace {

struct Report {
    std::atomic<std::uint64_t> counts;
    std::atomic<std::uint64_t> shared;
};

struct Lock {
    std::atomic<const void*> at = nullptr; // null: free
    std::atomic<const void*> thread = nullptr;
    std::atomic<std::uint64_t> taken = 0; // by that thread, as long as there is no other
    std::atomic<bool> is_shared = false;
};

std::array<Lock, 4096> locks; // more than a test's program has
thread_local const char this_thread = 0;

Report* map_report() {
    const char* const path = std::getenv("SHARED_LOCKS");
    const int file = path ? ::open(path, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0) {
        return nullptr;
    }
    void* const memory =
        ::mmap(nullptr, sizeof(Report), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    ::close(file);
    return memory == MAP_FAILED ? nullptr : static_cast<Report*>(memory);
}

Lock& lock_at(const void* at) {
    const auto start = reinterpret_cast<std::uintptr_t>(at) / 8;
    for (std::size_t i = 0; i < locks.size(); ++i) {
        Lock& lock = locks[(start + i) % locks.size()];
        const void* there = nullptr;
        if (lock.at.compare_exchange_strong(there, at) || there == at) {
            return lock;
        }
    }
    std::abort();
}

void note(const void* at) {
    static Report* const report = map_report();
    if (!report || report->counts == 0) {
        return;
    }
    Lock& lock = lock_at(at);
    const void* thread = nullptr;
    const bool own =
        lock.thread.compare_exchange_strong(thread, &this_thread) || thread == &this_thread;
    if (own && !lock.is_shared) {
        ++lock.taken;
    } else if (lock.is_shared.exchange(true)) {
        ++report->shared;
    } else {
        report->shared += lock.taken + 1;
    }
}

template <class Function>
Function* next(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

} // namespace

extern "C" int pthread_mutex_lock(pthread_mutex_t* mutex) noexcept {
    static auto* const lock = next<int(pthread_mutex_t*)>("pthread_mutex_lock");
    note(mutex);
    return lock(mutex);
}

extern "C" int pthread_rwlock_rdlock(pthread_rwlock_t* mutex) noexcept {
    static auto* const lock = next<int(pthread_rwlock_t*)>("pthread_rwlock_rdlock");
    note(mutex);
    return lock(mutex);
}

extern "C" int pthread_rwlock_wrlock(pthread_rwlock_t* mutex) noexcept {
    static auto* const lock = next<int(pthread_rwlock_t*)>("pthread_rwlock_wrlock");
    note(mutex);
    return lock(mutex);
}
