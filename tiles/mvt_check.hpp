// Whether bytes are a vector tile as MVT 2.1 demands, and as strict as this program's own are.
// Written apart from the encoders, for tests and for `tiles check`.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::tiles {

enum class MvtStrictness {
    // What the specification says MUST or MUST NOT be, of version 1 and 2 layers alike.
    specification,
    // And: version 2, extent 4096, no layer without features, nothing beyond the buffer; keys,
    // values and ids that stand once and are used; polygons that are valid for GEOS.
    own
};

struct MvtReport {
    std::string fault; // the first that was found, naming its place; empty for a valid tile
    std::map<std::string, std::uint64_t> features; // by layer, as far as was read
};

// Never throws for what is in the bytes; time and memory are bounded by their number.
MvtReport check_mvt(std::string_view tile, MvtStrictness strictness);

// The same of a feature's geometry alone: `type` 1 point, 2 line, 3 polygon, `codes` its commands.
// Throws WireFault.
void check_mvt_geometry(std::uint32_t type, const std::vector<std::uint32_t>& codes,
                        MvtStrictness strictness);

} // namespace hotspots::tiles
