#include "data/geocode/reading.hpp"

#include "data/geocode/abbreviations.hpp"

#include <algorithm>
#include <limits>
#include <string>

namespace hotspots::data {
namespace {

// Costs of a cover: fewest unread words first, then fewest leftover names, then fewest pieces.
constexpr double area_cost = 0.02;
constexpr double outside_cost = 0.03;
constexpr double known_cost = 0.1;
constexpr double name_cost = 0.5;
constexpr double unread_cost = 1;

constexpr std::size_t longest_guess = 6; // words

bool blocks_names(Role role) {
    return role == Role::postcode || role == Role::coordinates;
}

bool is_known(Role role) {
    return role != Role::open;
}

// "j21" is "junction 21"; other words have one spelling.
void append_word(std::string& key, const std::string& word) {
    key += key.empty() ? "" : " ";
    const bool motorway_junction =
        word.size() >= 2 && word.size() <= 4 && word[0] == 'j' && word[1] >= '0' && word[1] <= '9';
    if (motorway_junction) {
        key += "junction ";
        key.append(word, 1);
    } else {
        key += canonical_word(word);
    }
}

} // namespace

Reader::Reader(const Gazetteer::Index& index, const LocationText& text)
    : m_index(index), m_text(text), m_elements(text.tokens.size()) {
    for (std::size_t i = 0; i < text.tokens.size(); ++i) {
        add_word(i);
        if (!blocks_names(text.roles[i])) {
            find_phrases(i);
        }
    }
    m_unread.assign(text.tokens.size(), false);
    for (const Element& element : cover(0, text.tokens.size())) {
        m_unread[element.first] = element.kind == Element::Kind::unread;
    }
    std::erase_if(m_exact, [&](const NameHit& hit) {
        return std::any_of(m_exact.begin(), m_exact.end(), [&](const NameHit& other) {
            return other.first <= hit.first && other.last >= hit.last &&
                   other.last - other.first > hit.last - hit.first;
        });
    });
}

void Reader::add_word(std::size_t at) {
    const bool known = is_known(m_text.roles[at]);
    m_elements[at].push_back({at, at + 1, known ? known_cost : unread_cost,
                              known ? Element::Kind::known : Element::Kind::unread, nullptr});
}

// Areas are looked up without "and" and "with", names with them: one key until they differ.
void Reader::find_phrases(std::size_t first) {
    std::string name;
    std::string area;
    bool differ = false;
    bool name_goes_on = true;
    bool area_goes_on = true;
    for (std::size_t i = first; i < m_text.tokens.size() && (name_goes_on || area_goes_on); ++i) {
        if (blocks_names(m_text.roles[i])) {
            return;
        }
        const std::string& word = m_text.tokens[i].word;
        const bool joins = word == "and" || word == "with";
        if (joins && !differ) {
            differ = true;
            area = name;
            area_goes_on = area_goes_on && i > first;
        }
        append_word(name, word);
        if (differ && !joins) {
            append_word(area, word);
        }
        const Phrase* phrase = name_goes_on ? m_index.phrases.find(name) : nullptr;
        name_goes_on = phrase && phrase->begins;
        if (phrase) {
            add_phrase(first, i + 1, *phrase);
        }
        if (!differ) {
            area_goes_on = name_goes_on;
        } else if (area_goes_on && !joins) {
            const Phrase* other = area.empty() ? nullptr : m_index.phrases.find(area);
            area_goes_on = other && other->begins;
            if (other && other->area) {
                add_phrase(first, i + 1, *other);
            }
        }
    }
}

void Reader::add_phrase(std::size_t first, std::size_t last, const Phrase& phrase) {
    if (phrase.area) {
        m_elements[first].push_back({first, last, area_cost, Element::Kind::area, &phrase});
        return;
    }
    const bool street_follows = last < m_text.tokens.size() &&
                                m_text.tokens[last].gap == Gap::space &&
                                is_street_type(canonical_word(m_text.tokens[last].word));
    if (phrase.outside && !street_follows) {
        m_elements[first].push_back({first, last, outside_cost, Element::Kind::outside, &phrase});
    }
    if (phrase.name) {
        m_exact.push_back({first, last, {*phrase.name}, NameHit::Kind::exact, 0});
        if (last - first > 1) {
            m_elements[first].push_back({first, last, name_cost, Element::Kind::name, &phrase});
        }
    } else if (!phrase.without_type.empty() && !phrase.outside && !street_follows) {
        m_without_type.push_back(
            {first, last, phrase.without_type, NameHit::Kind::without_type, 0});
    }
}

std::vector<Reader::Element> Reader::cover(std::size_t first, std::size_t last) const {
    struct Best {
        double cost = std::numeric_limits<double>::infinity();
        Element element;
    };
    std::vector<Best> best(last - first + 1);
    best[0].cost = 0;
    for (std::size_t i = first; i < last; ++i) {
        for (const Element& element : m_elements[i]) {
            if (element.last > last) {
                continue;
            }
            Best& end = best[element.last - first];
            if (const double cost = best[i - first].cost + element.cost; cost < end.cost) {
                end = {cost, element};
            }
        }
    }
    std::vector<Element> elements;
    for (std::size_t at = last; at > first; at = elements.back().first) {
        elements.push_back(best[at - first].element);
    }
    std::reverse(elements.begin(), elements.end());
    return elements;
}

void Reader::add_to(Reading& reading, std::span<const Element> elements, bool after_name) const {
    bool area_seen = false;
    bool aside = false; // "…, Leicester, near the big tree": past the area, only a remark
    for (const Element& element : elements) {
        switch (element.kind) {
        case Element::Kind::area:
            reading.areas.push_back({element.first, element.last, element.phrase->area});
            area_seen = true;
            break;
        case Element::Kind::outside:
            reading.outside = true;
            break;
        case Element::Kind::name:
            ++reading.other_names;
            break;
        case Element::Kind::known:
            aside = aside || (area_seen && m_text.roles[element.first] == Role::relation);
            break;
        case Element::Kind::unread:
            ++(after_name && !aside ? reading.unread_after : reading.unread_before);
            break;
        }
    }
}

Reading Reader::read(std::vector<NameHit> names) const {
    Reading reading;
    std::size_t at = 0;
    for (const NameHit& hit : names) {
        add_to(reading, cover(at, hit.first), at > 0);
        at = hit.last;
    }
    add_to(reading, cover(at, m_text.tokens.size()), !names.empty());
    for (const NameHit& hit : names) {
        reading.introduced = reading.introduced && (hit.first == 0 || !is_unread(hit.first - 1));
        if (hit.first > 0 && m_text.tokens[hit.first].gap == Gap::space &&
            is_unread(hit.first - 1)) {
            const Phrase* before =
                m_index.phrases.find(canonical_word(m_text.tokens[hit.first - 1].word));
            reading.longer_name = reading.longer_name || (before && before->word_of_name);
        }
    }
    reading.names = std::move(names);
    return reading;
}

bool Reader::is_unread(std::size_t at) const {
    return m_unread[at];
}

bool Reader::meet(const NameHit& a, const NameHit& b) const {
    bool mark = m_text.tokens[b.first].gap == Gap::slash;
    for (std::size_t i = a.last; i < b.first; ++i) {
        mark = mark || m_text.tokens[i].gap == Gap::slash || m_text.roles[i] == Role::junction;
        if (is_unread(i)) {
            return false;
        }
    }
    return mark || m_text.junction || m_text.between;
}

std::vector<NameHit> Reader::exact_names() const {
    return m_exact;
}

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
            if (blocks_names(role) || role == Role::between || cut) {
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

void Reader::guess_at(std::size_t first, std::size_t last, std::vector<NameHit>& hits) const {
    std::string joined;
    for (std::size_t i = first; i < last; ++i) {
        joined += m_text.tokens[i].word;
    }
    const int most = joined.size() < 5 ? 0 : joined.size() < 10 ? 1 : 2;
    if (joined.size() < 4) {
        return;
    }
    const std::string_view type = canonical_word(m_text.tokens[last - 1].word);
    std::vector<NameHit> by_edits;
    for (const auto& match : m_index.fuzzy.find(joined, most)) {
        const NameGroup& group = m_index.names.group(match.name);
        // A type that is spelt right is meant: Elm Road is no misspelt Elm Close, nor the Elms.
        const bool other_type = last - first > 1 && match.edits > 0 && is_street_type(type) &&
                                !group.key.ends_with(' ' + std::string(type));
        if (other_type) {
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
