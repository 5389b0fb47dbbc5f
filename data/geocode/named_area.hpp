// The area that a location text names, whether or not the text can be placed: so that it can be
// asked whether misses depend on it. Reads texts as the geocoder does, with the same names.
#pragma once

#include <string>
#include <string_view>

namespace hotspots::data {

class Gazetteer;

struct NamedArea {
    // Code of the authority that every area named lies in (its name where the wards have no codes).
    // Empty if no area is named, or if they leave more than one authority, or none.
    std::string authority_code;
    std::string label; // of the narrowest area named: "Castle", "Oakham", "Leicester"; else empty
};

// Names of streets are not areas: "Leicester Road" names none. Counties hold everything, so they
// name none either. Never throws on any bytes; bounded time.
NamedArea named_area(const Gazetteer& gazetteer, std::string_view text);

} // namespace hotspots::data
