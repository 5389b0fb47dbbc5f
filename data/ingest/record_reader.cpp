#include "data/ingest/record_reader.hpp"

#include "data/errors.hpp"
#include "data/ingest/field_reader.hpp"
#include "data/ingest/geojson_reader.hpp"

#include <array>
#include <utility>

namespace hotspots::data {

namespace {

std::string fields_of(const CsvRow& row, const CsvHeader& header) {
    return std::to_string(row.fields.size()) + " fields, the header " +
           std::to_string(header.size());
}

} // namespace

RecordReader::Table RecordReader::csv_table(ByteSource source, const std::string& name) {
    auto csv = std::make_unique<CsvReader>(std::move(source), name);
    auto header = read_header(*csv);
    return {std::move(csv), std::move(header)};
}

RecordReader::Table RecordReader::open_table(const OpenBytes& open, const std::string& name) {
    std::array<char, 4096> start{};
    const auto count = open()(start);
    if (!looks_like_json({start.data(), count})) {
        return csv_table(open(), name);
    }
    auto features = std::make_unique<GeoJsonReader>(open, name);
    CsvRow row;
    row.fields.assign(features->names().begin(), features->names().end());
    CsvHeader header(name, row);
    return {std::move(features), std::move(header)};
}

RecordReader::RecordReader(Table table, const ReadOptions& options)
    : m_rows(std::move(table.rows)), m_header(std::move(table.header)),
      m_format(make_row_format(m_header, options)) {}

RecordReader::RecordReader(const OpenBytes& open, const std::string& name,
                           const ReadOptions& options)
    : RecordReader(open_table(open, name), options) {}

RecordReader::RecordReader(ByteSource source, const std::string& name, ImportFormat format,
                           Source default_source)
    : RecordReader(csv_table(std::move(source), name), ReadOptions{format, default_source}) {}

std::optional<ParsedRow> RecordReader::next() {
    if (!m_rows->next(m_row)) {
        return std::nullopt;
    }
    if (m_row.fields.size() < m_header.size() && !m_row.ends_in_newline) {
        throw InputError(m_rows->name() + ", line " + std::to_string(m_row.line) +
                         ": truncated: the last line has " + fields_of(m_row, m_header) +
                         ", and no line end; the file was cut off");
    }
    ParsedRow parsed = read_row();
    if (auto* reject = std::get_if<Reject>(&parsed)) {
        reject->file = m_rows->name();
    }
    return parsed;
}

ParsedRow RecordReader::read_row() {
    if (m_row.fault) {
        const auto& [field, value, reason] = *m_row.fault;
        return Reject{"", m_row.line, shown_value(field), shown_value(value), reason};
    }
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
