#include "data/record.hpp"

#include <array>
#include <cassert>
#include <span>

namespace hotspots::data {

namespace {

// The words of each enum, in the order of its values.
template <class Enum>
struct Words;

template <>
struct Words<Source> {
    static constexpr std::array<std::string_view, 3> list{"police", "ed", "ambulance"};
};
template <>
struct Words<PlaceType> {
    static constexpr std::array<std::string_view, 4> list{"public", "private", "mixed", "unknown"};
};
template <>
struct Words<Domestic> {
    static constexpr std::array<std::string_view, 3> list{"yes", "no", "unknown"};
};
template <>
struct Words<Weapon> {
    static constexpr std::array<std::string_view, 6> list{"knife", "firearm", "blunt",
                                                          "other", "none",    "unknown"};
};
template <>
struct Words<GeocodeStatus> {
    static constexpr std::array<std::string_view, 5> list{"matched", "ambiguous", "area_only",
                                                          "outside", "unmatched"};
};
template <>
struct Words<GeocodeLevel> {
    static constexpr std::array<std::string_view, 9> list{"given",   "snapped",  "grid_ref",
                                                          "address", "junction", "street",
                                                          "poi",     "postcode", "place"};
};

template <class Enum>
std::string_view word(Enum value) {
    const auto index = static_cast<std::size_t>(value);
    assert(index < Words<Enum>::list.size());
    return Words<Enum>::list[index];
}

} // namespace

std::string_view to_text(Source value) {
    return word(value);
}
std::string_view to_text(PlaceType value) {
    return word(value);
}
std::string_view to_text(Domestic value) {
    return word(value);
}
std::string_view to_text(Weapon value) {
    return word(value);
}
std::string_view to_text(GeocodeStatus value) {
    return word(value);
}
std::string_view to_text(GeocodeLevel value) {
    return word(value);
}

template <class Enum>
std::span<const std::string_view> words() {
    return Words<Enum>::list;
}

template <class Enum>
std::optional<Enum> from_text(std::string_view text) {
    const auto& list = Words<Enum>::list;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (list[i] == text) {
            return static_cast<Enum>(i);
        }
    }
    return std::nullopt;
}

template std::span<const std::string_view> words<Source>();
template std::span<const std::string_view> words<PlaceType>();
template std::span<const std::string_view> words<Domestic>();
template std::span<const std::string_view> words<Weapon>();
template std::span<const std::string_view> words<GeocodeStatus>();
template std::span<const std::string_view> words<GeocodeLevel>();

template std::optional<Source> from_text(std::string_view text);
template std::optional<PlaceType> from_text(std::string_view text);
template std::optional<Domestic> from_text(std::string_view text);
template std::optional<Weapon> from_text(std::string_view text);
template std::optional<GeocodeStatus> from_text(std::string_view text);
template std::optional<GeocodeLevel> from_text(std::string_view text);

} // namespace hotspots::data
