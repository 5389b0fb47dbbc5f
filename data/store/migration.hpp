// Stores of earlier versions of this program: brought up to date by the first who opens them to
// write.
#pragma once

#include "data/store/database.hpp"

#include <string>

namespace hotspots::data::store {

// The property that holds the number of the last import that version 1 made: what those changed and
// repeated was not kept, so that they cannot be taken back.
inline constexpr const char* last_import_without_versions = "last_import_without_versions";

// Throws StoreError, saying what to do, for a store of another version.
void check_version(Database& database);
void write_version(Table& properties);

// Brings the store up to schema_version in one transaction; a store that is up to date is left as
// it is. Precondition: the writer's lock is held. Throws StoreError.
void migrate(const std::string& path);

} // namespace hotspots::data::store
