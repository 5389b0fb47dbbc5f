// Reads a mapping file's JSON. Every fault names the member, so that the file can be mended by
// hand.
#include "data/ascii.hpp"
#include "data/errors.hpp"
#include "data/ingest/column_names.hpp"
#include "data/ingest/mapping.hpp"
#include "data/ingest/mapping_checks.hpp"
#include "data/ingest/strict_json.hpp"
#include "data/ingest/utf8.hpp"
#include "data/ingest/vrn_format.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace hotspots::data {

namespace {

using Json = nlohmann::json;

constexpr std::array<std::string_view, 12> mapping_members{
    "description", "name",  "source", "columns",   "known_by", "optional",
    "values",      "times", "empty",  "constants", "extra",    "drop",
};
constexpr std::size_t longest_name = 40;

class MappingReader {
public:
    MappingReader(const Json& root, const std::string& file) : m_root(root), m_file(file) {}
    Mapping read();

private:
    [[noreturn]] void fail(const std::string& where, const std::string& what) const {
        throw InputError(m_file + ": " + where + ": " + what);
    }
    [[noreturn]] void fail(const std::string& where, const Json& found,
                           const std::string& expected) const {
        fail(where,
             "found " + std::string(utf8_prefix(found.dump(), 200)) + "; expected " + expected);
    }
    std::string text(const Json& value, const std::string& where) const;
    std::vector<std::string> texts(const std::string& member) const;
    std::string vrn_column(const std::string& name, const std::string& where) const;
    template <class Take>
    void each_member(const std::string& member, Take take) const;

    ColumnJoin join(const Json& value, std::string_view column, const std::string& where) const;
    ColumnChoice choice(const Json& value, std::string_view column, const std::string& where) const;
    WordMap word_map(const Json& value, const std::string& column, const std::string& where) const;
    std::string our_word(const Json& value, const std::string& column,
                         const std::string& where) const;
    void read_identity();
    void read_columns();
    void read_values();
    void read_lists();

