#include "data/ingest/mapped_format.hpp"

#include "data/ascii.hpp"
#include "data/ingest/mapping_checks.hpp"

#include <algorithm>

namespace hotspots::data {

namespace {

constexpr std::size_t most_words_shown = 20; // of one column

CsvHeader header_of(const std::string& file, const std::vector<MappedColumn>& columns) {
    CsvRow row;
    for (const auto& column : columns) {
        row.fields.push_back(column.name);
    }
    return {file, row};
}

std::string listing(const WordMap& words) {
    std::string text;
    for (const auto& [theirs, ours] : words.words) {
        text += (text.empty() ? "" : ", ") + theirs;
    }
    return text;
}

std::string joined(const std::vector<std::string>& texts, std::string_view separator) {
    std::string all;
    for (const auto& text : texts) {
        all += all.empty() ? "" : separator;
        all += text;
    }
    return all;
}

} // namespace

MappedFormat::MappedFormat(const CsvHeader& header, std::shared_ptr<const Mapping> mapping,
                           Source source)
    : m_header(header), m_kept(std::move(mapping)), m_mapping(*m_kept),
      m_known_by(find_source(header, m_mapping, known_by_name, m_mapping.known_by)),
      m_columns(find_mapped_columns(header, m_mapping, m_known_by.has_value())),
      m_vrn_header(header_of(header.file(), m_columns)),
      m_vrn(m_vrn_header, m_mapping.source.value_or(source)),
      m_others(find_other_columns(header, m_mapping, m_columns, m_known_by)) {}

std::size_t MappedFormat::place_of(std::string_view name) const {
    const auto found = std::find_if(m_columns.begin(), m_columns.end(),
                                    [&](const auto& column) { return column.name == name; });
    return static_cast<std::size_t>(found - m_columns.begin());
}

std::string MappedFormat::names_of(const FoundJoin& from) const {
    std::vector<std::string> names;
    for (const auto column : from.columns) {
        names.push_back(m_header.name(column));
    }
    return joined(names, " + ");
}

// What is there, joined; empty if nothing is.
std::string MappedFormat::text_of(const CsvRow& row, const FoundJoin& from) const {
    std::vector<std::string> texts;
    for (const auto column : from.columns) {
        const auto text = trim(row.fields[column]);
        if (!text.empty() && !m_mapping.empty.contains(lower_case(text))) {
            texts.emplace_back(text);
        }
    }
    return joined(texts, from.separator);
}

// An identifier keeps the place of an empty part: A and nothing is not nothing and A.
std::string MappedFormat::parts_of(const CsvRow& row, const FoundJoin& from) const {
    std::string all;
    for (std::size_t i = 0; i < from.columns.size(); ++i) {
        all += i == 0 ? "" : from.separator;
        all += text_of(row, {{from.columns[i]}, ""});
    }
    return text_of(row, from).empty() ? std::string{} : all;
}

// Of all that the mapping names. What is empty does not count, so that a column that the mapping or
// the export gains leaves older rows who they were.
std::string MappedFormat::identify(const CsvRow& row, const Texts& texts) {
    ContentHash content;
    const auto add = [&](std::string_view name, std::string_view text) {
        if (!text.empty()) {
            content.add(name);
            content.add(text);
        }
    };
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        if (m_columns[i].from) {
            add(m_columns[i].name, texts[i]);
        }
    }
    if (m_known_by) {
        add(known_by_name, text_of(row, *m_known_by));
    }
    for (const auto column : m_others.listed) {
        add(name_key(m_header.name(column)), trim(row.fields[column]));
    }
    return m_identity.next(content);
}

ParsedRow MappedFormat::read(const CsvRow& row) {
    m_unmapped_in_row.clear();
    Texts texts(m_columns.size());
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const auto& column = m_columns[i];
        if (!column.from) {
            const auto constant = m_mapping.constants.find(column.name);
            texts[i] = constant == m_mapping.constants.end() ? "" : constant->second;
        } else {
            texts[i] = column.name == "incident_id" ? parts_of(row, *column.from)
                                                    : text_of(row, *column.from);
        }
    }
    const auto id = place_of("incident_id");
    if (!m_columns[id].from) {
        texts[id] = identify(row, texts);
    }
    if (auto fault = translate(row, texts)) {
        return *std::move(fault);
    }
    CsvRow vrn_row;
    vrn_row.line = row.line;
    vrn_row.fields.assign(texts.begin(), texts.end());
    auto parsed = m_vrn.read(vrn_row);
    if (auto* fault = std::get_if<Reject>(&parsed)) {
        return in_their_names(row, std::move(*fault));
    }
    auto& record = std::get<RawRecord>(parsed);
    record.format = m_mapping.name;
    auto kept = m_others.kept;
    kept.insert(kept.end(), m_unmapped_in_row.begin(), m_unmapped_in_row.end());
    record.extra = FieldReader(m_header, row).extra(kept);
    return parsed;
}

