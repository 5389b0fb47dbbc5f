// The formats that items come in.
#pragma once

#include "service/negotiation.hpp"

#include <array>
#include <span>

namespace hotspots::service {

// GeoJSON first; `json` gives the same document under the media type that every JSON tool takes.
inline constexpr std::array<MediaFormat, 6> item_formats{
    {{"geojson", "application/geo+json"},
     {"json", "application/json"},
     {"html", html_media_type},
     {"csv", "text/csv; charset=utf-8"},
     {"gpkg", "application/geopackage+sqlite3"},
     {"fgb", "application/flatgeobuf"}}};

// Of a single item: no files.
inline constexpr std::span<const MediaFormat> single_item_formats{item_formats.data(), 3};

// A file of all features that match.
constexpr bool is_download(const MediaFormat& format) {
    return format.name == "csv" || format.name == "gpkg" || format.name == "fgb";
}

} // namespace hotspots::service
