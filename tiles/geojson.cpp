#include "tiles/geojson.hpp"

#include "tiles/utf8.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <type_traits>

namespace hotspots::tiles {

namespace {

void append_escaped(std::string& out, char c) {
    switch (c) {
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\r':
        out += "\\r";
        return;
    case '\t':
        out += "\\t";
        return;
    default:
        break;
    }
    const char* hex = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20) {
        out += "\\u00";
        out += hex[byte >> 4U];
        out += hex[byte & 15U];
    } else {
        out += c;
    }
}

// Beyond what a whole number holds, or not finite.
void append_far_coordinate(std::string& out, double value, int decimals) {
    std::array<char, 400> buffer{}; // the longest finite double has 309 digits before the point
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                   std::chars_format::fixed, decimals)
                         .ptr;
    std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
    text.remove_suffix(text.size() - 1 - text.find_last_not_of('0'));
    if (text.back() == '.') {
        text.remove_suffix(1);
    }
    out += text;
}

void append_position(std::string& out, const geo::LonLat& point, const PositionStyle& style) {
    const auto place = style.place ? style.place(point) : std::array{point.lon_deg, point.lat_deg};
    out += '[';
    append_coordinate(out, place[0], style.decimals);
    out += ',';
    append_coordinate(out, place[1], style.decimals);
    out += ']';
}

// Positive where the ring runs anticlockwise. Measured from the first point, to keep the digits.
double signed_area(const geo::Ring<geo::LonLat>& ring) {
    double sum = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const double x1 = ring[i - 1].lon_deg - ring[0].lon_deg;
        const double y1 = ring[i - 1].lat_deg - ring[0].lat_deg;
        const double x2 = ring[i].lon_deg - ring[0].lon_deg;
        const double y2 = ring[i].lat_deg - ring[0].lat_deg;
        sum += x1 * y2 - x2 * y1;
    }
    return sum;
}

void append_ring(std::string& out, const geo::Ring<geo::LonLat>& ring, bool anticlockwise,
                 const PositionStyle& style) {
    const bool as_is = (signed_area(ring) > 0) == anticlockwise;
    out += '[';
    for (std::size_t i = 0; i < ring.size(); ++i) {
        if (i > 0) {
            out += ',';
        }
        append_position(out, ring[as_is ? i : ring.size() - 1 - i], style);
    }
    out += ']';
}

void append_polygon(std::string& out, const geo::Polygon<geo::LonLat>& polygon,
                    const PositionStyle& style) {
    out += '[';
    append_ring(out, polygon.exterior, true, style);
    for (const auto& hole : polygon.holes) {
        out += ',';
        append_ring(out, hole, false, style);
    }
    out += ']';
}

void append_polygons(std::string& out, const geo::MultiPolygon<geo::LonLat>& polygons,
                     const PositionStyle& style) {
    if (polygons.empty()) {
        out += "null";
        return;
    }
    out += R"({"type":"MultiPolygon","coordinates":[)";
    for (std::size_t i = 0; i < polygons.size(); ++i) {
        if (i > 0) {
            out += ',';
        }
        append_polygon(out, polygons[i], style);
    }
    out += "]}";
}

void append_integer(std::string& out, std::int64_t value) {
    out += std::to_string(value);
}

void append_list(std::string& out, const TextList& list) {
    out += '[';
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (i > 0) {
            out += ',';
        }
        append_json_string(out, list[i]);
    }
    out += ']';
}

} // namespace

