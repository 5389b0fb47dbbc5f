#include "data/geocode/grid_square.hpp"

#include <string>

namespace hotspots::data {

std::optional<geo::BngPoint> grid_square(std::string_view letters) {
    // 25 letters without i, row by row from the north-west; false origin at square SV.
    const auto place = [](char c) { return c - 'a' - (c > 'i' ? 1 : 0); };
    if (letters.size() != 2 || letters[1] < 'a' || letters[1] > 'z' || letters[1] == 'i' ||
        (std::string_view("hnost").find(letters[0]) == std::string_view::npos)) {
        return std::nullopt;
    }
    const int major = place(letters[0]);
    const int minor = place(letters[1]);
    const int east = (major % 5 - 2) * 5 + minor % 5;
    const int north = (3 - major / 5) * 5 + 4 - minor / 5;
    // Squares without land are no references but words: "of 4304".
    constexpr std::string_view with_land =
        " hp ht hu hw hx hy hz na nb nc nd nf ng nh nj nk nl nm nn no nr ns nt nu nw nx ny nz ov "
        "sc "
        "sd se sh sj sk sm sn so sp sr ss st su sv sw sx sy sz ta tf tg tl tm tq tr tv ";
    if (with_land.find(' ' + std::string(letters) + ' ') == std::string_view::npos) {
        return std::nullopt;
    }
    return geo::BngPoint{east * 100'000.0, north * 100'000.0};
}

} // namespace hotspots::data
