// How long somebody who has given wrong passwords must wait before the next is looked at. Doubles
// with each one beyond the free ones; is forgotten with time. Not for several threads at once.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace hotspots::service {

struct LockOutRules {
    int free_tries = 5;
    std::chrono::seconds first_wait{1}; // after the last free one; then twice as long each time
    std::chrono::seconds longest_wait = std::chrono::minutes(15);
    std::chrono::seconds forget_one = std::chrono::minutes(3); // one try is forgotten each
    std::size_t most_kept = 10'000;
};

class LockOut {
public:
    using Clock = std::chrono::steady_clock;

    explicit LockOut(LockOutRules rules);

    // From when on a try is looked at; in the past for who is not locked out.
    Clock::time_point until(std::string_view who) const;
    // Counts a try, before it is known whether it is right: tries at once are as many tries.
    void count(std::string_view who, Clock::time_point now);
    // The try was right.
    void take_back(std::string_view who); // as if that one had not been
    void forget(std::string_view who);    // nor any before it
    std::size_t size() const { return m_entries.size(); }

private:
    struct Entry {
        int tries = 0;
        Clock::time_point last{};
        Clock::time_point until{};
    };
    int tries_left_over(const Entry& entry, Clock::time_point now) const;
    void make_room(Clock::time_point now);

    const LockOutRules m_rules;
    std::map<std::string, Entry, std::less<>> m_entries;
};

// What addresses are locked out by: itself for IPv4, the /64 network for IPv6, of which a single
// host has all addresses.
std::string lock_out_network(const std::string& address);

} // namespace hotspots::service
