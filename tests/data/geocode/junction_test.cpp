// Oracle: shapely (GEOS through Python), on the street lines of a real OpenStreetMap extract:
// random pairs of crossing streets, of which the first 200 inside the wards are asked for.
#include "data/geocode/gazetteer.hpp"
#include "data/geocode/geocode.hpp"
#include "data/reference/osm.hpp"
#include "data/reference/readers.hpp"
#include "tests/real_data.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <memory>
#include <sstream>

namespace hotspots::tests {
namespace {

struct ClosePipe {
    void operator()(std::FILE* pipe) const { pclose(pipe); }
};

std::string output_of(const std::string& command) {
    const std::unique_ptr<std::FILE, ClosePipe> pipe(popen(command.c_str(), "r"));
    REQUIRE(pipe);
    std::string output;
    std::array<char, 4096> buffer{};
    while (const auto size = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) {
        output.append(buffer.data(), size);
    }
    return output;
}

struct Crossing {
    std::string a;
    std::string b;
    std::vector<geo::BngPoint> points;
};

std::vector<Crossing> crossings(const std::string& file) {
    const std::string script = HOTSPOTS_SOURCE_DIR "/tests/data/geocode/junction_oracle.py";
    std::istringstream rows(output_of("/usr/bin/python3 '" + script + "' '" + file + "' 400"));
    std::vector<Crossing> result;
    std::string row;
    while (std::getline(rows, row)) {
        std::istringstream fields(row);
        Crossing crossing;
        std::getline(fields, crossing.a, '\t');
        std::getline(fields, crossing.b, '\t');
        geo::BngPoint point;
        while (fields >> point.easting_m >> point.northing_m) {
            crossing.points.push_back(point);
        }
        result.push_back(std::move(crossing));
    }
    return result;
}

double nearest_m(const Crossing& crossing, const geo::BngPoint& point) {
    double nearest = std::numeric_limits<double>::infinity();
    for (const auto& at : crossing.points) {
        nearest = std::min(
            nearest, std::hypot(at.easting_m - point.easting_m, at.northing_m - point.northing_m));
    }
    return nearest;
}

TEST_CASE(
    "Junctions of real street lines lie within 15 m of the intersection that shapely computes") {
    const auto extract = real_data("rutland-2018.osm.pbf");
    const auto wards = real_data("wards-2025.geojson");
    if (!extract || !wards) {
        return;
    }
    data::ReferenceData reference;
    reference.wards = data::read_wards(*wards).entries;
    reference.places = data::read_osm(*extract);
    const data::Gazetteer gazetteer(reference);
    int asked = 0;
    for (const auto& pair : crossings(*extract)) {
        // By the oracle's point: the extract reaches beyond the wards.
        const auto ward = gazetteer.ward_at(pair.points.front());
        if (!ward || asked == 200) {
            continue;
        }
        ++asked;
        for (const std::string& area : {std::string(), ", " + reference.wards[*ward].name,
                                        ", " + reference.wards[*ward].authority}) {
            const std::string text = pair.a + " j/w " + pair.b + area;
            const auto location = data::geocode_text(gazetteer, text);
            INFO(text << " by " << location.rule << " with " << location.candidates.size());
            REQUIRE(location.point);
            CHECK(location.level == data::GeocodeLevel::junction);
            CHECK(nearest_m(pair, *location.point) <= 15);
        }
    }
    CHECK(asked == 200);
}

} // namespace
} // namespace hotspots::tests
