#include "tiles/mvt_value.hpp"

#include "tiles/utf8.hpp"

#include <protozero/pbf_writer.hpp>

#include <cstdint>
#include <type_traits>

namespace hotspots::tiles {

namespace {

// Field numbers of vector_tile.proto's Value, 2.1.
constexpr protozero::pbf_tag_type string_field = 1;
constexpr protozero::pbf_tag_type double_field = 3;
constexpr protozero::pbf_tag_type uint_field = 5;
constexpr protozero::pbf_tag_type sint_field = 6;
constexpr protozero::pbf_tag_type bool_field = 7;

std::string joined(const TextList& list) {
    std::string text;
    for (const auto& part : list) {
        text += (&part == &list.front() ? "" : ", ") + part;
    }
    return text;
}

} // namespace

std::string encode_text_value(std::string_view text) {
    std::string bytes;
    protozero::pbf_writer(bytes).add_string(string_field, valid_utf8(text));
    return bytes;
}

std::string encode_value(const Value& value) {
    std::string bytes;
    protozero::pbf_writer writer(bytes);
    std::visit(
        [&](const auto& held) {
            using Held = std::decay_t<decltype(held)>;
            if constexpr (std::is_same_v<Held, bool>) {
                writer.add_bool(bool_field, held);
            } else if constexpr (std::is_same_v<Held, std::int64_t>) {
                if (held < 0) {
                    writer.add_sint64(sint_field, held);
                } else {
                    writer.add_uint64(uint_field, static_cast<std::uint64_t>(held));
                }
            } else if constexpr (std::is_same_v<Held, double>) {
                writer.add_double(double_field, held);
            } else if constexpr (std::is_same_v<Held, std::string>) {
                writer.add_string(string_field, valid_utf8(held));
            } else if constexpr (std::is_same_v<Held, TextList>) {
                writer.add_string(string_field, valid_utf8(joined(held)));
            }
        },
        value);
    return bytes;
}

} // namespace hotspots::tiles
