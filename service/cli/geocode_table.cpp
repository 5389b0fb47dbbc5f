#include "service/cli/geocode_table.hpp"

#include "data/errors.hpp"
#include "data/geocode/geocode.hpp"
#include "data/ingest/csv_header.hpp"
#include "data/ingest/csv_reader.hpp"
#include "service/cli/output_file.hpp"
#include "service/cli/progress.hpp"
#include "service/csv.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <system_error>

namespace hotspots::service {

namespace {

LocationCell fixed(double value, int decimals) {
    std::array<char, 64> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
    return {std::string(text.data(), static_cast<std::size_t>(length)), true};
}

std::ifstream open_input(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        throw data::InputError(path + " cannot be read: " + std::generic_category().message(errno));
    }
    if (std::filesystem::is_directory(path)) {
        throw data::InputError(path + " cannot be read: it is a folder");
    }
    return file;
}

// The input's columns that pass through.
std::vector<std::size_t> passing_columns(const data::CsvHeader& header) {
    std::vector<bool> written_anew(header.size(), false);
    for (const auto name : location_columns) {
        if (const auto column = header.find(name)) {
            written_anew[*column] = true;
        }
    }
    std::vector<std::size_t> passing;
    for (std::size_t column = 0; column < header.size(); ++column) {
        if (!written_anew[column]) {
            passing.push_back(column);
        }
    }
    return passing;
}

std::string header_line(const data::CsvHeader& header, const std::vector<std::size_t>& passing) {
    std::string line;
    for (const auto column : passing) {
        append_csv_text(line, header.name(column));
        line.push_back(',');
    }
    for (const auto name : location_columns) {
        line.append(name).push_back(',');
    }
    line.back() = '\n';
    return line;
}

// What passes through stays as it came, but for what a spreadsheet would take for a formula.
std::string row_line(const data::CsvRow& row, const std::vector<std::size_t>& passing,
                     const data::Location& location) {
    std::string line;
    for (const auto column : passing) {
        append_csv_text(line, column < row.fields.size() ? row.fields[column] : std::string_view());
        line.push_back(',');
    }
    for (const auto& cell : location_cells(location)) {
        cell.number ? append_csv_field(line, cell.text) : append_csv_text(line, cell.text);
        line.push_back(',');
    }
    line.back() = '\n';
    return line;
}

} // namespace

std::array<LocationCell, location_columns.size()> location_cells(const data::Location& location) {
    std::array<LocationCell, location_columns.size()> cells;
    cells[0].text = data::to_text(location.status);
    if (location.level) {
        cells[1].text = data::to_text(*location.level);
    }
    if (location.lon_lat) {
        cells[2] = fixed(location.lon_lat->lon_deg, 7);
        cells[3] = fixed(location.lon_lat->lat_deg, 7);
    }
    if (location.point) {
        cells[4] = fixed(location.point->easting_m, 2);
        cells[5] = fixed(location.point->northing_m, 2);
    }
    if (location.uncertainty_m) {
        cells[6] = fixed(*location.uncertainty_m, 1);
    }
    cells[7] = fixed(location.score, 3);
    cells[8].text = location.matched_text;
    cells[9].text = location.rule;
    return cells;
}

std::string TableCounts::text() const {
    std::string text = grouped(rows) + " rows: ";
    for (const auto& [status, count] : by_status) {
        text += status + " " + grouped(count) + ", ";
    }
    return text + "rejected " + grouped(rejected);
}

TableCounts geocode_table(const data::Gazetteer& gazetteer, const std::string& in,
                          const std::string& out, std::ostream& log) {
    auto input = open_input(in);
    data::CsvReader reader(
        [&](std::span<char> block) {
            input.read(block.data(), static_cast<std::streamsize>(block.size()));
            return static_cast<std::size_t>(input.gcount());
        },
        in);
    const auto header = data::read_header(reader);
    static constexpr std::array<std::string_view, 1> needed{"location_text"};
    const auto text_column = header.require("location_text", needed);
    const auto passing = passing_columns(header);
    OutputFile output(out);
    output.stream() << header_line(header, passing);
    TableCounts counts;
    data::CsvRow row;
    while (reader.next(row)) {
        ++counts.rows;
        if (row.fields.size() > header.size()) {
            ++counts.rejected;
            log << "rejected: " << in << ':' << row.line << ": " << row.fields.size()
                << " fields under a header of " << header.size() << "; is a comma unquoted?\n";
            continue;
        }
        const auto text =
            text_column < row.fields.size() ? row.fields[text_column] : std::string_view();
        const auto location = data::geocode_text(gazetteer, text);
        ++counts.by_status[std::string(data::to_text(location.status))];
        output.stream() << row_line(row, passing, location);
    }
    output.commit();
    return counts;
}

} // namespace hotspots::service
