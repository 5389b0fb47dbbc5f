// A pyramid of tiles as one file, for a content delivery network or a laptop without one: the same
// tiles that HTTP answers, packed, with whose data it is and what it was made of.
#pragma once

#include "service/app.hpp"
#include "service/http/message.hpp"
#include "service/role.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::service {

inline constexpr int most_export_zoom = 16; // tiles hold no more detail beyond

struct TileExport {
    std::vector<std::string> collections; // each once; at least one
    // Analysis parameters and `filter`: each collection takes those that it knows.
    std::vector<QueryParameter> query;
    int min_zoom = 0;
    int max_zoom = 14;
    Role role = Role::inspector; // below it: wards and authorities, with what is published of them
    int threads = 2;
};

enum class ArchiveFormat : std::uint8_t { pmtiles, mbtiles };

struct TileArchive {
    std::string bytes;
    std::uint64_t tiles = 0;
};

// Told, by one thread at a time, how many tiles of all have been made.
using TileProgress = std::function<void(std::uint64_t done, std::uint64_t all)>;

// `snapshot` is one of what is published, or is taken as one without a release, where the role may
// not see records. Equal snapshots and exports give equal bytes. Throws Problem for parameters and
// collections that do not fit each other, the role or the data.
TileArchive export_tiles(const AppContext& context,
                         const std::shared_ptr<const data::Snapshot>& snapshot,
                         const TileExport& wanted, ArchiveFormat format,
                         const TileProgress& progress);

// Unpacks gzip as archives hold it. Throws std::runtime_error for bytes that are none.
std::string unpack_tile(std::string_view packed);

} // namespace hotspots::service
