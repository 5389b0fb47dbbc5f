#include "data/geocode/coordinate_text.hpp"

#include "data/geocode/degree_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>

namespace hotspots::data {
namespace {

using Tokens = std::span<const Token>;

bool all_digits(std::string_view word) {
    return !word.empty() &&
           std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

double number(std::string_view digits) {
    double value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

std::string_view word_at(Tokens tokens, std::size_t at) {
    return at < tokens.size() ? std::string_view(tokens[at].word) : std::string_view();
}

// ---- grid references

// Figures of one grid reference: both halves of equal length 2 to 5.
std::optional<CoordinateReading> grid_reference(std::string_view square, std::string_view east,
                                                std::string_view north) {
    CoordinateReading reading;
    const auto corner = grid_square(square);
    // "No 1012" is a house: four figures count only in the squares around here.
    constexpr std::string_view around = " sk sp tf tl ";
    const bool house = east.size() < 3 && around.find(square) == std::string_view::npos;
    if (!corner || house || east.size() != north.size() || east.size() < 2 || east.size() > 5) {
        return std::nullopt;
    }
    const double side_m = std::pow(10.0, 5.0 - static_cast<double>(east.size()));
    reading.points.push_back(
        geo::BngPoint{corner->easting_m + number(east) * side_m + side_m / 2,
                      corner->northing_m + number(north) * side_m + side_m / 2});
    reading.uncertainty_m = side_m;
    return reading;
}

std::optional<CoordinateReading> joined_grid_reference(std::string_view square,
                                                       std::string_view figures) {
    if (figures.size() % 2 != 0) {
        return std::nullopt;
    }
    return grid_reference(square, figures.substr(0, figures.size() / 2),
                          figures.substr(figures.size() / 2));
}

// "e58592" -> "58592"
std::string_view without_label(std::string_view word, char label) {
    return !word.empty() && word.front() == label ? word.substr(1) : word;
}

// "SK 58592 04462", "SK5859204462", "SK58592 04462", "SK 5859204462".
std::optional<CoordinateReading> grid_reference_at(Tokens tokens, std::size_t at) {
    std::string square = tokens[at].word.substr(0, 2);
    std::string_view first = std::string_view(tokens[at].word).substr(square.size());
    std::size_t next = at + 1;
    if (square.size() == 1 && word_at(tokens, next).size() == 1) {
        square += tokens[next++].word; // "S K 58592 04462"
    }
    if (first.empty()) {
        first = without_label(word_at(tokens, next++), 'e');
    }
    if (!grid_square(square) || !all_digits(first)) {
        return std::nullopt;
    }
    const std::string_view second = without_label(word_at(tokens, next), 'n');
    auto reading = all_digits(second) ? grid_reference(square, first, second) : std::nullopt;
    if (reading) {
        ++next;
    } else {
        reading = joined_grid_reference(square, first);
    }
    if (reading) {
        reading->first = at;
        reading->last = next;
    }
    return reading;
}

// ---- pairs of numbers

enum class Axis { unsaid, east, north };

Axis axis_of(std::string_view label) {
    constexpr std::array<std::string_view, 7> east = {"e",   "w",   "x",   "easting",
                                                      "lon", "lng", "long"};
    constexpr std::array<std::string_view, 5> north = {"n", "y", "northing", "lat", "latitude"};
    if (std::find(east.begin(), east.end(), label) != east.end() || label == "longitude" ||
        label == "eastings") {
        return Axis::east;
    }
    const bool is_north = std::find(north.begin(), north.end(), label) != north.end();
    return is_north || label == "northings" ? Axis::north : Axis::unsaid;
}

struct Number {
    double value = 0;
    std::size_t figures = 0; // before the decimal point
    std::size_t decimals = 0;
    Axis axis = Axis::unsaid;
    std::size_t first = 0; // tokens [first, last), labels included
    std::size_t last = 0;
};

// A number with the label that is written into or beside it: "E458592", "458592E", "Lat: 52.63".
std::optional<Number> number_at(Tokens tokens, std::size_t at) {
    std::string_view word = tokens[at].word;
    Number result{.first = at, .last = at + 1};
    std::string_view label;
    if (axis_of(word) != Axis::unsaid && at + 1 < tokens.size()) {
        label = word;
        word = tokens[++at].word;
        ++result.last;
    }
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    if (word.size() > 1 && label.empty() && is_letter(word.front())) {
        label = word.substr(0, 1);
        word.remove_prefix(1);
    } else if (word.size() > 1 && label.empty() && is_letter(word.back())) {
        label = word.substr(word.size() - 1);
        word.remove_suffix(1);
    }
    const std::size_t point = std::min(word.find('.'), word.size());
    const std::string_view fraction = word.substr(std::min(point + 1, word.size()));
    if (!all_digits(word.substr(0, point)) || (point < word.size() && !all_digits(fraction))) {
        return std::nullopt;
    }
    const std::string_view after = word_at(tokens, result.last);
    if (label.empty() && after.size() == 1 && axis_of(after) != Axis::unsaid) {
        const bool belongs_to_next = result.last + 1 < tokens.size() &&
                                     all_digits(word_at(tokens, result.last + 1).substr(0, 2)) &&
                                     at > 0 && axis_of(word_at(tokens, at - 1)) != Axis::unsaid;
        if (!belongs_to_next) {
            label = after;
            ++result.last;
        }
    }
    if (!label.empty() && axis_of(label) == Axis::unsaid) {
        return std::nullopt;
    }
    result.value = number(word) * (tokens[at].minus || label == "w" ? -1.0 : 1.0);
    result.figures = point;
    result.decimals = fraction.size();
    result.axis = axis_of(label);
    return result;
}

std::optional<CoordinateReading> finished(CoordinateReading reading, const Number& a,
                                          const Number& b) {
    reading.first = a.first;
    reading.last = b.last;
    return reading;
}

std::optional<CoordinateReading> longitude_latitude(const Number& a, const Number& b) {
    if (a.figures > 3 || b.figures > 3 || std::min(a.decimals, b.decimals) < 2 ||
        std::abs(a.value) > 180 || std::abs(b.value) > 180) {
        return std::nullopt;
    }
    // Latitudes of Great Britain are 49 to 61, longitudes -9 to 2: the values tell which is which.
    const bool a_is_latitude = a.axis == Axis::north || b.axis == Axis::east ||
                               (a.axis == Axis::unsaid && std::abs(a.value) > std::abs(b.value));
    const double latitude = a_is_latitude ? a.value : b.value;
    const double longitude = a_is_latitude ? b.value : a.value;
    CoordinateReading reading{.form = CoordinateForm::longitude_latitude};
    if (std::abs(latitude) <= 90 && (latitude != 0 || longitude != 0)) {
        reading.points.push_back(geo::LonLat{longitude, latitude});
    }
    const auto decimals = static_cast<double>(std::min(a.decimals, b.decimals));
    reading.uncertainty_m = std::max(10.0, 111'000.0 * std::pow(10.0, -decimals));
    return finished(std::move(reading), a, b);
}

// Metres of the figure that is the last one known when `missing` figures are cut off.
double cut_off_m(std::size_t missing) {
    return std::pow(10.0, static_cast<double>(missing));
}

// Five figures without the square's letters, and six figures cut after the fifth.
void guess(CoordinateReading& reading, const Number& east, const Number& north) {
    constexpr std::array<std::string_view, 4> squares = {"sk", "sp", "tf", "tl"};
    for (const auto square : squares) {
        const auto corner = *grid_square(square);
        reading.points.push_back(geo::BngPoint{corner.easting_m + east.value + 0.5,
                                               corner.northing_m + north.value + 0.5});
    }
    reading.points.push_back(geo::BngPoint{east.value * 10 + 5, north.value * 10 + 5});
}

std::optional<CoordinateReading> easting_northing(const Number& a, const Number& b) {
    const auto fits = [](const Number& n) { return n.figures == 6 || n.figures == 5; };
    if (!fits(a) || !fits(b) || a.value < 0 || b.value < 0 ||
        (a.axis != Axis::unsaid && a.axis == b.axis)) {
        return std::nullopt;
    }
    const bool reversed = a.axis == Axis::north || b.axis == Axis::east;
    const Number& east = reversed ? b : a;
    const Number& north = reversed ? a : b;
    CoordinateReading reading{.form = CoordinateForm::easting_northing, .uncertainty_m = 1};
    if (a.figures == 6 && b.figures == 6) {
        reading.points.push_back(geo::BngPoint{east.value, north.value});
        if (a.axis == Axis::unsaid && b.axis == Axis::unsaid) {
            reading.swapped = geo::BngPoint{north.value, east.value};
        }
    } else {
        reading.truncated = true;
        const std::size_t missing_east = 6 - east.figures;
        const std::size_t missing_north = 6 - north.figures;
        reading.uncertainty_m = cut_off_m(std::max(missing_east, missing_north));
        if (missing_east == 1 && missing_north == 1) {
            guess(reading, east, north);
        } else {
            const double scale_east = cut_off_m(missing_east);
            const double scale_north = cut_off_m(missing_north);
            reading.points.push_back(
                geo::BngPoint{east.value * scale_east + (missing_east > 0 ? 5 : 0),
                              north.value * scale_north + (missing_north > 0 ? 5 : 0)});
        }
    }
    return finished(std::move(reading), a, b);
}

// "0,0": what systems write for 'no coordinates'.
std::optional<CoordinateReading> zeros(const Number& a, const Number& b) {
    if (a.value != 0 || b.value != 0) {
        return std::nullopt;
    }
    return finished(CoordinateReading{.form = CoordinateForm::easting_northing}, a, b);
}

std::optional<CoordinateReading> pair_at(Tokens tokens, std::size_t at) {
    const auto a = number_at(tokens, at);
    if (!a || a->last >= tokens.size()) {
        return std::nullopt;
    }
    const std::size_t second = word_at(tokens, a->last) == "and" ? a->last + 1 : a->last;
    const auto b = second < tokens.size() ? number_at(tokens, second) : std::nullopt;
    if (!b) {
        return std::nullopt;
    }
    if (auto reading = zeros(*a, *b)) {
        return reading;
    }
    auto reading = longitude_latitude(*a, *b);
    return reading ? reading : easting_northing(*a, *b);
}

// "458592304462", "E458592N304462": eastings and northings run together.
std::optional<CoordinateReading> joined_pair_at(Tokens tokens, std::size_t at) {
    const std::string_view word = tokens[at].word;
    const std::size_t label = word.size() == 14 && word[0] == 'e' && word[7] == 'n' ? 1 : 0;
    const std::string_view east = word.substr(std::min(label, word.size()), 6);
    const std::string_view north = word.substr(std::min(6 + 2 * label, word.size()));
    if (!all_digits(east) || !all_digits(north) || north.size() != 6) {
        return std::nullopt;
    }
    CoordinateReading reading{.form = CoordinateForm::easting_northing, .uncertainty_m = 1};
    reading.points.push_back(geo::BngPoint{number(east), number(north)});
    reading.first = at;
    reading.last = at + 1;
    return reading;
}

} // namespace

std::optional<CoordinateReading> read_coordinates(std::span<const Token> tokens) {
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        auto reading = degrees_at(tokens, at);
        if (!reading) {
            reading = grid_reference_at(tokens, at);
        }
        if (!reading) {
            reading = pair_at(tokens, at);
        }
        if (!reading) {
            reading = joined_pair_at(tokens, at);
        }
        if (reading) {
            return reading;
        }
    }
    return std::nullopt;
}

} // namespace hotspots::data
