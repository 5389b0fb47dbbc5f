#include "service/answer_cache.hpp"

#include <exception>
#include <utility>

namespace hotspots::service {

namespace {

constexpr std::size_t node_bytes = 256; // list and map nodes, roughly

std::size_t hash_of(std::string_view name) {
    return std::hash<std::string_view>()(name);
}

} // namespace

std::uint64_t AnswerCache::next_id() {
    static std::atomic<std::uint64_t> last = 0;
    return ++last;
}

AnswerCache::Found& AnswerCache::found_of(std::size_t hash) {
    thread_local const auto found = std::make_unique<std::array<Found, found_count>>();
    return (*found)[hash % found_count];
}

// The map within a shard, and what threads have found, take the low bits.
AnswerCache::Shard& AnswerCache::shard_of(std::size_t hash) {
    return m_shards[(hash >> 40U) % shard_count];
}

std::shared_ptr<AnswerCache::Slot> AnswerCache::look_up(Shard& shard, std::string_view name) {
    const auto found = shard.by_name.find(name);
    if (found == shard.by_name.end()) {
        return nullptr;
    }
    auto slot = found->second->slot ? found->second->slot : found->second->named.lock();
    if (!slot) { // the answer that it named has been taken out
        erase(shard, found->second);
        return nullptr;
    }
    found->second->used = true;
    slot->used.store(true, std::memory_order_relaxed);
    return slot;
}

AnswerCache::Pointer AnswerCache::find(std::string_view name) {
    const auto hash = hash_of(name);
    auto& shard = shard_of(hash);
    auto& found = found_of(hash);
    auto slot = found.cache == m_id && found.name == name ? found.slot.lock() : nullptr;
    if (slot) {
        slot->used.store(true, std::memory_order_relaxed);
    } else {
        const std::lock_guard lock(shard.mutex);
        slot = look_up(shard, name);
        if (!slot) {
            return nullptr;
        }
        found.cache = m_id;
        found.name.assign(name);
        found.slot = slot;
    }
    shard.hits.fetch_add(1, std::memory_order_relaxed);
    return slot->answer;
}

void AnswerCache::erase(Shard& shard, std::list<Node>::iterator node) {
    shard.bytes -= node->bytes;
    shard.answers -= node->slot ? 1U : 0U;
    shard.by_name.erase(node->name);
    shard.nodes.erase(node);
}

void AnswerCache::add(Shard& shard, Node node) const {
    const auto limit_bytes = m_limit_bytes.load(std::memory_order_relaxed) / shard_count;
    if (node.bytes > limit_bytes) {
        return;
    }
    if (const auto old = shard.by_name.find(node.name); old != shard.by_name.end()) {
        erase(shard, old->second);
    }
    shard.bytes += node.bytes;
    shard.answers += node.slot ? 1U : 0U;
    shard.nodes.push_front(std::move(node));
    shard.by_name.emplace(shard.nodes.front().name, shard.nodes.begin());
    while (shard.bytes > limit_bytes) {
        const auto last = std::prev(shard.nodes.end());
        const bool spared =
            std::exchange(last->used, false) ||
            (last->slot && last->slot->used.exchange(false, std::memory_order_relaxed));
        if (spared) {
            shard.nodes.splice(shard.nodes.begin(), shard.nodes, last);
        } else {
            shard.evictions += last->slot ? 1U : 0U;
            erase(shard, last);
        }
    }
}

void AnswerCache::also_name(const std::string& key, std::string_view other) {
    std::shared_ptr<Slot> slot;
    {
        auto& shard = shard_of(hash_of(key));
        const std::lock_guard lock(shard.mutex);
        slot = look_up(shard, key);
    }
    if (slot) {
        auto& shard = shard_of(hash_of(other));
        const std::lock_guard lock(shard.mutex);
        add(shard, Node{std::string(other), nullptr, slot, node_bytes + other.size(), false});
    }
}

AnswerCache::Claim AnswerCache::claim(Shard& shard, const std::string& key, bool waits) {
    const std::lock_guard lock(shard.mutex);
    if (const auto slot = look_up(shard, key)) {
        ++shard.hits;
        return {slot->answer, nullptr, false};
    }
    const auto [found, is_new] = shard.under_way.try_emplace(key);
    auto& computation = found->second;
    if (!is_new && !waits) {
        ++shard.hits;
        return {nullptr, nullptr, true};
    }
    if (!is_new && !computation) {
        computation = std::make_shared<SharedComputation<Pointer>>();
    }
    const bool is_of_others = !is_new && computation->join();
    if (!is_new && !is_of_others) { // all who wanted it have left
        computation.reset();
    }
    if (!is_of_others && geo::thread_stop().stop_possible()) {
        computation = std::make_shared<SharedComputation<Pointer>>();
    }
    shard.hits += is_of_others ? 1U : 0U;
    shard.misses += is_of_others ? 0U : 1U;
    return {nullptr, computation, is_of_others};
}

// Who waits, if anybody may. Precondition: the shard's lock.
AnswerCache::UnderWay AnswerCache::end_claim(Shard& shard, const std::string& key,
                                             const UnderWay& own) {
    const auto found = shard.under_way.find(key);
    if (found == shard.under_way.end() || (own && found->second != own)) {
        return own; // stopped, and begun afresh by somebody else
    }
    auto others = std::move(found->second);
    shard.under_way.erase(found);
    return others;
}

AnswerCache::Pointer AnswerCache::get(const std::string& key,
                                      const std::function<Pointer()>& make) {
    auto& shard = shard_of(hash_of(key));
    auto claimed = claim(shard, key, true);
    if (claimed.answer) {
        return claimed.answer;
    }
    return claimed.is_of_others ? claimed.computation->wait()
                                : settle(shard, key, claimed.computation, make);
}

AnswerCache::Pointer AnswerCache::get_at_once(const std::string& key,
                                              const std::function<Pointer()>& make) {
    auto& shard = shard_of(hash_of(key));
    auto claimed = claim(shard, key, false);
    return claimed.answer || claimed.is_of_others ? claimed.answer
                                                  : settle(shard, key, claimed.computation, make);
}

AnswerCache::Pointer AnswerCache::settle(Shard& shard, const std::string& key, const UnderWay& own,
                                         const std::function<Pointer()>& make) const {
    UnderWay others;
    try {
        auto answer = own ? own->run(make) : make();
        auto slot = std::make_shared<Slot>();
        slot->answer = answer;
        const auto bytes = node_bytes + key.size() + answer->bytes();
        {
            const std::lock_guard lock(shard.mutex);
            add(shard, Node{key, std::move(slot), {}, bytes, false});
            others = end_claim(shard, key, own);
        }
        if (others) {
            others->tell(answer);
        }
        return answer;
    } catch (...) {
        {
            const std::lock_guard lock(shard.mutex);
            others = end_claim(shard, key, own);
        }
        if (others) {
            others->fail(std::current_exception());
        }
        throw;
    }
}

AnswerCache::Figures AnswerCache::figures() const {
    Figures sum;
    sum.limit_bytes = m_limit_bytes;
    for (const Shard& shard : m_shards) {
        const std::lock_guard lock(shard.mutex);
        sum.hits += shard.hits;
        sum.misses += shard.misses;
        sum.evictions += shard.evictions;
        sum.answers += shard.answers;
        sum.bytes += shard.bytes;
    }
    return sum;
}

} // namespace hotspots::service
