// Files -> store: reads rows, rejects bad ones with their line, finds repeats, geocodes, and writes
// everything in one transaction. Also loads reference data and geocodes again after it.
#pragma once

#include "data/incident_store.hpp"
#include "data/record.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hotspots::data {

enum class ImportFormat { automatic, vrn, police_uk, istv };

struct Mapping; // data/ingest/mapping.hpp

struct ImportRequest {
    std::vector<std::string> files; // CSV or GeoJSON, or a zip of such
    ImportFormat format = ImportFormat::automatic;
    std::optional<Source> source; // for rows that do not name one; police if absent
    // Another system's columns and words; then `format` is automatic.
    std::shared_ptr<const Mapping> mapping = {};
    std::string upload = {}; // ImportEntry::upload; then files are shown without their folders
};

// Called now and then with bytes read, bytes in all, and rows so far. What it throws ends the work,
// and the store stays as it was.
using Progress = std::function<void(std::uint64_t, std::uint64_t, std::int64_t)>;

struct ImportResult {
    ImportEntry entry;
    std::vector<Reject> first_rejects; // at most 20, for a person to look at
    Revision revision;
    bool changed = false; // false when every row was a repeat: the revision stays
};

// Throws InputError when a file as a whole cannot be read; the store then stays as it was.
ImportResult import_files(IncidentStore& store, const ImportRequest& request,
                          const Progress& progress = {});

struct UndoResult {
    ImportEntry entry;
    std::int64_t removed = 0;  // records that it alone had brought
    std::int64_t restored = 0; // records that say again what they said before it
    std::int64_t kept = 0;     // records that a later import said too: they are now that one's
    Revision revision;
};

// Takes an import back as a whole. Records that a later import changed stay as that one has them.
// People's decisions on records stay, should the records come again. Throws InputError for an
// import that is not there, undone already, or of a version that did not keep what it changed.
UndoResult undo_import(IncidentStore& store, std::int64_t import_id, const std::string& who);

enum class ReferenceKind { wards, streets, postcodes, places, osm, population };

struct ReferenceResult {
    std::int64_t rows = 0; // read from the file
    std::int64_t loaded = 0;
    std::int64_t rejected = 0;
    std::vector<Reject> first_rejects; // at most 20
    std::string note;                  // how the file was read, e.g. which column; may be empty
    std::int64_t relocated = 0;        // incidents whose location or ward changed
    Revision revision;
};

// Replaces what an earlier load of this kind left, and geocodes all incidents again except given
// and hand-set points (those only get their ward and inside/outside anew). Throws InputError.
ReferenceResult load_reference(IncidentStore& store, ReferenceKind kind, const std::string& file,
                               const Progress& progress = {});

} // namespace hotspots::data
