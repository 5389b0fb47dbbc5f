// JSON that a person wrote: an error names the file and the place, and nothing is passed over.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace hotspots::data {

// RFC 8259, with one member of a name in an object and at most 16 levels. Throws InputError that
// begins with `name`.
nlohmann::json parse_strict_json(std::string_view text, const std::string& name);

} // namespace hotspots::data
