// The published JSON of a release, and what the store keeps beside it; to bytes and back.
#pragma once

#include "data/release/create_release.hpp"
#include "data/release/release.hpp"

#include <string>
#include <string_view>

namespace hotspots::data {

// Everything but `created`, `withdrawn…`, `notes`, `document` and `sha256`: the same release, the
// same bytes.
std::string write_release(const Release& release);
// Throws DataError for what write_release() did not write.
Release read_release(const std::string& document);

// Counts and notes: never published.
std::string write_working(const CountedRelease& release);
void read_working(std::string_view text, CountedRelease& release); // throws DataError

} // namespace hotspots::data
