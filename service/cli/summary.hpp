// What a command tells a person, as text: counts, rejected rows, where records were found.
#pragma once

#include "data/ingest/import.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace hotspots::service {

// {"rows":…,"stored":…,"updated":…,"duplicate":…,"rejected":…}: the last line of `import`.
std::string counts_json(const data::ImportCounts& counts);

void print_import_summary(std::ostream& out, const data::ImportResult& result);
void print_reference_summary(std::ostream& out, const data::ReferenceResult& result);

// One line each, "file:line: field 'value': reason"; then how many are not shown.
void print_rejects(std::ostream& out, const std::vector<data::Reject>& first, std::int64_t all);

} // namespace hotspots::service
