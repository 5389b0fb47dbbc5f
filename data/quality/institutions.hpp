// Which places of the gazetteer people are brought to or report at: records there tell where the
// person was later, not where it happened.
#pragma once

#include "data/quality/stacks.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace hotspots::data {

// "hospital", "police", "prison", "court", "ambulance station", by the place's category and the
// words of its name. Empty for others, for streets ("Hospital Lane") and for hospitals of animals.
std::optional<std::string_view> institution_kind(const NamedPlace& place);

struct AtInstitution {
    std::uint32_t stack = 0; // index
    std::uint32_t place = 0; // index into Snapshot::places
    double distance_m = 0;
};

// Stacks of at least `least_stack` records within 50 m of an institution, each with the nearest. A
// stack that another name explains better is left out: one that stands within 10 m of it and nearer
// than the institution, or the street, junction, address or place that its texts name.
std::vector<AtInstitution> stacks_at_institutions(const Snapshot& snapshot, const Stacks& stacks);

} // namespace hotspots::data
