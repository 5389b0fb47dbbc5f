// Misspelt names: candidates within two edits of a text, found by symmetric deletion (Garbe 2012,
// SymSpell) over the first letters of every usual spelling of every name, spaces left out. So a
// missing or misplaced space costs nothing, and a type may be misspelt as well.
#pragma once

#include "data/geocode/name_index.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::data {

struct FuzzyMatch {
    NameId name = 0;
    int edits = 0; // 0 where only spaces differ
};

class FuzzyIndex {
public:
    FuzzyIndex() = default;
    explicit FuzzyIndex(const NameIndex& names);

    // Names within `most` (0 to 2) edits of `joined` (words without spaces, as written), each once
    // with its least number of edits; in no order. Empty for texts of more than 40 letters.
    std::vector<FuzzyMatch> find(std::string_view joined, int most) const;

    std::size_t memory_bytes() const;

private:
    struct Spelling {
        std::uint32_t first; // bytes of m_letters
        std::uint16_t size;
        NameId name;
    };
    struct Deletion {
        std::uint32_t hash;
        std::uint32_t spelling;
    };

    std::string_view letters(const Spelling& spelling) const {
        return std::string_view(m_letters).substr(spelling.first, spelling.size);
    }
    void add_spelling(const std::string& joined, NameId name);

    std::string m_letters;
    std::vector<Spelling> m_spellings;
    std::vector<Deletion> m_deletions; // sorted by hash
    std::vector<std::uint32_t>
        m_buckets; // by the first bits of the hash: where its deletions start
};

} // namespace hotspots::data
