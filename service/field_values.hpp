// Property values of features as files for tables and GIS tools hold them.
#pragma once

#include "data/export/geopackage.hpp"
#include "tiles/feature.hpp"

#include <string>
#include <string_view>

namespace hotspots::service {

// Lists become one text, joined by ", ".
data::FieldValue to_field(const tiles::Value& value);

// The property of that name; null where the feature has none.
data::FieldValue field_of(const tiles::Feature& feature, std::string_view name);

// As a field of CSV: nothing for null, a text so that no spreadsheet takes it for a formula.
void append_csv_value(std::string& line, const data::FieldValue& value);

} // namespace hotspots::service
