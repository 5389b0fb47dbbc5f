// Answers kept packed and ready to be sent, bounded by the bytes that they hold: one computation a
// key, however many threads ask at once. A key names all that the answer depends on (revision, role
// view, parameters, tile), so that nothing kept ever becomes wrong; it is only no longer asked for.
#pragma once

#include "service/http/prepared_answer.hpp"
#include "service/shared_computation.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace hotspots::service {

class AnswerCache {
public:
    using Pointer = std::shared_ptr<const PreparedAnswer>;

    explicit AnswerCache(std::size_t limit_bytes) : m_limit_bytes(limit_bytes) {}

    // The answer under `key`, by `make` if nobody has it or is at it. What `make` throws goes to
    // all who wait for it and is not kept. An answer of more than a sixteenth of the limit is not
    // kept either. Throws geo::Stopped where the caller's thread is asked to stop meanwhile; what
    // nobody waits for any more stops (service/shared_computation.hpp). From any thread.
    Pointer get(const std::string& key, const std::function<Pointer()>& make);

    // The same, but waits for nobody: null where somebody else is at it.
    Pointer get_at_once(const std::string& key, const std::function<Pointer()>& make);

    // The answer under a key or another name of it, if it is there; else null. Waits for nobody,
    // and takes no lock where the calling thread has found it before.
    Pointer find(std::string_view name);

    // Lets the answer kept under `key` be found under `other` too, as long as it is kept: such as
    // the text by which clients ask for it. Nothing happens if it is not kept.
    void also_name(const std::string& key, std::string_view other);

    // Takes effect with the answers that are added from now on.
    void set_limit_bytes(std::size_t bytes) { m_limit_bytes = bytes; }

    struct Figures {
        std::uint64_t hits = 0;   // of find() and get()
        std::uint64_t misses = 0; // of get()
        std::uint64_t evictions = 0;
        std::size_t answers = 0;
        std::size_t bytes = 0;
        std::size_t limit_bytes = 0;
    };
    Figures figures() const;

private:
    // Taken out where it has not been asked for since it was last spared ("second chance"): asking
    // sets a flag and moves nothing.
    struct Slot {
        Pointer answer;
        std::atomic<bool> used = false;
    };
    struct Node {
        std::string name;
        std::shared_ptr<Slot> slot; // null in another name's node, which does not keep the answer
        std::weak_ptr<Slot> named;
        std::size_t bytes = 0;
        bool used = false;
    };
    // Null where the one who computes cannot be asked to stop, and nobody waits.
    using UnderWay = std::shared_ptr<SharedComputation<Pointer>>;
    struct Shard {
        std::atomic<std::uint64_t> hits = 0;
        mutable std::mutex mutex; // of the rest
        std::list<Node> nodes;    // the next to be looked at for taking out is last
        std::unordered_map<std::string_view, std::list<Node>::iterator> by_name; // views of Node
        std::unordered_map<std::string, UnderWay> under_way;
        std::size_t bytes = 0;
        std::uint64_t misses = 0;
        std::uint64_t evictions = 0;
        std::size_t answers = 0;
    };
    // What a thread has found last, by a hash of its name. It keeps no answer; nor can it give one
    // that is no longer right, as no name ever is another answer's.
    struct Found {
        std::uint64_t cache = 0; // m_id
        std::string name;
        std::weak_ptr<Slot> slot;
    };
    static constexpr std::size_t found_count = 4096;
    static constexpr std::size_t shard_count = 16;

    // What is there under a key; where that is neither an answer nor of others, the caller's to
    // settle.
    struct Claim {
        Pointer answer;
        UnderWay computation; // not null for who waits for others
        bool is_of_others = false;
    };
    static Claim claim(Shard& shard, const std::string& key, bool waits);
    static UnderWay end_claim(Shard& shard, const std::string& key, const UnderWay& own);

    static std::uint64_t next_id();
    static Found& found_of(std::size_t hash);
    Shard& shard_of(std::size_t hash);
    static std::shared_ptr<Slot> look_up(Shard& shard, std::string_view name);
    void add(Shard& shard, Node node) const;
    static void erase(Shard& shard, std::list<Node>::iterator node);
    Pointer settle(Shard& shard, const std::string& key, const UnderWay& own,
                   const std::function<Pointer()>& make) const;

    const std::uint64_t m_id = next_id(); // no other cache's in this process
    std::atomic<std::size_t> m_limit_bytes;
    std::array<Shard, shard_count> m_shards;
};

} // namespace hotspots::service
