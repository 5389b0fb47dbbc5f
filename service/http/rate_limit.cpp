#include "service/http/rate_limit.hpp"

#include "service/problem.hpp"

#include <algorithm>

namespace hotspots::service {

namespace {

std::int64_t nanoseconds_of(TokenBucket::Clock::time_point time) {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
}

} // namespace

Response too_fast(std::chrono::nanoseconds wait) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
    Problem problem(429, "Too many requests",
                    "requests come faster than this service takes them from one caller; wait " +
                        std::to_string(seconds) + " s");
    problem.headers.push_back({"retry-after", std::to_string(seconds)});
    return to_response(problem);
}

std::chrono::nanoseconds TokenBucket::take(const RateLimit& limit, Clock::time_point now) {
    const auto at = nanoseconds_of(now);
    const auto token = static_cast<std::int64_t>(1e9 / limit.per_second);
    const auto room =
        static_cast<std::int64_t>(1e9 / limit.per_second * std::max(1.0, limit.burst));
    auto full_at = m_full_at.load();
    while (true) {
        const auto next = std::max(full_at, at) + token;
        if (next - at > room) {
            return std::chrono::nanoseconds(next - at - room);
        }
        if (m_full_at.compare_exchange_weak(full_at, next)) {
            return std::chrono::nanoseconds(0);
        }
    }
}

bool TokenBucket::is_full(Clock::time_point now) const {
    return m_full_at.load() <= nanoseconds_of(now);
}

std::shared_ptr<TokenBucket> TokenBuckets::of(std::string_view name) {
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_buckets.find(name); found != m_buckets.end()) {
        return found->second;
    }
    if (m_buckets.size() >= m_forget_at) {
        const auto now = TokenBucket::Clock::now();
        std::erase_if(m_buckets, [&](const auto& entry) {
            return entry.second.use_count() == 1 && entry.second->is_full(now);
        });
        m_forget_at = std::max<std::size_t>(10'000, 2 * m_buckets.size());
    }
    auto& bucket = m_buckets[std::string(name)];
    bucket = std::make_shared<TokenBucket>();
    return bucket;
}

bool AddressCounts::enter(const std::string& address, std::size_t most) {
    const std::lock_guard lock(m_mutex);
    auto& count = m_counts[address];
    if (count >= most) {
        return false;
    }
    ++count;
    return true;
}

void AddressCounts::leave(const std::string& address) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_counts.find(address);
    if (found != m_counts.end() && --found->second == 0) {
        m_counts.erase(found);
    }
}

} // namespace hotspots::service
