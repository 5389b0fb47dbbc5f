// CASEI of CQL2: texts that differ in case alone become equal.
#pragma once

#include <string>
#include <string_view>

namespace hotspots::service::filter {

// Unicode's full case folding, which does not depend on a language: 'Straße' and 'STRASSE' become
// 'strasse'. Bytes that are not UTF-8 stay.
std::string fold_case(std::string_view text);

} // namespace hotspots::service::filter
