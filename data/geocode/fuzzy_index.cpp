#include "data/geocode/fuzzy_index.hpp"

#include "data/geocode/abbreviations.hpp"
#include "data/geocode/edit_distance.hpp"

#include <algorithm>
#include <array>

namespace hotspots::data {
namespace {

constexpr std::size_t prefix_length = 7;
constexpr std::size_t longest_name = 40;
constexpr unsigned bucket_bits = 16;

std::uint32_t hash_of(std::string_view text) {
    std::uint32_t hash = 2166136261u; // FNV-1a
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    }
    return hash ^ (hash >> 15);
}

// Calls `take` with the hash of the prefix and of what is left of it after one and two deletions.
template <class Take>
void each_deletion(std::string_view text, int most, Take take) {
    const std::string_view prefix = text.substr(0, prefix_length);
    take(hash_of(prefix));
    std::array<char, prefix_length> buffer{};
    const auto without = [&](std::size_t a, std::size_t b) {
        std::size_t size = 0;
        for (std::size_t i = 0; i < prefix.size(); ++i) {
            if (i != a && i != b) {
                buffer[size++] = prefix[i];
            }
        }
        return std::string_view(buffer.data(), size);
    };
    for (std::size_t a = 0; most >= 1 && a < prefix.size(); ++a) {
        take(hash_of(without(a, a)));
        for (std::size_t b = a + 1; most >= 2 && b < prefix.size(); ++b) {
            take(hash_of(without(a, b)));
        }
    }
}

// The usual spellings of a name without spaces: its last word long and short, "saint" for "st".
std::vector<std::string> spellings_of(const std::string& name) {
    const auto tokens = tokens_of(name);
    std::string stem;
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        stem += tokens[i].word;
    }
    if (tokens.empty()) {
        return {};
    }
    const std::string& last = tokens.back().word;
    std::vector<std::string> result;
    if (tokens.size() > 1) {
        for (const auto spelling : spellings(canonical_word(last))) {
            result.push_back(stem + std::string(spelling));
        }
    }
    if (std::find(result.begin(), result.end(), stem + last) == result.end()) {
        result.push_back(stem + last);
    }
    return result;
}

} // namespace

FuzzyIndex::FuzzyIndex(const NameIndex& names) {
    for (NameId id = 0; id < names.size(); ++id) {
        for (const auto& joined : spellings_of(names.group(id).name)) {
            add_spelling(joined, id);
        }
    }
    for (std::uint32_t i = 0; i < m_spellings.size(); ++i) {
        each_deletion(letters(m_spellings[i]), 2, [&](std::uint32_t hash) {
            m_deletions.push_back({hash, i});
        });
    }
    std::sort(m_deletions.begin(), m_deletions.end(), [](const Deletion& a, const Deletion& b) {
        return std::pair(a.hash, a.spelling) < std::pair(b.hash, b.spelling);
    });
    m_buckets.resize((std::size_t{1} << bucket_bits) + 1);
    std::uint32_t at = 0;
    for (std::uint32_t bucket = 0; bucket < m_buckets.size(); ++bucket) {
        while (at < m_deletions.size() && (m_deletions[at].hash >> (32 - bucket_bits)) < bucket) {
            ++at;
        }
        m_buckets[bucket] = at;
    }
}

void FuzzyIndex::add_spelling(const std::string& joined, NameId name) {
    if (joined.size() <= longest_name) {
        m_spellings.push_back({static_cast<std::uint32_t>(m_letters.size()),
                               static_cast<std::uint16_t>(joined.size()), name});
        m_letters += joined;
    }
}

std::vector<FuzzyMatch> FuzzyIndex::find(std::string_view joined, int most) const {
    std::vector<FuzzyMatch> found;
    if (joined.size() > longest_name || m_buckets.empty()) {
        return found;
    }
    std::vector<std::uint32_t> candidates;
    each_deletion(joined, most, [&](std::uint32_t hash) {
        const std::uint32_t bucket = hash >> (32 - bucket_bits);
        for (std::uint32_t i = m_buckets[bucket]; i < m_buckets[bucket + 1]; ++i) {
            if (m_deletions[i].hash == hash) {
                candidates.push_back(m_deletions[i].spelling);
            }
        }
    });
    std::sort(candidates.begin(), candidates.end());
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
    for (const std::uint32_t candidate : candidates) {
        const Spelling& spelling = m_spellings[candidate];
        const auto edits = edit_distance(joined, letters(spelling), most);
        if (!edits) {
            continue;
        }
        // Spellings of one name follow one another.
        if (!found.empty() && found.back().name == spelling.name) {
            found.back().edits = std::min(found.back().edits, *edits);
        } else {
            found.push_back({spelling.name, *edits});
        }
    }
    return found;
}

std::size_t FuzzyIndex::memory_bytes() const {
    return m_letters.capacity() + m_spellings.capacity() * sizeof(Spelling) +
           m_deletions.capacity() * sizeof(Deletion) + m_buckets.capacity() * sizeof(std::uint32_t);
}

} // namespace hotspots::data
