#include "data/reference/osm_tags.hpp"

#include <algorithm>
#include <array>

namespace hotspots::data {
namespace {

struct PlaceRank {
    std::string_view value;
    double radius_m;
};

// Typical half extents; the real one is used where the place is mapped as an area.
constexpr auto place_ranks = std::to_array<PlaceRank>({
    {"city", 5000},
    {"town", 2000},
    {"suburb", 1000},
    {"village", 600},
    {"neighbourhood", 400},
    {"hamlet", 250},
    {"isolated_dwelling", 100},
});

struct SiteKey {
    const char* key;
    std::string_view values; // separated by spaces, one at each end
};

constexpr auto site_keys = std::to_array<SiteKey>({
    {"amenity", " pub bar nightclub restaurant cafe fast_food cinema theatre school college "
                "university kindergarten hospital clinic police fire_station library parking fuel "
                "bus_station community_centre social_centre social_club place_of_worship "
                "marketplace townhall "},
    {"railway", " station halt "},
    {"leisure", " park recreation_ground sports_centre stadium playground common "},
    {"shop", " mall supermarket convenience department_store "},
    {"tourism", " hotel museum attraction caravan_site "},
    {"club", " social sport "},
    {"highway", " bus_stop services "},
});

std::string quoted(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            result += '\\';
        }
        result += c;
    }
    return result + '"';
}

} // namespace

std::string hstore_value(std::string_view hstore, std::string_view key) {
    const std::string start = quoted(key) + "=>\"";
    std::size_t at = hstore.find(start);
    if (at == std::string_view::npos || (at > 0 && hstore[at - 1] != ',')) {
        return "";
    }
    std::string value;
    for (at += start.size(); at < hstore.size() && hstore[at] != '"'; ++at) {
        if (hstore[at] == '\\' && at + 1 < hstore.size()) {
            ++at;
        }
        value += hstore[at];
    }
    return value;
}

bool is_street(std::string_view highway) {
    constexpr auto others = std::to_array<std::string_view>(
        {"", "bus_stop", "platform", "proposed", "construction", "raceway", "elevator", "razed"});
    return std::find(others.begin(), others.end(), highway) == others.end();
}

std::optional<OsmSite> site_of(const std::function<std::string(const char*)>& tag) {
    const std::string place = tag("place");
    const auto* rank = std::find_if(place_ranks.begin(), place_ranks.end(),
                                    [&](const PlaceRank& r) { return r.value == place; });
    if (rank != place_ranks.end()) {
        return OsmSite{PlaceKind::place, place, rank->radius_m};
    }
    for (const auto& site : site_keys) {
        const std::string value = tag(site.key);
        if (!value.empty() && site.values.find(' ' + value + ' ') != std::string_view::npos) {
            return OsmSite{PlaceKind::poi, value, std::nullopt};
        }
    }
    return std::nullopt;
}

} // namespace hotspots::data
