// A JSON text as a tree whose every value knows the byte it begins at, so that what is wrong with a
// filter can be pointed at. RFC 8259; of two members of one name neither is taken.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hotspots::service::filter {

enum class JsonKind { null, boolean, number, text, array, object };

struct JsonValue {
    JsonKind kind = JsonKind::null;
    std::size_t position = 0;
    bool boolean = false;
    double number = 0;
    std::string text = {};
    std::vector<JsonValue> items = {};
    std::vector<std::pair<std::string, JsonValue>> members = {};

    const JsonValue* find(std::string_view name) const; // null if there is no such member
};

inline constexpr int most_json_levels = 160;

// Throws FilterError; any bytes, O(bytes).
JsonValue parse_json(std::string_view text);

} // namespace hotspots::service::filter
