#include "data/reference/table_file.hpp"

#include "data/errors.hpp"
#include "data/ingest/vsi_file.hpp"
#include "geo/crs.hpp"

#include <memory>

namespace hotspots::data {

namespace {

CsvReader open_table(const std::string& path) {
    auto listing = list_input(path);
    if (listing.tables.size() != 1) {
        throw InputError(path + ": it holds " + std::to_string(listing.tables.size()) +
                         " tables; expected one CSV file, or a zip of one");
    }
    auto& table = listing.tables.front();
    // The source is copied along with the reader, so the file is shared.
    auto file = std::make_shared<VsiFile>(table);
    return CsvReader([file](std::span<char> block) { return file->read(block); }, table.name);
}

} // namespace

TableFile::TableFile(const std::string& path) : m_name(path), m_reader(open_table(path)) {
    if (!m_reader.next(m_row)) {
        throw InputError(path + ": the file is empty; expected a CSV table");
    }
}

void TableFile::use_header() {
    m_header.emplace(m_name, m_row);
    for (std::size_t column = 0; column < m_header->size(); ++column) {
        m_columns.push_back(m_header->name(column));
    }
}

void TableFile::use_columns(std::span<const std::string_view> names) {
    CsvRow row;
    row.fields.assign(names.begin(), names.end());
    m_header.emplace(m_name, row);
    m_columns.assign(names.begin(), names.end());
    m_row_is_data = true;
}

Column TableFile::find(const NamePatterns& patterns) const {
    return find_column(m_columns, patterns);
}

std::size_t TableFile::require(const NamePatterns& patterns, const std::string& meaning) const {
    const auto column = find(patterns);
    if (!column) {
        throw InputError(m_name + ": no column " + meaning +
                         "; the header has: " + list_names(m_columns));
    }
    return *column;
}

std::optional<Reject> TableFile::read_row(const std::function<void(FieldReader&)>& read) const {
    if (m_row.fields.size() != m_columns.size()) {
        const auto first = m_row.fields.empty() ? std::string_view{} : m_row.fields.front();
        return Reject{"", m_row.line, "", shown_value(first),
                      "the row has " + std::to_string(m_row.fields.size()) + " fields; expected " +
                          std::to_string(m_columns.size())};
    }
    FieldReader fields(*m_header, m_row);
    read(fields);
    return fields.fault();
}

std::int64_t TableFile::each(const std::function<void(FieldReader&)>& read,
                             const std::function<void(Reject)>& on_reject) {
    std::int64_t rows = 0;
    while (m_row_is_data || m_reader.next(m_row)) {
        m_row_is_data = false;
        ++rows;
        if (auto fault = read_row(read)) {
            fault->file = m_name;
            on_reject(std::move(*fault));
        }
    }
    return rows;
}

PointColumns find_point_columns(const TableFile& table) {
    const PointColumns columns{table.find(longitude_columns), table.find(latitude_columns),
                               table.find(easting_columns), table.find(northing_columns)};
    if (!(columns.longitude && columns.latitude) && !(columns.easting && columns.northing)) {
        table.require({}, "pair lon, lat or easting, northing");
    }
    return columns;
}

std::optional<geo::LonLat> read_point(FieldReader& fields, const PointColumns& columns) {
    std::optional<geo::LonLat> point;
    if (columns.longitude && columns.latitude) {
        // A postcode that has no point is at 99.999999, 0 in the postcode lookup.
        const auto degrees = fields.pair(columns.longitude, columns.latitude);
        if (degrees) {
            point = geo::LonLat{degrees->first, degrees->second};
        }
        if (point && !geo::to_bng(*point)) {
            fields.reject(columns.latitude, "no point in Great Britain");
        }
    } else if (const auto metres = fields.pair(columns.easting, columns.northing)) {
        const geo::BngPoint bng{metres->first, metres->second};
        point = bng == geo::BngPoint{} ? std::nullopt : geo::to_lon_lat(bng);
        if (!point) {
            fields.reject(columns.easting, "no point of the British National Grid");
        }
    }
    if (!point) {
        fields.reject(columns.longitude ? columns.longitude : columns.easting, "no coordinates");
    }
    return fields.fault() ? std::nullopt : point;
}

} // namespace hotspots::data
