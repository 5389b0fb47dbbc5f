// The words of texts unlike the labelled ones.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace hotspots::tests {

// Before a street, without a house number.
const std::vector<std::string>& openings();
// After a street, or after its area.
const std::vector<std::string>& remarks();
// What systems append: log numbers, beats, postcodes' gaps.
const std::vector<std::string>& trailing_codes();
// Texts without any place that could be mapped.
const std::vector<std::string>& no_places();
// Towns elsewhere, and small places elsewhere that no list holds.
const std::vector<std::string>& towns_elsewhere();
const std::vector<std::string>& villages_elsewhere();
// Names that streets of other towns have.
const std::vector<std::string>& unknown_stems();

} // namespace hotspots::tests
