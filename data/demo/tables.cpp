#include "data/demo/tables.hpp"

#include "data/errors.hpp"
#include "data/ingest/csv_reader.hpp"
#include "embedded/demo.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <span>

namespace hotspots::data::demo {

namespace {

using Row = std::vector<std::string>;

std::string_view embedded_bytes(const std::string& name) {
    for (const auto& file : embedded::demo()) {
        if (file.path == name) {
            return file.bytes;
        }
    }
    throw DataError("demo: " + name + " is not among the embedded files");
}

// The rows after the header, each with as many fields as it has.
std::vector<Row> rows_of(const std::string& name) {
    std::string_view rest = embedded_bytes(name);
    CsvReader reader(
        [&rest](std::span<char> block) {
            const std::size_t size = std::min(block.size(), rest.size());
            std::memcpy(block.data(), rest.data(), size);
            rest.remove_prefix(size);
            return size;
        },
        name);
    std::vector<Row> rows;
    std::size_t columns = 0;
    for (CsvRow row; reader.next(row);) {
        columns = columns == 0 ? row.fields.size() : columns;
        if (row.fields.size() != columns) {
            throw DataError("demo: " + name + " line " + std::to_string(row.line) + " has " +
                            std::to_string(row.fields.size()) + " fields, expected " +
                            std::to_string(columns));
        }
        rows.emplace_back(row.fields.begin(), row.fields.end());
    }
    if (!rows.empty()) {
        rows.erase(rows.begin());
    }
    return rows;
}

double number(const std::string& text) {
    double value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    if (result.ec != std::errc() || result.ptr != text.data() + text.size()) {
        throw DataError("demo: '" + text + "' is not a number");
    }
    return value;
}

PlaceKind kind_of(const std::string& word) {
    if (word == "street") {
        return PlaceKind::street;
    }
    if (word == "place") {
        return PlaceKind::place;
    }
    if (word == "poi") {
        return PlaceKind::poi;
    }
    throw DataError("demo: '" + word + "' is none of street, place, poi");
}

} // namespace

const std::vector<WardFacts>& ward_facts() {
    static const std::vector<WardFacts> facts = [] {
        std::vector<WardFacts> read;
        for (const auto& row : rows_of("wards.csv")) {
            read.push_back({row.at(0),
                            row.at(1),
                            row.at(2),
                            row.at(3),
                            {number(row.at(4)), number(row.at(5))},
                            number(row.at(6)),
                            static_cast<std::int64_t>(number(row.at(7)))});
        }
        std::sort(read.begin(), read.end(),
                  [](const auto& a, const auto& b) { return a.code < b.code; });
        return read;
    }();
    return facts;
}

const std::vector<Spot>& spots() {
    static const std::vector<Spot> all = [] {
        std::vector<Spot> read;
        for (const auto& row : rows_of("streets.csv")) {
            Spot spot{row.at(0),    kind_of(row.at(1)),
                      row.at(2),    row.at(3),
                      row.at(4),    {number(row.at(5)), number(row.at(6))},
                      std::nullopt, static_cast<int>(number(row.at(8)))};
            if (!row.at(7).empty()) {
                spot.radius_m = number(row.at(7));
            }
            read.push_back(std::move(spot));
        }
        return read;
    }();
    return all;
}

const Spot& spot_named(std::string_view name) {
    const auto& all = spots();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Spot& spot) { return spot.name == name; });
    if (found == all.end()) {
        throw DataError("demo: " + std::string(name) + " is not in streets.csv");
    }
    return *found;
}

geo::MultiPolygon<geo::BngPoint> outline() {
    geo::Polygon<geo::BngPoint> polygon;
    for (const auto& row : rows_of("outline.csv")) {
        polygon.exterior.push_back({number(row.at(0)), number(row.at(1))});
    }
    return {polygon};
}

} // namespace hotspots::data::demo
