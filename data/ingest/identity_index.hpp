// Which records there are already, by source and identifier: tells a new row from a changed one and
// from a repeat, in the store as within one import.
#pragma once

#include "data/incident_store.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace hotspots::data {

class IdentityIndex {
public:
    enum class Verdict { fresh, changed, repeat };

    // What is known of one identity. Its address stays valid as long as the index.
    struct Entry {
        std::int64_t id = 0; // in the store; 0 until written
        std::uint64_t content = 0;
        bool is_own = false; // the import that asks has written it
    };

    struct Seen {
        Verdict verdict = Verdict::fresh;
        Entry* entry = nullptr;
    };

    explicit IdentityIndex(const std::vector<StoredKey>& keys);

    // Compares a record with what is known, and takes it as known from now on.
    Seen see(const RawRecord& record);

private:
    std::unordered_map<std::string, Entry> m_entries;
};

} // namespace hotspots::data
