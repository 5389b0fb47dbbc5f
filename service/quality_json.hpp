// Data quality as JSON: of any selection of records, and of one import's.
#pragma once

#include "data/quality/report.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>

namespace hotspots::data {
struct Snapshot;
}

namespace hotspots::service {

// records, mapped, outside, hit_rate, below_gate, default_point_share, statuses, levels, groupings,
// dependence, traps. Shares are 0..1, of what their name or the folder's README says; null where
// there is nothing to take them of.
nlohmann::ordered_json to_json(const data::QualityReport& report);

// The same of the records that the import last wrote: all zero for an import that is not known.
nlohmann::ordered_json quality_of_import(const data::Snapshot& snapshot, std::int64_t import_id);

} // namespace hotspots::service
