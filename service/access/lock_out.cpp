#include "service/access/lock_out.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <vector>

namespace hotspots::service {

LockOut::LockOut(LockOutRules rules) : m_rules(rules) {}

LockOut::Clock::time_point LockOut::until(std::string_view who) const {
    const auto found = m_entries.find(who);
    return found == m_entries.end() ? Clock::time_point::min() : found->second.until;
}

int LockOut::tries_left_over(const Entry& entry, Clock::time_point now) const {
    const auto forgotten = (now - entry.last) / m_rules.forget_one;
    return forgotten >= entry.tries ? 0 : entry.tries - static_cast<int>(forgotten);
}

void LockOut::count(std::string_view who, Clock::time_point now) {
    auto found = m_entries.find(who);
    if (found == m_entries.end()) {
        make_room(now);
        found = m_entries.emplace(who, Entry{}).first;
    }
    constexpr int most_doublings = 30;
    auto& entry = found->second;
    entry.tries = std::min(tries_left_over(entry, now) + 1, m_rules.free_tries + most_doublings);
    entry.last = now;
    const int over = entry.tries - m_rules.free_tries;
    if (over >= 0) {
        entry.until = now + std::min(m_rules.longest_wait, m_rules.first_wait * (1L << over));
    }
}

void LockOut::take_back(std::string_view who) {
    const auto found = m_entries.find(who);
    if (found != m_entries.end()) {
        auto& entry = found->second;
        entry.tries = std::max(0, entry.tries - 1);
        entry.until = Clock::time_point::min();
    }
}

void LockOut::forget(std::string_view who) {
    const auto found = m_entries.find(who);
    if (found != m_entries.end()) {
        m_entries.erase(found);
    }
}

// Those whose tries are forgotten go first, then those that are free the soonest: names made up to
// push out a locked one go before it.
void LockOut::make_room(Clock::time_point now) {
    if (m_entries.size() < m_rules.most_kept) {
        return;
    }
    std::erase_if(m_entries,
                  [&](const auto& each) { return tries_left_over(each.second, now) == 0; });
    if (m_entries.size() < m_rules.most_kept) {
        return;
    }
    std::vector<Clock::time_point> ends;
    for (const auto& [who, entry] : m_entries) {
        ends.push_back(entry.until);
    }
    const auto quarter = ends.begin() + static_cast<std::ptrdiff_t>(ends.size() / 4);
    std::nth_element(ends.begin(), quarter, ends.end());
    auto surplus = ends.size() / 4 + 1;
    std::erase_if(m_entries, [&, last = *quarter](const auto& each) {
        return surplus > 0 && each.second.until <= last && surplus-- > 0;
    });
}

std::string lock_out_network(const std::string& address) {
    std::array<unsigned char, 16> bytes{};
    if (::inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) {
        return address;
    }
    std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
    std::array<char, INET6_ADDRSTRLEN> text{};
    ::inet_ntop(AF_INET6, bytes.data(), text.data(), text.size());
    return std::string(text.data()) + "/64";
}

} // namespace hotspots::service
