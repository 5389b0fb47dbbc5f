// Parts + gazetteer -> readings: which words are which name, and what the others are. Words are
// read by what the gazetteer knows; those that stay unread are counted, for they lower confidence.
#pragma once

#include "data/geocode/index.hpp"
#include "data/geocode/location_text.hpp"

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace hotspots::data {

// Words [first, last) of the text as a name of the gazetteer.
struct NameHit {
    enum class Kind { exact, respaced, without_type, misspelt };
    std::size_t first = 0;
    std::size_t last = 0;
    std::vector<NameId> names; // several where the type is missing or misspellings are equally near
    Kind kind = Kind::exact;
    int edits = 0;

    // Found by changing the text: misspelt, or without the type of street that the name has.
    bool is_guess() const { return kind == Kind::misspelt || kind == Kind::without_type; }
};

struct AreaHit {
    std::size_t first = 0;
    std::size_t last = 0;
    const AreaNames::Senses* senses = nullptr;
    bool misspelt = false;
};

struct Reading {
    std::vector<NameHit> names; // in the order of the text; none, one, or those of a junction
    std::vector<AreaHit> areas;
    bool outside = false;  // a place elsewhere is named
    int unread_before = 0; // unknown words before a name, or after an area and "near"
    int unread_after = 0;  // unknown words after a name: probably its type, or a place
    bool refusal = false;  // a word that refuses, outside the names
    std::vector<NameId> other_names = {}; // further streets that are named
    bool introduced = true;   // each name starts the text or follows a word that is known
    bool longer_name = false; // the word before is one that names begin with: "Old Church Lane"
};

class Reader {
public:
    // Both must outlive the reader.
    Reader(const Gazetteer::Index& index, const LocationText& text);

    // Names as they are written, none within another.
    std::vector<NameHit> exact_names() const;

    // Names without their type, and names within two edits, for words that are otherwise unread.
    std::vector<NameHit> guessed_names() const;

    // Reads unknown words between commas as an area spelt nearly so. True if there were any.
    bool correct_areas();

    // What the rest of the text is, given these names. Precondition: in order, not overlapping.
    Reading read(std::vector<NameHit> names) const;

    // True if two names are those of a junction, or of the ends of a stretch.
    bool meet(const NameHit& a, const NameHit& b) const;

private:
    struct Element {
        enum class Kind { area, outside, name, known, unread };
        std::size_t first = 0;
        std::size_t last = 0;
        double cost = 0;
        Kind kind = Kind::unread;
        const Phrase* phrase = nullptr;
        bool misspelt = false;
    };

    void mark_unread();
    void find_motorway_junction();
    bool is_type(std::string_view word) const;
    bool correct_area(std::size_t first, std::size_t last);
    void find_phrases(std::size_t first);
    void add_phrase(std::size_t first, std::size_t last, const Phrase& phrase);
    void add_word(std::size_t at);
    std::vector<Element> cover(std::size_t first, std::size_t last) const;
    void add_to(Reading& reading, std::span<const Element> elements, bool after_name) const;
    bool is_remark(std::span<const Element> elements, const Element& word) const;
    bool is_unread(std::size_t at) const;
    bool is_estate_after(std::size_t at) const;
    bool is_word_of_name(std::size_t at) const;
    bool goes_on(const AreaHit& area) const;
    void guess_at(std::size_t first, std::size_t last, std::vector<NameHit>& hits) const;

    const Gazetteer::Index& m_index;
    const LocationText& m_text;
    std::vector<std::vector<Element>> m_elements; // by first word
    std::vector<bool>
        m_unread; // words that are neither known nor part of an area or several words' name
    std::vector<NameHit> m_exact;
    std::vector<NameHit> m_without_type;
};

} // namespace hotspots::data
