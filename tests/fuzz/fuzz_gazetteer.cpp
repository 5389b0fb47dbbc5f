// A gazetteer made from any bytes and asked with any bytes: the first line is the question, each
// other one a name with its kind, in a row of places; every fourth has a line, every fifth is a
// ward.
#include "data/geocode/gazetteer.hpp"
#include "data/geocode/geocode.hpp"
#include "data/geocode/index.hpp"
#include "geo/crs.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using namespace hotspots;

constexpr std::size_t most_names = 200;

data::NamedPlace place(std::string_view name, std::size_t number) {
    data::NamedPlace made;
    made.name = std::string(name);
    made.kind = static_cast<data::PlaceKind>(number % 3);
    made.category = number % 2 == 0 ? "pub" : "";
    const double east = -1.2 + 0.0007 * static_cast<double>(number % 40);
    made.point = {east, 52.6 + 0.0004 * static_cast<double>(number / 40)};
    if (number % 4 == 0) {
        made.lines = {{made.point, {east + 0.01, 52.61}}, {}, {made.point}};
    }
    return made;
}

data::Ward ward(std::string_view name, std::size_t number) {
    const double west = -1.2 + 0.01 * static_cast<double>(number % 10);
    return {std::string(name),
            std::string(name),
            "",
            std::string(name.substr(name.size() / 2)),
            {{{{west, 52.6}, {west + 0.01, 52.6}, {west + 0.01, 52.65}, {west, 52.6}}, {}}},
            false};
}

bool is_sound(const data::Location& location) {
    const bool finite = !location.point || (std::isfinite(location.point->easting_m) &&
                                            std::isfinite(location.point->northing_m));
    return finite && location.score >= 0 && location.score <= 1 &&
           location.point.has_value() == location.level.has_value() &&
           location.point.has_value() == (location.status == data::GeocodeStatus::matched);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    std::string_view rest(reinterpret_cast<const char*>(bytes), size);
    const auto next_line = [&] {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const auto line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        return line;
    };
    const auto question = next_line();
    data::ReferenceData reference;
    for (std::size_t number = 0; !rest.empty() && number < most_names; ++number) {
        const auto name = next_line();
        if (number % 5 == 4) {
            reference.wards.push_back(ward(name, number));
        } else {
            reference.places.push_back(place(name, number));
            reference.postcodes.push_back({std::string(name), reference.places.back().point, ""});
        }
    }
    const data::Gazetteer gazetteer(reference);
    bool sound = is_sound(data::geocode_text(gazetteer, question));
    for (const auto& named : reference.places) {
        sound = sound && is_sound(data::geocode_text(gazetteer, named.name));
        sound = sound &&
                is_sound(data::geocode_text(gazetteer, named.name + " / " + std::string(question)));
    }
    const auto found = gazetteer.index().names.beginning_with(question, 10);
    if (!sound || found.size() > 10) {
        __builtin_trap();
    }
    return 0;
}