    const Json& m_root;
    const std::string& m_file;
    Mapping m_mapping;
};

// Not empty, without outer spaces.
std::string MappingReader::text(const Json& value, const std::string& where) const {
    if (!value.is_string() || trim(value.get_ref<const std::string&>()).empty()) {
        fail(where, value, "a text");
    }
    return std::string(trim(value.get_ref<const std::string&>()));
}

// A member that is a text or a list of texts; absent, it is none.
std::vector<std::string> MappingReader::texts(const std::string& member) const {
    std::vector<std::string> found;
    if (!m_root.contains(member)) {
        return found;
    }
    const Json& value = m_root[member];
    if (!value.is_array()) {
        return {text(value, member)};
    }
    for (std::size_t i = 0; i < value.size(); ++i) {
        found.push_back(text(value[i], member + "[" + std::to_string(i) + "]"));
    }
    return found;
}

std::string MappingReader::vrn_column(const std::string& name, const std::string& where) const {
    const auto& columns = VrnFormat::columns;
    if (std::find(columns.begin(), columns.end(), name) == columns.end()) {
        fail(where, "'" + name + "' is no column of format vrn; those are " + join_names(columns));
    }
    return name;
}

template <class Take>
void MappingReader::each_member(const std::string& member, Take take) const {
    if (!m_root.contains(member)) {
        return;
    }
    if (!m_root[member].is_object()) {
        fail(member, m_root[member], "an object with columns of format vrn as members");
    }
    for (const auto& [name, value] : m_root[member].items()) {
        take(vrn_column(name, member), value, member + "." + name);
    }
}

ColumnJoin MappingReader::join(const Json& value, std::string_view column,
                               const std::string& where) const {
    if (value.is_string()) {
        return {{{text(value, where)}}, ""};
    }
    const std::string expected = "a column's name, or {\"join\": [names], \"with\": text}";
    const bool is_join = value.is_object() && value.contains("join") && value["join"].is_array() &&
                         value.size() == (value.contains("with") ? 2U : 1U);
    if (!is_join) {
        fail(where, value, expected);
    }
    if (value["join"].size() < 2 || is_number_column(column)) {
        fail(where, value,
             is_number_column(column) ? "one column: numbers cannot be joined"
                                      : "two columns or more to join");
    }
    ColumnJoin found{{}, std::string(default_separator(column))};
    if (value.contains("with")) {
        if (!value["with"].is_string() || value["with"].get_ref<const std::string&>().empty()) {
            fail(where + ".with", value["with"], "a text to stand between the columns");
        }
        found.separator = value["with"].get<std::string>();
    }
    for (std::size_t i = 0; i < value["join"].size(); ++i) {
        const Json& part = value["join"][i];
        const auto at = where + ".join[" + std::to_string(i) + "]";
        std::vector<std::string> names;
        if (part.is_array() && !part.empty()) {
            for (const Json& name : part) {
                names.push_back(text(name, at));
            }
        } else {
            names.push_back(text(part, at));
        }
        found.parts.push_back(std::move(names));
    }
    return found;
}

ColumnChoice MappingReader::choice(const Json& value, std::string_view column,
                                   const std::string& where) const {
    if (!value.is_array()) {
        return {join(value, column, where)};
    }
    if (value.empty()) {
        fail(where, value, "at least one column");
    }
    ColumnChoice found;
    for (std::size_t i = 0; i < value.size(); ++i) {
        found.push_back(join(value[i], column, where + "[" + std::to_string(i) + "]"));
    }
    return found;
}

std::string MappingReader::our_word(const Json& value, const std::string& column,
                                    const std::string& where) const {
    if (!value.is_string()) {
        fail(where, value, "a text");
    }
    auto word = value.get<std::string>();
    const auto known = vrn_words(column);
    if (!known.empty() && std::find(known.begin(), known.end(), word) == known.end()) {
        fail(where, value, "a word of " + column + ": " + join_names(known));
    }
    return word;
}

WordMap MappingReader::word_map(const Json& value, const std::string& column,
                                const std::string& where) const {
    if (!value.is_object()) {
        fail(where, value, "an object: the export's words and what they are in ours");
    }
    WordMap found;
    for (const auto& [theirs, ours] : value.items()) {
        const auto at = where + "." + theirs;
        if (theirs == "otherwise") {
            found.otherwise = our_word(ours, column, at);
        } else if (trim(theirs).empty()) {
            fail(at, "an empty field is 'not given' and has no word");
        } else if (!found.words.emplace(lower_case(trim(theirs)), our_word(ours, column, at))
                        .second) {
            fail(at, "the same word twice; upper and lower case are one");
        }
    }
    return found;
}

void MappingReader::read_identity() {
    for (const auto& [member, value] : m_root.items()) {
        if (std::find(mapping_members.begin(), mapping_members.end(), member) ==
            mapping_members.end()) {
            fail(member, "is no member of a mapping; those are " + join_names(mapping_members));
        }
    }
    if (!m_root.contains("name")) {
        fail("name", "is missing; expected a short name for this kind of file");
    }
    m_mapping.name = text(m_root["name"], "name");
    const bool is_plain = std::all_of(m_mapping.name.begin(), m_mapping.name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
    // Scope profiles and the map treat records of that format as moved to anonymous points.
    if (!is_plain || m_mapping.name.size() > longest_name || m_mapping.name == "police-uk") {
        fail("name", m_root["name"], "at most 40 of a-z, 0-9 and -, other than police-uk");
    }
    if (m_root.contains("source")) {
        m_mapping.source = from_text<Source>(text(m_root["source"], "source"));
        if (!m_mapping.source) {
            fail("source", m_root["source"], "one of " + join_names(words<Source>()));
        }
    }
    if (m_root.contains("description")) {
        text(m_root["description"], "description");
    }
}

void MappingReader::read_columns() {
    if (!m_root.contains("columns")) {
        fail("columns", "is missing; expected at least occurred_from and its column");
    }
    each_member("columns", [&](const auto& column, const Json& value, const auto& where) {
        m_mapping.columns.emplace(column, choice(value, column, where));
    });
    if (m_root.contains(known_by_name)) {
        const std::string where(known_by_name);
        m_mapping.known_by = choice(m_root[where], where, where);
    }
    each_member("constants", [&](const auto& column, const Json& value, const auto& where) {
        if (!may_be_constant(column)) {
            fail(where, column == "source" ? "expected as the member 'source' of the mapping"
                                           : "cannot be the same for every row");
        }
        m_mapping.constants.emplace(column, our_word(value, column, where));
    });
}

void MappingReader::read_values() {
    each_member("values", [&](const auto& column, const Json& value, const auto& where) {
        if (!may_have_words(column)) {
            fail(where, "has no words to rename; expected one of source, place_type, domestic, "
                        "weapon, offence_code, offence, injury");
        }
        m_mapping.values.emplace(column, word_map(value, column, where));
    });
    const auto orders = texts("times");
    for (const auto& order : orders) {
        try {
            m_mapping.times.emplace_back(order);
        } catch (const InputError& error) {
            fail("times", error.what());
        }
    }
}

void MappingReader::read_lists() {
    for (const auto& name : texts("optional")) {
        m_mapping.optional.insert(name);
    }
    for (const auto& word : texts("empty")) {
        m_mapping.empty.insert(lower_case(word));
    }
    m_mapping.extra = texts("extra");
    m_mapping.drop = texts("drop");
}

Mapping MappingReader::read() {
    if (!m_root.is_object()) {
        throw InputError(m_file + ": not a mapping; expected a JSON object with name and columns");
    }
    read_identity();
    read_columns();
    read_values();
    read_lists();
    if (const auto fault = fault_of(m_mapping)) {
        throw InputError(m_file + ": " + *fault);
    }
    return std::move(m_mapping);
}

} // namespace

Mapping parse_mapping(std::string_view json, const std::string& name) {
    return MappingReader(parse_strict_json(json, name), name).read();
}

} // namespace hotspots::data
