// Every phrase that the gazetteer knows, by its canonical words: one look-up says whether it is a
// street, a street without its type, an area or a place elsewhere, and whether a longer one
// follows.
#pragma once

#include "data/geocode/area_names.hpp"
#include "data/geocode/name_index.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace hotspots::data {

struct Phrase {
    std::optional<NameId> name;              // "granby st"
    std::vector<NameId> without_type;        // "granby": Granby Street, Granby Road
    const AreaNames::Senses* area = nullptr; // "nw leics"
    bool outside = false;                    // "birmingham"
    bool begins = false;                     // a longer phrase begins with this
    bool word_of_name = false;               // a single word that is part of some name
    std::uint32_t ends_names = 0;            // how many longer names end with this word
};

class PhraseTable {
public:
    PhraseTable() = default;
    // Keeps pointers into `areas`, which must outlive it at the same address.
    PhraseTable(const NameIndex& names, const AreaNames& areas);

    // Null if the gazetteer has no such phrase and none that begins with it.
    const Phrase* find(std::string_view key) const {
        const auto found = m_phrases.find(key);
        return found != m_phrases.end() ? &found->second : nullptr;
    }

    std::size_t memory_bytes() const;

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view key) const {
            return std::hash<std::string_view>{}(key);
        }
    };

    Phrase& add(std::string_view key);

    std::unordered_map<std::string, Phrase, Hash, std::equal_to<>> m_phrases;
};

} // namespace hotspots::data
