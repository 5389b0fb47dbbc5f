#include "tests/data/geocode/reference_fixture.hpp"

#include "data/reference/readers.hpp"
#include "geo/crs.hpp"
#include "tests/real_data.hpp"

#include <cmath>
#include <fstream>
#include <sstream>

namespace hotspots::tests {
namespace {

std::unique_ptr<data::ReferenceData> read_reference() {
    const auto wards = real_data("wards-2025.geojson");
    const auto streets = real_data("streets.csv");
    const auto nspl = real_data("postcodes-nspl.csv");
    const auto code_point = real_data("codepoint-open-le.csv");
    if (!wards || !streets || !nspl || !code_point) {
        return nullptr;
    }
    auto reference = std::make_unique<data::ReferenceData>();
    reference->wards = data::read_wards(*wards).entries;
    reference->places = data::read_places(*streets, data::PlaceKind::street).entries;
    reference->postcodes = data::read_postcodes(*nspl).entries;
    const auto more = data::read_postcodes(*code_point).entries;
    reference->postcodes.insert(reference->postcodes.end(), more.begin(), more.end());
    return reference;
}

// One row of CSV without line breaks in its fields.
std::vector<std::string> fields_of(const std::string& line) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (const char c : line) {
        if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            fields.emplace_back();
        } else if (c != '\r') {
            fields.back() += c;
        }
    }
    return fields;
}

} // namespace

const data::ReferenceData* real_reference() {
    static const auto reference = read_reference();
    return reference.get();
}

const data::Gazetteer* real_gazetteer() {
    static const auto gazetteer =
        real_reference() ? std::make_unique<data::Gazetteer>(*real_reference()) : nullptr;
    return gazetteer.get();
}

std::vector<LabelledText> labelled_texts(const std::string& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    std::vector<LabelledText> texts;
    while (std::getline(file, line)) {
        const auto fields = fields_of(line);
        LabelledText text{fields.at(0), fields.at(1), fields.at(2),
                          {},           {},           std::stod(fields.at(4))};
        std::istringstream points(fields.at(3));
        std::string point;
        while (std::getline(points, point, ';')) {
            const bool grid = point.starts_with("EPSG:27700 ");
            std::istringstream numbers(grid ? point.substr(11) : point);
            double x = 0;
            double y = 0;
            numbers >> x >> y;
            if (grid) {
                text.grid_points.push_back({x, y});
            } else {
                text.points.push_back({x, y});
            }
        }
        texts.push_back(std::move(text));
    }
    return texts;
}

bool is_right(const LabelledText& text, const geo::BngPoint& point) {
    const auto near = [&](const geo::BngPoint& other) {
        return std::hypot(other.easting_m - point.easting_m, other.northing_m - point.northing_m) <=
               text.tolerance_m;
    };
    for (const auto& acceptable : text.points) {
        const auto bng = geo::to_bng(acceptable);
        if (bng && near(*bng)) {
            return true;
        }
    }
    for (const auto& acceptable : text.grid_points) {
        if (near(acceptable)) {
            return true;
        }
    }
    return false;
}

} // namespace hotspots::tests
