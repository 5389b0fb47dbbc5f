// Location text -> parts, without a gazetteer: coordinates, postcode, house number, how the place
// lies to what is named, and the role of each word. What is left open may be a name. Pure.
#pragma once

#include "data/geocode/coordinate_text.hpp"
#include "data/geocode/postcode_text.hpp"
#include "data/geocode/text.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::data {

enum class Role : std::uint8_t {
    open, // may be part of a name
    relation,
    feature,
    number, // of a house
    junction,
    between,
    refusal,
    postcode,
    coordinates,
};

// Words that are read already: no names.
constexpr bool is_code(Role role) {
    return role == Role::postcode || role == Role::coordinates;
}

struct LocationText {
    std::vector<Token> tokens;
    std::vector<Role> roles; // of each token
    std::optional<CoordinateReading> coordinates;
    std::string written_coordinates; // as the text has them
    std::optional<PostcodeReading> postcode;
    std::string house_number; // "14", "14a", "12-14"; empty if there is none
    bool junction = false;    // a word or a slash says that streets meet
    bool between = false;
    bool refusal = false; // "refused to say", "not known"
};

// Texts of more than 80 words keep only the first 80. Never throws on any bytes.
LocationText parse_location_text(std::string_view text);

// The same with the postcode's words open: for one that is read with repairs but does not exist.
LocationText without_postcode(LocationText text);

// True for the number of a road: "a607", "m1", "b582".
bool is_road_number(std::string_view word);

} // namespace hotspots::data
