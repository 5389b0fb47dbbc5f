// Text or coordinates -> where. The one entrance to geocoding: imports, `llr-hotspots geocode` and
// HTTP all call it. Pure: the same gazetteer and text give the same answer on any thread.
#pragma once

#include "data/record.hpp"

#include <string_view>

namespace hotspots::data {

class Gazetteer;

// What the text alone says, by a person's alias for the whole text first. Never throws on any
// bytes; bounded time (texts beyond 1,000 bytes are read to there).
Location geocode_text(const Gazetteer& gazetteer, std::string_view text);

// Given coordinates first (level `given`, or `snapped`), then the text. A point outside the study
// area (the union of wards) gets status `outside`; without wards loaded nothing is outside.
Location locate(const Gazetteer& gazetteer, const RawRecord& record);

} // namespace hotspots::data
