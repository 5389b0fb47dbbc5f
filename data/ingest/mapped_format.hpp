// Rows of another system's export, read through a mapping as rows of format `vrn`. What the mapping
// does not mention is kept in `extra` and named; a row without an identifier is known by its
// content and its ordinal among the equal rows of its file.
#pragma once

#include "data/ingest/content_identity.hpp"
#include "data/ingest/mapped_columns.hpp"
#include "data/ingest/row_format.hpp"
#include "data/ingest/vrn_format.hpp"

#include <map>
#include <optional>
#include <set>

namespace hotspots::data {

class MappedFormat final : public RowFormat {
public:
    // Keeps a reference to the header. One a file: it counts equal rows. `source` is for
    // rows where the mapping names none. Throws InputError for a column that the header lacks.
    MappedFormat(const CsvHeader& header, std::shared_ptr<const Mapping> mapping, Source source);

    std::string_view name() const override { return m_mapping.name; }
    ParsedRow read(const CsvRow& row) override;
    std::vector<std::string> unmapped_columns() const override { return m_others.unmapped; }
    UnmappedWords unmapped_words() const override;

private:
    using Texts = std::vector<std::string>; // by mapped column

    std::size_t place_of(std::string_view name) const;
    std::string names_of(const FoundJoin& from) const;
    std::string text_of(const CsvRow& row, const FoundJoin& from) const;
    std::string parts_of(const CsvRow& row, const FoundJoin& from) const;
    std::string identify(const CsvRow& row, const Texts& texts);
    std::optional<Reject> translate(const CsvRow& row, Texts& texts);
    std::optional<Reject> translate_word(const CsvRow& row, const MappedColumn& column,
                                         std::string& text);
    std::optional<Reject> translate_time(const CsvRow& row, const FoundJoin& from,
                                         std::string& text) const;
    std::optional<Reject> apply_known_by(const CsvRow& row, Texts& texts) const;
    Reject reject(const CsvRow& row, const FoundJoin& from, const std::string& reason) const;
    Reject in_their_names(const CsvRow& row, Reject reject) const;

    const CsvHeader& m_header;
    std::shared_ptr<const Mapping> m_kept;
    const Mapping& m_mapping; // what it points to
    std::optional<FoundJoin> m_known_by;
    std::vector<MappedColumn> m_columns;
    CsvHeader m_vrn_header; // the names of m_columns
    VrnFormat m_vrn;
    OtherColumns m_others;
    std::vector<std::size_t> m_unmapped_in_row; // columns whose word nobody listed
    ContentIdentity m_identity;
    std::map<std::string, std::set<std::string>> m_unmapped_words;
};

} // namespace hotspots::data
