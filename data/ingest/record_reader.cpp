#include "data/ingest/record_reader.hpp"

#include "data/errors.hpp"
#include "data/ingest/field_reader.hpp"

#include <utility>

namespace hotspots::data {

namespace {

std::string fields_of(const CsvRow& row, const CsvHeader& header) {
    return std::to_string(row.fields.size()) + " fields, the header " +
           std::to_string(header.size());
}

} // namespace

RecordReader::RecordReader(const OpenBytes& open, const std::string& name,
                           const ReadOptions& options)
    : m_csv(open(), name), m_header(read_header(m_csv)),
      m_format(make_row_format(m_header, options)) {}

RecordReader::RecordReader(ByteSource source, const std::string& name, ImportFormat format,
                           Source default_source)
    : m_csv(std::move(source), name), m_header(read_header(m_csv)),
      m_format(make_row_format(m_header, {format, default_source})) {}

std::optional<ParsedRow> RecordReader::next() {
    if (!m_csv.next(m_row)) {
        return std::nullopt;
    }
    if (m_row.fields.size() < m_header.size() && !m_row.ends_in_newline) {
        throw InputError(m_csv.name() + ", line " + std::to_string(m_row.line) +
                         ": truncated: the last line has " + fields_of(m_row, m_header) +
                         ", and no line end; the file was cut off");
    }
    ParsedRow parsed = read_row();
    if (auto* reject = std::get_if<Reject>(&parsed)) {
        reject->file = m_csv.name();
    }
    return parsed;
}

ParsedRow RecordReader::read_row() {
    const auto first = m_row.fields.empty() ? std::string_view{} : m_row.fields.front();
    if (m_row.fields.size() != m_header.size()) {
        return Reject{"", m_row.line, "", shown_value(first),
                      "the row has " + fields_of(m_row, m_header) +
                          "; expected as many; a field that holds a comma needs quotes"};
    }
    if (m_row.misquoted) {
        return Reject{"", m_row.line, "", shown_value(first),
                      "text follows a closing quote; expected a comma there, and quotes inside a "
                      "quoted field doubled"};
    }
    return m_format->read(m_row);
}

} // namespace hotspots::data
