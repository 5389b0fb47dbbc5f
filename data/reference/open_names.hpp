// OS Open Names, CSV as published: 34 columns in British National Grid, without a header or with
// the one that comes beside it (Ordnance Survey, 'OS Open Names product guide and technical
// specification').
#pragma once

#include "data/reference/readers.hpp"
#include "data/reference/table_file.hpp"

namespace hotspots::data {

// By the number of columns, and grid coordinates or their names where they must be.
bool is_open_names(const TableFile& table);

// Roads ("Named Road", "Section Of Named Road", "Numbered Road") for kind street; for the others
// populated places and named sites ("Hospital", "Railway Station" …). Rows of other types are
// counted alone. `radius_m` is half of the larger side of the feature's box, where it is given.
// Precondition: is_open_names(), and neither use_header() nor use_columns() was called.
ReferenceRows<NamedPlace> read_open_names(TableFile& table, PlaceKind kind);

// The rows of local type "Postcode". Precondition likewise.
ReferenceRows<Postcode> read_open_names_postcodes(TableFile& table);

} // namespace hotspots::data
