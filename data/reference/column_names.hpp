// Finds a column by what it means, whatever the publisher and year call it: ONS names carry a year
// (WD25CD, WD23NM, LAD24CD), some files none (LADCD).
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::data {

using NamePatterns = std::vector<std::string_view>;

// Index of the first pattern that a name fits, without regard to ASCII case. `##` in a pattern
// stands for the two figures of a year, or for nothing; of several years the latest is taken.
std::optional<std::size_t> find_column(std::span<const std::string> names,
                                       const NamePatterns& patterns);

// "a, b, c", for messages.
std::string list_names(std::span<const std::string> names);

inline const NamePatterns ward_code_columns = {"wd##cd", "ward_code", "ward code", "wardcode",
                                               "ward 20## code"};
inline const NamePatterns ward_name_columns = {"wd##nm", "ward_name", "ward name", "ward",
                                               "ward 20## name"};
inline const NamePatterns authority_code_columns = {"lad##cd", "authority_code", "lad_code"};
inline const NamePatterns authority_name_columns = {"lad##nm", "authority_name", "authority",
                                                    "lad_name"};
inline const NamePatterns longitude_columns = {"lon", "longitude", "long", "lng"};
inline const NamePatterns latitude_columns = {"lat", "latitude"};
inline const NamePatterns easting_columns = {"easting", "eastings", "oseast1m", "x"};
inline const NamePatterns northing_columns = {"northing", "northings", "osnrth1m", "y"};

} // namespace hotspots::data
