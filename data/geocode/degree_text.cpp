#include "data/geocode/degree_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

namespace hotspots::data {
namespace {

using Tokens = std::span<const Token>;

constexpr double metres_of_degree = 111'000; // of latitude

bool is_hemisphere(char c) {
    return c == 'n' || c == 's' || c == 'e' || c == 'w';
}

struct Angle {
    double degrees = 0;
    double unit_degrees = 1; // of the last figure
    char hemisphere = '\0';
    std::size_t last = 0; // token after it
};

// A number and how many decimals it has; empty for other words.
struct Plain {
    double value = 0;
    std::size_t decimals = 0;
};
std::optional<Plain> plain_number(std::string_view word) {
    const auto known = [](char c) { return (c >= '0' && c <= '9') || c == '.'; };
    if (word.empty() || word.size() > 12 || !std::all_of(word.begin(), word.end(), known)) {
        return std::nullopt;
    }
    Plain plain;
    const auto end = std::from_chars(word.data(), word.data() + word.size(), plain.value);
    const std::size_t point = word.find('.');
    plain.decimals = point == std::string_view::npos ? 0 : word.size() - point - 1;
    const bool whole = end.ec == std::errc() && end.ptr == word.data() + word.size();
    return whole ? std::optional(plain) : std::nullopt;
}

// Two or three numbers, with a letter before the first or after the last.
std::optional<Angle> angle_at(Tokens tokens, std::size_t at) {
    Angle angle;
    double unit = 1;
    int parts = 0;
    bool decimals = false;
    for (; at < tokens.size(); ++at) {
        std::string_view word = tokens[at].word;
        const bool leads = parts == 0 && angle.hemisphere == '\0' && is_hemisphere(word.front());
        if (leads) {
            angle.hemisphere = word.front();
            word.remove_prefix(1);
        }
        const bool ends = !leads && angle.hemisphere == '\0' && is_hemisphere(word.back());
        if (ends) {
            angle.hemisphere = word.back();
            word.remove_suffix(1);
        }
        const auto part = plain_number(word);
        if (part && parts < 3 && !decimals && (parts == 0 || part->value < 60)) {
            angle.degrees += part->value * unit;
            angle.unit_degrees = unit * std::pow(10.0, -static_cast<double>(part->decimals));
            decimals = part->decimals > 0;
            unit /= 60;
            ++parts;
        } else if (!word.empty() || (!leads && !ends)) {
            break;
        }
        if (ends) {
            ++at;
            break;
        }
    }
    angle.last = at;
    return parts >= 2 && angle.hemisphere != '\0' ? std::optional(angle) : std::nullopt;
}

bool is_north_south(const Angle& angle) {
    return angle.hemisphere == 'n' || angle.hemisphere == 's';
}

double signed_degrees(const Angle& angle) {
    return angle.hemisphere == 's' || angle.hemisphere == 'w' ? -angle.degrees : angle.degrees;
}

} // namespace

std::optional<CoordinateReading> degrees_at(Tokens tokens, std::size_t at) {
    const auto first = angle_at(tokens, at);
    const auto second = first ? angle_at(tokens, first->last) : std::nullopt;
    if (!second || is_north_south(*first) == is_north_south(*second)) {
        return std::nullopt;
    }
    const Angle& latitude = is_north_south(*first) ? *first : *second;
    const Angle& longitude = is_north_south(*first) ? *second : *first;
    if (latitude.degrees > 90 || longitude.degrees > 180) {
        return std::nullopt;
    }
    CoordinateReading reading{.form = CoordinateForm::longitude_latitude};
    reading.points.push_back(geo::LonLat{signed_degrees(longitude), signed_degrees(latitude)});
    reading.uncertainty_m =
        std::max(10.0, metres_of_degree * std::max(latitude.unit_degrees, longitude.unit_degrees));
    reading.first = at;
    reading.last = second->last;
    return reading;
}

} // namespace hotspots::data
