// An import that came over HTTP: what was asked, and how far it is.
#pragma once

#include "data/moment.hpp"
#include "data/record.hpp"
#include "service/jobs/job_state.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::service {

struct UploadRequest {
    std::string file_name; // as the client calls it, without folders
    std::string format;    // of the command line's --format; empty for auto
    std::string source;    // empty if none was given
    std::string mapping;   // text of a mapping file; empty if none was given
    std::string caller;    // who sent it
};

struct ImportJob {
    std::string id;          // e.g. "uQm0xR…": never the number of an import in the store
    std::int64_t number = 0; // rising in the order they came: many may come in a second
    UploadRequest upload;
    data::Instant received{};
    JobState state = JobState::queued;
    std::string error;            // why it failed, or who cancelled it
    std::uint64_t bytes_done = 0; // read so far, unpacked
    std::uint64_t bytes_in_all = 0;
    std::int64_t rows = 0;                    // so far
    std::int64_t import_id = 0;               // in the store, once it is done
    std::optional<data::ImportCounts> counts; // likewise
};

// A job as a folder of its own, so that what was accepted outlives the process: the file under its
// name, and job.json. All throw std::filesystem::filesystem_error or std::system_error.

// Moves the file into a new folder of `folder`; when this returns, all of it is on the disk. Where
// it throws, nothing is left, the file neither.
void write_job(const std::filesystem::path& folder, const ImportJob& job,
               const std::filesystem::path& file);
// Writes its state and error, and for a job that is over removes its file.
void write_job_state(const std::filesystem::path& folder, const ImportJob& job);
void remove_job(const std::filesystem::path& folder, const std::string& id);
std::filesystem::path job_file(const std::filesystem::path& folder, const ImportJob& job);

// All jobs of `folder`, in the order they came; removes what was left half made.
std::vector<ImportJob> read_jobs(const std::filesystem::path& folder);

// The last part of a path as a client may give it, fit for a file's name: no separators, control
// characters or leading dots, UTF-8 of at most 100 bytes; "upload" where nothing is left.
std::string safe_file_name(std::string_view name);

} // namespace hotspots::service
