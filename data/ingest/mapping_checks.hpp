// What a mapping may say of each column of format vrn, and whether its members fit together.
#pragma once

#include "data/ingest/mapping.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace hotspots::data {

bool is_time_column(std::string_view column); // known_by is one
bool is_number_column(std::string_view column);
bool may_be_constant(std::string_view column);
bool may_have_words(std::string_view column); // in Mapping::values

// What stands between joined columns where the mapping does not say.
std::string_view default_separator(std::string_view column);

// What is wrong between the members, naming them and what would be right; empty if nothing is.
std::optional<std::string> fault_of(const Mapping& mapping);

} // namespace hotspots::data
