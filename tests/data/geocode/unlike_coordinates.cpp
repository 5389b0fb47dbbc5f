#include "tests/data/geocode/unlike_coordinates.hpp"

#include <cmath>
#include <iomanip>
#include <sstream>

namespace hotspots::tests {
namespace {

std::string figures(double value, int width) {
    std::ostringstream text;
    text << std::setfill('0') << std::setw(width) << static_cast<long>(value);
    return text.str();
}

std::string decimal(double value) {
    std::ostringstream text;
    text << std::fixed << std::setprecision(5) << value;
    return text.str();
}

// Degrees, minutes and seconds to a tenth, each followed by its mark.
std::string sexagesimal(double value, const std::string& degree, const std::string& minute,
                        const std::string& second) {
    const long tenths = std::lround(value * 36000);
    std::ostringstream text;
    text << tenths / 36000 << degree << figures(static_cast<double>(tenths / 600 % 60), 2) << minute
         << tenths % 600 / 10 << '.' << tenths % 10 << second;
    return text.str();
}

} // namespace

std::vector<std::string> grid_forms(const geo::BngPoint& point) {
    const std::string e = figures(point.easting_m, 6);
    const std::string n = figures(point.northing_m, 6);
    const std::string upper = n[0] == '3' ? (e[0] == '4' ? "SK" : "TF") : e[0] == '4' ? "SP" : "TL";
    const std::string lower = n[0] == '3' ? (e[0] == '4' ? "sk" : "tf") : e[0] == '4' ? "sp" : "tl";
    const std::string east = e.substr(1);
    const std::string north = n.substr(1);
    return {upper + east + "," + north,
            lower + " " + east + " " + north,
            lower + east + north,
            upper + " " + east + ", " + north,
            upper + "-" + east + "-" + north,
            upper + "/" + east + "/" + north,
            upper + ": " + east + " " + north,
            upper[0] + (" " + upper.substr(1)) + " " + east + " " + north,
            "GR " + upper + " " + east + " " + north,
            "grid ref: " + upper + east + north,
            "NGR " + upper + " E" + east + " N" + north,
            "E" + e + " N" + n,
            "e" + e + ",n" + n,
            "E" + e + "N" + n,
            "E:" + e + " N:" + n,
            "Easting " + e + " Northing " + n,
            "Eastings: " + e + ", Northings: " + n,
            e + "E " + n + "N",
            e + "/" + n,
            e + "-" + n,
            "X=" + e + " Y=" + n,
            e + ".0, " + n + ".0",
            e + ".25 " + n + ".75",
            "(" + e + ", " + n + ")",
            "N" + n + " E" + e,
            n + " " + e,
            e + n,
            "E " + e + ", N " + n,
            "OSGR " + upper + east + " " + north + " field behind school"};
}

std::vector<std::string> degree_forms(const geo::LonLat& point) {
    const std::string n = decimal(point.lat_deg);
    const std::string w = decimal(-point.lon_deg);
    const std::string north = sexagesimal(point.lat_deg, "°", "'", "\"");
    const std::string west = sexagesimal(-point.lon_deg, "°", "'", "\"");
    const std::string plain_north = sexagesimal(point.lat_deg, " ", " ", "");
    const std::string plain_west = sexagesimal(-point.lon_deg, " ", " ", "");
    return {n + "N " + w + "W",
            n + " N, " + w + " W",
            "N" + n + " W" + w,
            "N " + n + ", W " + w,
            "lat " + n + " long -" + w,
            "Lat=" + n + ", Lon=-" + w,
            "latitude: " + n + " longitude: -" + w,
            n + "°N " + w + "°W",
            n + "/-" + w,
            "-" + w + "," + n,
            "(" + n + ", -" + w + ")",
            "LL(" + n + ",-" + w + ")",
            "https://maps.google.com/?q=" + n + ",-" + w,
            n + " -" + w + " nr the weir",
            n + ",\xE2\x88\x92" + w,
            north + "N " + west + "W",
            "N" + north + " W" + west,
            plain_north + "N " + plain_west + "W",
            plain_north + " N, " + plain_west + " W"};
}

} // namespace hotspots::tests
