// An import as it is known: by the store once it is done, and as a job where it came over HTTP.
#pragma once

#include "data/incident_store.hpp"
#include "service/jobs/import_job.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <vector>

namespace hotspots::service {

struct AppContext;

struct ImportView {
    std::string id; // as in /imports/{id}: the job's, else the number in the store
    std::optional<ImportJob> job;
    std::optional<data::ImportEntry> entry;
};

// Newest first: jobs that are not done, then the store's.
std::vector<ImportView> all_imports(const AppContext& context, data::IncidentStore& store);

// Throws Problem 404. An import over HTTP is found by both of its names.
ImportView find_import(const AppContext& context, data::IncidentStore& store,
                       const std::string& id);

// "queued", "running", "done", "failed", "cancelled" or "undone".
std::string_view state_of(const ImportView& view);

// id, import_id, state, files, format, rows, stored, updated, duplicate, rejected, progress, error,
// started, undone, undone_by, links. Null where it does not apply (yet).
nlohmann::ordered_json to_json(const ImportView& view);

} // namespace hotspots::service
