// Location texts of any bytes: parsed and looked up in a small gazetteer.
#include "data/geocode/gazetteer.hpp"
#include "data/geocode/geocode.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace {

const hotspots::data::Gazetteer& gazetteer() {
    static const auto made = [] {
        hotspots::data::ReferenceData reference;
        for (const char* name : {"Granby Street", "High Street", "St Mary's Road", "The Green"}) {
            hotspots::data::NamedPlace place;
            place.name = name;
            place.point = {-1.13, 52.63};
            reference.places.push_back(place);
        }
        reference.postcodes = {{"LE1 5YA", {-1.13, 52.63}, ""}};
        return hotspots::data::Gazetteer(reference);
    }();
    return made;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto location = hotspots::data::geocode_text(gazetteer(), text);
    if (location.score < 0 || location.score > 1 ||
        location.point.has_value() != location.level.has_value()) {
        __builtin_trap();
    }
    return 0;
}