std::optional<Reject> MappedFormat::translate(const CsvRow& row, Texts& texts) {
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const auto& column = m_columns[i];
        std::optional<Reject> fault;
        if (column.words != nullptr) {
            fault = translate_word(row, column, texts[i]);
        } else if (column.from && is_time_column(column.name)) {
            fault = translate_time(row, *column.from, texts[i]);
        }
        if (fault) {
            return fault;
        }
    }
    return m_known_by ? apply_known_by(row, texts) : std::nullopt;
}

std::optional<Reject> MappedFormat::translate_word(const CsvRow& row, const MappedColumn& column,
                                                   std::string& text) {
    if (text.empty()) {
        return std::nullopt;
    }
    const auto word = column.words->words.find(lower_case(text));
    if (word != column.words->words.end()) {
        text = word->second;
        return std::nullopt;
    }
    const auto ours = vrn_words(column.name);
    const bool is_ours = std::find(ours.begin(), ours.end(), lower_case(text)) != ours.end();
    if (is_ours || (ours.empty() && !column.words->otherwise)) {
        text = is_ours ? lower_case(text) : text;
        return std::nullopt;
    }
    if (!column.words->otherwise) {
        return reject(row, *column.from,
                      "no word of " + column.name + "; expected one of the mapping's: " +
                          listing(*column.words) + "; or of ours: " + join_names(ours));
    }
    auto& words = m_unmapped_words[names_of(*column.from)];
    if (words.size() < most_words_shown) {
        words.insert(shown_value(text));
    }
    m_unmapped_in_row.insert(m_unmapped_in_row.end(), column.from->columns.begin(),
                             column.from->columns.end());
    text = *column.words->otherwise;
    return std::nullopt;
}

std::optional<Reject> MappedFormat::translate_time(const CsvRow& row, const FoundJoin& from,
                                                   std::string& text) const {
    if (text.empty() || parse_moment(text)) {
        return std::nullopt;
    }
    std::string expected;
    for (const auto& order : m_mapping.times) {
        if (const auto iso = order.to_iso(text); iso && parse_moment(*iso)) {
            text = *iso;
            return std::nullopt;
        }
        expected += order.text() + ", or ";
    }
    return reject(row, from,
                  "no date or time that exists; expected " + expected +
                      "ISO 8601, such as 2025-03-01T22:15 or 2025-03-01");
}

// A record cannot be known before it happened. Most likely midnight lay between and one date is
// wrong, but which one nobody can tell, and a guess would put it into the wrong night: the row is
// rejected, to be mended. A time within the day or month that is known cuts off its rest; a later
// one says nothing new, and must not make a known day vaguer than it is.
std::optional<Reject> MappedFormat::apply_known_by(const CsvRow& row, Texts& texts) const {
    auto text = text_of(row, *m_known_by);
    if (auto fault = translate_time(row, *m_known_by, text)) {
        return fault;
    }
    const auto from = parse_moment(texts[place_of("occurred_from")]);
    const auto by = parse_moment(text);
    if (!from || !by) {
        return std::nullopt;
    }
    // Seconds are often missing in one of the two.
    const auto begin = std::chrono::floor<std::chrono::minutes>(from->begin);
    if (by->end < begin || (by->precision != TimePrecision::exact && by->end == begin)) {
        const auto& happened = *m_columns[place_of("occurred_from")].from;
        return reject(row, *m_known_by,
                      "before it happened (" + names_of(happened) + ": " +
                          shown_value(text_of(row, happened)) +
                          "); expected that time or a later one; where midnight lies between, "
                          "check the days");
    }
    if (by->end > from->begin && by->end < from->end) {
        texts[place_of("occurred_to")] = text;
    }
    return std::nullopt;
}

Reject MappedFormat::reject(const CsvRow& row, const FoundJoin& from,
                            const std::string& reason) const {
    return {"", row.line, names_of(from), shown_value(text_of(row, from)), reason};
}

// A fault that format vrn found, told of the columns that the file has.
Reject MappedFormat::in_their_names(const CsvRow& row, Reject fault) const {
    const auto place = place_of(fault.field);
    if (place == m_columns.size()) {
        return fault;
    }
    const auto& column = m_columns[place];
    const auto& from = column.from                    ? column.from
                       : column.name == "occurred_to" ? m_known_by
                                                      : column.from;
    if (!from) {
        return fault;
    }
    return reject(row, *from, "as " + column.name + ": " + fault.reason);
}

UnmappedWords MappedFormat::unmapped_words() const {
    UnmappedWords words;
    for (const auto& [column, found] : m_unmapped_words) {
        words[column].assign(found.begin(), found.end());
    }
    return words;
}

} // namespace hotspots::data
