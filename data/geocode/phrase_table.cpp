#include "data/geocode/phrase_table.hpp"

#include "data/geocode/abbreviations.hpp"
#include "data/geocode/outside_places.hpp"
#include "data/geocode/words.hpp"

namespace hotspots::data {
namespace {

// "granby st" -> "granby"; empty where nothing telling is left ("the cl", "park").
std::string_view without_type(const NameGroup& group) {
    if (!group.typed) {
        return {};
    }
    const std::string_view stem = std::string_view(group.key).substr(0, group.key.rfind(' '));
    const bool single = stem.find(' ') == std::string_view::npos;
    // "Victoria Park" is the park, not Victoria Park Road.
    if (!single && class_of(stem.substr(stem.rfind(' ') + 1)) == WordClass::feature) {
        return {};
    }
    const bool plain = class_of(stem) != WordClass::open || !spellings(stem).empty();
    constexpr std::size_t telling = 6; // letters: "Granby", not "Mill"
    return single && (plain || stem.size() < telling) ? std::string_view() : stem;
}

// What else people call it: a railway station without "railway", an inn without "inn", a name
// without its article. Only where two telling words are left, or the station's kind.
std::vector<std::string> other_forms(std::string_view key) {
    std::vector<std::string> forms;
    constexpr std::string_view station = " railway station";
    constexpr std::string_view inn = " inn";
    constexpr std::string_view article = "the ";
    if (key.ends_with(station)) {
        const std::string place(key.substr(0, key.size() - station.size()));
        for (const char* kind : {" station", " train station", " rail station"}) {
            forms.push_back(place + kind);
        }
        for (const char* kind : {"railway station ", "train station ", "rail station "}) {
            forms.push_back(kind + place);
        }
    }
    const std::string_view bare = key.starts_with(article) ? key.substr(article.size()) : key;
    const std::string_view stem =
        bare.ends_with(inn) ? bare.substr(0, bare.size() - inn.size()) : bare;
    for (const std::string_view form : {bare, stem}) {
        if (form != key && form.find(' ') != std::string_view::npos) {
            forms.emplace_back(form);
        }
    }
    return forms;
}

} // namespace

Phrase& PhraseTable::add(std::string_view key) {
    for (std::size_t end = key.find(' '); end != std::string_view::npos;
         end = key.find(' ', end + 1)) {
        m_phrases[std::string(key.substr(0, end))].begins = true;
    }
    return m_phrases[std::string(key)];
}

PhraseTable::PhraseTable(const NameIndex& names, const AreaNames& areas) {
    for (NameId id = 0; id < names.size(); ++id) {
        const NameGroup& group = names.group(id);
        add(group.key).name = id;
        if (const auto stem = without_type(group); !stem.empty()) {
            add(stem).without_type.push_back(id);
        }
        for (std::size_t at = 0; at <= group.key.size();) {
            const std::size_t end = std::min(group.key.find(' ', at), group.key.size());
            Phrase& word = m_phrases[group.key.substr(at, end - at)];
            word.word_of_name = true;
            word.ends_names += at > 0 && end == group.key.size() ? 1U : 0U;
            at = end + 1;
        }
    }
    for (NameId id = 0; id < names.size(); ++id) {
        for (const auto& other : other_forms(names.group(id).key)) {
            Phrase& phrase = add(other);
            phrase.name = phrase.name ? phrase.name : std::optional(id);
        }
    }
    for (const auto& [key, senses] : areas.aliases()) {
        add(key).area = &senses;
    }
    for (const auto place : outside_places()) {
        Phrase& phrase = add(area_key(tokens_of(place)));
        phrase.outside = !phrase.area;
    }
}

std::size_t PhraseTable::memory_bytes() const {
    std::size_t bytes = m_phrases.bucket_count() * sizeof(void*);
    for (const auto& [key, phrase] : m_phrases) {
        bytes += sizeof(std::pair<std::string, Phrase>) + 2 * sizeof(void*) +
                 (key.capacity() > 15 ? key.capacity() : 0) +
                 phrase.without_type.capacity() * sizeof(NameId);
    }
    return bytes;
}

} // namespace hotspots::data