// What needs no escape is taken as a whole.
void append_json_string(std::string& out, std::string_view text) {
    const auto plain = [](char c) {
        return c >= ' ' && c != '"' && c != '\\' && static_cast<signed char>(c) >= 0;
    };
    out += '"';
    while (!text.empty()) {
        const auto end = std::find_if_not(text.begin(), text.end(), plain);
        const auto run = static_cast<std::size_t>(end - text.begin());
        out += text.substr(0, run);
        text.remove_prefix(run);
        if (text.empty()) {
            break;
        }
        const std::size_t length = utf8_sequence_length(text);
        if (length == 1) {
            append_escaped(out, text.front());
        } else {
            out += length > 0 ? text.substr(0, length) : std::string_view("\xEF\xBF\xBD");
        }
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    out += '"';
}

void append_json_number(std::string& out, double value) {
    if (!std::isfinite(value)) { // JSON has no word for it
        out += "null";
        return;
    }
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
    out.append(buffer, end);
}

void append_value(std::string& out, const Value& value) {
    std::visit(
        [&out](const auto& held) {
            using Held = std::decay_t<decltype(held)>;
            if constexpr (std::is_same_v<Held, Null>) {
                out += "null";
            } else if constexpr (std::is_same_v<Held, bool>) {
                out += held ? "true" : "false";
            } else if constexpr (std::is_same_v<Held, std::int64_t>) {
                append_integer(out, held);
            } else if constexpr (std::is_same_v<Held, double>) {
                append_json_number(out, held);
            } else if constexpr (std::is_same_v<Held, std::string>) {
                append_json_string(out, held);
            } else {
                append_list(out, held);
            }
        },
        value);
}

// As a whole number of the last decimal's units, which is several times faster than exact decimals.
void append_coordinate(std::string& out, double value, int decimals) {
    static constexpr std::array<double, 10> powers{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    constexpr double most = 9e15; // whole numbers up to here are exact
    const auto places = static_cast<std::size_t>(decimals);
    const double units = std::round(value * powers.at(places));
    if (!(std::abs(units) < most)) {
        append_far_coordinate(out, value, decimals);
        return;
    }
    auto rest = static_cast<std::uint64_t>(std::abs(units));
    std::array<char, 24> buffer{};
    char* const end = buffer.data() + buffer.size();
    char* begin = end;
    char* last = end; // beyond the last digit that is not a zero behind the point
    for (std::size_t i = 0; i < places; ++i, rest /= 10) {
        const auto digit = rest % 10;
        if (digit == 0 && last == begin) {
            --last;
        }
        *--begin = static_cast<char>('0' + digit);
    }
    if (last != begin) {
        *--begin = '.';
    }
    do {
        *--begin = static_cast<char>('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (units < 0) {
        *--begin = '-';
    }
    out.append(begin, static_cast<std::size_t>(last - begin));
}

void append_point(std::string& out, const geo::LonLat& point, const PositionStyle& style) {
    out += R"({"type":"Point","coordinates":)";
    append_position(out, point, style);
    out += '}';
}

void append_geometry(std::string& out, const Geometry& geometry, const PositionStyle& style) {
    std::visit(
        [&](const auto& held) {
            using Held = std::decay_t<decltype(held)>;
            if constexpr (std::is_same_v<Held, Null>) {
                out += "null";
            } else if constexpr (std::is_same_v<Held, geo::LonLat>) {
                append_point(out, held, style);
            } else if constexpr (std::is_pointer_v<Held>) {
                append_polygons(out, *held, style);
            } else {
                append_polygons(out, held, style);
            }
        },
        geometry);
}

void append_feature(std::string& out, const Feature& feature, const PositionStyle& style) {
    out += R"({"type":"Feature")";
    if (const auto* number = std::get_if<std::int64_t>(&feature.id)) {
        out += R"(,"id":)";
        append_integer(out, *number);
    } else if (const auto* text = std::get_if<std::string>(&feature.id)) {
        out += R"(,"id":)";
        append_json_string(out, *text);
    }
    out += R"(,"geometry":)";
    append_geometry(out, feature.geometry, style);
    out += R"(,"properties":{)";
    for (std::size_t i = 0; i < feature.properties.size(); ++i) {
        if (i > 0) {
            out += ',';
        }
        append_json_string(out, feature.properties[i].name);
        out += ':';
        append_value(out, feature.properties[i].value);
    }
    out += "}}";
}

} // namespace hotspots::tiles
