// The half of the reader that guesses: names without their type, respaced and misspelt.
#include "data/geocode/abbreviations.hpp"
#include "data/geocode/edit_distance.hpp"
#include "data/geocode/reading.hpp"

#include <algorithm>
#include <string>

namespace hotspots::data {
namespace {

constexpr std::size_t longest_guess = 6;     // words
constexpr std::size_t two_errors_stem = 10;  // letters
constexpr std::uint32_t names_of_a_type = 8; // a last word of as many names is a kind of street
constexpr int most_corrected = 4;            // parts between commas: bounds the time

} // namespace

std::vector<NameHit> Reader::guessed_names() const {
    // A stem that is read otherwise, "Blaby" for Blaby Road, is no shortened name.
    std::vector<NameHit> hits;
    std::copy_if(m_without_type.begin(), m_without_type.end(), std::back_inserter(hits),
                 [&](const NameHit& hit) {
                     bool unread = false;
                     for (std::size_t i = hit.first; i < hit.last; ++i) {
                         unread = unread || is_unread(i);
                     }
                     return unread;
                 });
    for (std::size_t first = 0; first < m_text.tokens.size(); ++first) {
        bool unread = false;
        const std::size_t end = std::min(first + longest_guess, m_text.tokens.size());
        for (std::size_t last = first; last < end; ++last) {
            const Role role = m_text.roles[last];
            const Gap gap = m_text.tokens[last].gap;
            const bool cut = last > first && (gap == Gap::stop || gap == Gap::slash);
            if (is_code(role) || role == Role::between || cut) {
                break;
            }
            unread = unread || is_unread(last);
            if (unread) {
                guess_at(first, last + 1, hits);
            }
        }
    }
    return hits;
}

bool Reader::is_type(std::string_view word) const {
    const Phrase* phrase = m_index.phrases.find(word);
    return is_street_type(word) || (phrase && phrase->ends_names >= names_of_a_type);
}

bool Reader::correct_areas() {
    bool any = false;
    int tried = 0;
    for (std::size_t first = 0; first < m_text.tokens.size() && tried < most_corrected;) {
        std::size_t last = first + 1;
        while (last < m_text.tokens.size() && m_text.tokens[last].gap != Gap::stop) {
            ++last;
        }
        const auto at = m_unread.begin() + static_cast<std::ptrdiff_t>(first);
        const auto end = m_unread.begin() + static_cast<std::ptrdiff_t>(last);
        if (first > 0 && std::find(at, end, true) != end) {
            ++tried;
            any = correct_area(first, last) || any;
        }
        first = last;
    }
    if (any) {
        mark_unread();
    }
    return any;
}

bool Reader::correct_area(std::size_t first, std::size_t last) {
    constexpr std::size_t least = 5; // letters; and most that edit_distance takes
    constexpr std::size_t longest = 60;
    const std::string key = area_key(std::span(m_text.tokens).subspan(first, last - first));
    if (key.size() < least || key.size() > longest) {
        return false;
    }
    int most = key.size() < 10 ? 1 : 2;
    const std::string* nearest = nullptr;
    bool several = false;
    for (const auto& [alias, senses] : m_index.areas.aliases()) {
        const auto edits = alias.size() > longest || alias.size() < least
                               ? std::nullopt
                               : edit_distance(key, alias, most);
        if (edits) {
            several = nearest && *edits == most;
            nearest = several ? nearest : &alias;
            most = *edits;
        }
    }
    const Phrase* phrase = nearest && !several ? m_index.phrases.find(*nearest) : nullptr;
    if (!phrase || !phrase->area) {
        return false;
    }
    m_elements[first].push_back({first, last, 0, Element::Kind::area, phrase, true});
    return true;
}

void Reader::guess_at(std::size_t first, std::size_t last, std::vector<NameHit>& hits) const {
    std::string joined;
    for (std::size_t i = first; i < last; ++i) {
        joined += m_text.tokens[i].word;
    }
    const std::string& last_word = m_text.tokens[last - 1].word;
    const std::string_view type = canonical_word(last_word);
    const bool typed = is_type(type);
    if (joined.size() < 4 || (typed && last - first == 1)) {
        return;
    }
    // Drake Court is no misspelt Blake Court: two errors only in a long stem.
    const std::size_t stem = joined.size() - (typed ? last_word.size() : 0);
    const int most = joined.size() < 5 ? 0 : stem < two_errors_stem ? 1 : 2;
    std::vector<NameHit> by_edits;
    for (const auto& match : m_index.fuzzy.find(joined, most)) {
        const NameGroup& group = m_index.names.group(match.name);
        // A type that is spelt right is meant: Elm Road is no misspelt Elm Close, nor the Elms.
        const bool other_type = last - first > 1 && match.edits > 0 && typed &&
                                !group.key.ends_with(' ' + std::string(type));
        // "St Forest Rise" has a word more: it is another name, no misspelling.
        const bool word_more =
            match.edits > 0 && std::any_of(m_exact.begin(), m_exact.end(), [&](const NameHit& e) {
                const bool ends = first < e.first && e.last == last && e.last - e.first > 1;
                return first <= e.first && e.last <= last &&
                       (e.names.front() == match.name || (ends && match.edits > 1));
            });
        if (other_type || word_more) {
            continue;
        }
        auto hit = std::find_if(by_edits.begin(), by_edits.end(),
                                [&](const NameHit& h) { return h.edits == match.edits; });
        if (hit == by_edits.end()) {
            const auto kind = match.edits == 0 ? NameHit::Kind::respaced : NameHit::Kind::misspelt;
            by_edits.push_back({first, last, {}, kind, match.edits});
            hit = by_edits.end() - 1;
        }
        hit->names.push_back(match.name);
    }
    hits.insert(hits.end(), by_edits.begin(), by_edits.end());
}

} // namespace hotspots::data
