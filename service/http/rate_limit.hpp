// How many requests a client may send in a while, and how many connections an address may hold.
#pragma once

#include "service/http/message.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace hotspots::service {

struct RateLimit {
    double per_second = 0; // 0: no limit
    double burst = 1;      // requests at once; at least 1
    bool is_on() const { return per_second > 0; }
};

// A bucket of `burst` tokens that is refilled evenly, by the generic cell rate algorithm (ITU-T
// I.371): one number says when it will be full again. Safe for several threads, without a lock.
class TokenBucket {
public:
    using Clock = std::chrono::steady_clock;

    // Takes a token and returns zero, or returns how long it takes until there is one.
    std::chrono::nanoseconds take(const RateLimit& limit, Clock::time_point now);
    bool is_full(Clock::time_point now) const;

private:
    std::atomic<std::int64_t> m_full_at{0}; // nanoseconds of the clock
};

// 429 with Retry-After.
Response too_fast(std::chrono::nanoseconds wait);

// A bucket for each client. Safe for several threads.
class TokenBuckets {
public:
    // The same one for the same name; full ones of others are forgotten when there are many.
    std::shared_ptr<TokenBucket> of(std::string_view name);

private:
    std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<TokenBucket>, std::less<>> m_buckets;
    std::size_t m_forget_at = 10'000;
};

// Connections that are open, by address. Safe for several threads.
class AddressCounts {
public:
    // False, and not counted, where there are `most` already.
    bool enter(const std::string& address, std::size_t most);
    void leave(const std::string& address);

private:
    std::mutex m_mutex;
    std::map<std::string, std::size_t> m_counts;
};

} // namespace hotspots::service
