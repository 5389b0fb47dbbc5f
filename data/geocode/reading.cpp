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
        if (!is_code(text.roles[i])) {
            find_phrases(i);
        }
    }
    mark_unread();
    find_motorway_junction();
    std::erase_if(m_exact, [&](const NameHit& hit) {
        const auto within = [&](const auto& other) {
            return other.first <= hit.first && other.last >= hit.last &&
                   other.last - other.first > hit.last - hit.first;
        };
        return std::any_of(m_exact.begin(), m_exact.end(), within) ||
               std::any_of(m_elements.begin(), m_elements.end(), [&](const auto& elements) {
                   return std::any_of(elements.begin(), elements.end(), [&](const Element& e) {
                       return e.kind == Element::Kind::area && within(e);
                   });
               });
    });
}

void Reader::mark_unread() {
    m_unread.assign(m_text.tokens.size(), false);
    for (const Element& element : cover(0, m_text.tokens.size())) {
        m_unread[element.first] = element.kind == Element::Kind::unread;
    }
}

void Reader::add_word(std::size_t at) {
    // "London Road (A6)": the number says nothing against the name.
    const bool known = is_known(m_text.roles[at]) || is_road_number(m_text.tokens[at].word);
    m_elements[at].push_back({at, at + 1, known ? known_cost : unread_cost,
                              known ? Element::Kind::known : Element::Kind::unread, nullptr,
                              false});
}

// Areas are looked up without "and" and "with", names with them: one key until they differ.
void Reader::find_phrases(std::size_t first) {
    std::string name;
    std::string area;
    bool differ = false;
    bool name_goes_on = true;
    bool area_goes_on = true;
    for (std::size_t i = first; i < m_text.tokens.size() && (name_goes_on || area_goes_on); ++i) {
        if (is_code(m_text.roles[i])) {
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
        m_elements[first].push_back({first, last, area_cost, Element::Kind::area, &phrase, false});
        return;
    }
    const bool street_follows = last < m_text.tokens.size() &&
                                m_text.tokens[last].gap == Gap::space &&
                                is_street_type(canonical_word(m_text.tokens[last].word));
    if (phrase.outside && !street_follows) {
        m_elements[first].push_back(
            {first, last, outside_cost, Element::Kind::outside, &phrase, false});
    }
    if (phrase.name) {
        m_exact.push_back({first, last, {*phrase.name}, NameHit::Kind::exact, 0});
        if (last - first > 1) {
            m_elements[first].push_back(
                {first, last, name_cost, Element::Kind::name, &phrase, false});
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

// After a name: a word that is neither the rest of the name nor a place elsewhere. Two areas that
// are named leave no other place to be meant; a figure in it makes it a code: "beat C12".
bool Reader::is_remark(std::span<const Element> elements, const Element& word) const {
    const auto is_area = [&](const Element& e) {
        return e.kind == Element::Kind::area &&
               m_index.areas.area(e.phrase->area->front()).kind != AreaKind::county;
    };
    const auto areas = std::count_if(elements.begin(), elements.end(), is_area);
    int areas_before = 0;
    bool attached = true;
    for (const Element& element : elements) {
        attached = attached && m_text.tokens[element.first].gap < Gap::slash &&
                   m_text.roles[element.first] != Role::relation && !is_area(element);
        if (element.first == word.first) {
            break;
        }
        areas_before += is_area(element) ? 1 : 0;
    }
    const std::string& text = m_text.tokens[word.first].word;
    const bool code =
        std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    return !attached && (areas >= 2 || (areas_before > 0 && code));
}

void Reader::add_to(Reading& reading, std::span<const Element> elements, bool after_name) const {
    bool area_seen = false;
    bool aside = false; // "…, Leicester, near the big tree": past the area, only a remark
    for (const Element& element : elements) {
        switch (element.kind) {
        case Element::Kind::area:
            reading.areas.push_back(
                {element.first, element.last, element.phrase->area, element.misspelt});
            area_seen = true;
            break;
        case Element::Kind::outside:
            reading.outside = true;
            break;
        case Element::Kind::name:
            reading.other_names.push_back(*element.phrase->name);
            break;
        case Element::Kind::known:
            aside = aside || (area_seen && m_text.roles[element.first] == Role::relation);
            reading.refusal = reading.refusal || m_text.roles[element.first] == Role::refusal;
            break;
        case Element::Kind::unread:
            ++(after_name && !aside && !is_remark(elements, element) ? reading.unread_after
                                                                     : reading.unread_before);
            break;
        }
    }
}

Reading Reader::read(std::vector<NameHit> names) const {
    Reading reading;
    std::size_t at = 0;
    for (const NameHit& hit : names) {
        const auto before = cover(at, hit.first);
        add_to(reading, before, at > 0);
        const bool unread = !before.empty() && before.back().kind == Element::Kind::unread;
        reading.introduced = reading.introduced && !unread;
        reading.longer_name = reading.longer_name || is_estate_after(hit.last) ||
                              (unread && m_text.tokens[hit.first].gap == Gap::space &&
                               is_word_of_name(hit.first - 1));
        at = hit.last;
    }
    add_to(reading, cover(at, m_text.tokens.size()), !names.empty());
    if (!names.empty() && reading.areas.size() == 1 && goes_on(reading.areas.front())) {
        ++reading.unread_after;
    }
    reading.names = std::move(names);
    return reading;
}

bool Reader::is_word_of_name(std::size_t at) const {
    const Phrase* phrase = m_index.phrases.find(canonical_word(m_text.tokens[at].word));
    return phrase && phrase->word_of_name;
}

// "… Road Industrial Estate", "… Lane Country Park" are called after the street that leads there;
// a car park of the street is on it.
bool Reader::is_estate_after(std::size_t at) const {
    const std::size_t first = at;
    while (at < m_text.tokens.size() && m_text.tokens[at].gap == Gap::space &&
           m_text.roles[at] == Role::feature) {
        const std::string_view word = canonical_word(m_text.tokens[at].word);
        const bool of_cars = at > first && m_text.tokens[at - 1].word == "car";
        if (word == "estate" || (word == "park" && !of_cars)) {
            return true;
        }
        ++at;
    }
    return false;
}

// "Castle Vale: …" is no Castle: an unknown word is attached, and nothing else.
bool Reader::goes_on(const AreaHit& area) const {
    const auto ends = [&](std::size_t at) {
        return at >= m_text.tokens.size() || m_text.tokens[at].gap == Gap::stop;
    };
    return !ends(area.last) && is_unread(area.last) && ends(area.last + 1);
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

} // namespace hotspots::data
