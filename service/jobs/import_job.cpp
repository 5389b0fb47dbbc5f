#include "service/jobs/import_job.hpp"

#include "data/ingest/utf8.hpp"

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

namespace hotspots::service {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view half_made = ".new";
constexpr const char* about = "job.json";

void sync_path(const fs::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = file >= 0 && ::fsync(file) == 0;
    const int error = errno;
    if (file >= 0) {
        ::close(file);
    }
    if (!synced) {
        throw std::system_error(error, std::generic_category(), "cannot write " + path.string());
    }
}

std::string to_json(const ImportJob& job) {
    // A job that was at work when the process ended begins anew.
    const auto state = job.state == JobState::running ? JobState::queued : job.state;
    return nlohmann::json{{"id", job.id},
                          {"number", job.number},
                          {"file_name", job.upload.file_name},
                          {"format", job.upload.format},
                          {"source", job.upload.source},
                          {"mapping", job.upload.mapping},
                          {"caller", job.upload.caller},
                          {"received", job.received.time_since_epoch().count()},
                          {"state", to_text(state)},
                          {"error", job.error}}
        .dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
}

// Replaced whole or not at all.
void write_about(const fs::path& folder, const ImportJob& job) {
    const auto draft = folder / "job.json.new";
    std::ofstream file(draft, std::ios::binary);
    file << to_json(job) << '\n';
    file.close();
    if (!file) {
        throw std::system_error(EIO, std::generic_category(), "cannot write " + draft.string());
    }
    sync_path(draft);
    fs::rename(draft, folder / about);
    sync_path(folder);
}

// Empty for a folder that holds no job.
std::optional<ImportJob> read_job(const fs::path& folder) {
    std::ifstream file(folder / about, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object()) {
        return std::nullopt;
    }
    try {
        ImportJob job;
        job.id = json.at("id").get<std::string>();
        job.number = json.at("number").get<std::int64_t>();
        job.upload = {json.at("file_name").get<std::string>(), json.at("format").get<std::string>(),
                      json.at("source").get<std::string>(), json.at("mapping").get<std::string>(),
                      json.at("caller").get<std::string>()};
        job.received = data::Instant(std::chrono::seconds(json.at("received").get<std::int64_t>()));
        job.state = job_state_from_text(json.at("state").get<std::string>()).value();
        job.error = json.at("error").get<std::string>();
        return job;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "llr-hotspots: %s is left alone, it is no job of ours: %s\n",
                     folder.c_str(), error.what());
    }
    return std::nullopt;
}

} // namespace

fs::path job_file(const fs::path& folder, const ImportJob& job) {
    return folder / job.id / job.upload.file_name;
}

void write_job(const fs::path& folder, const ImportJob& job, const fs::path& file) {
    auto draft = folder / job.id;
    draft += half_made;
    try {
        fs::create_directories(draft);
        fs::permissions(draft, fs::perms::owner_all);
        fs::rename(file, draft / job.upload.file_name);
        sync_path(draft / job.upload.file_name);
        write_about(draft, job);
        fs::rename(draft, folder / job.id);
        sync_path(folder);
    } catch (...) {
        // On a full disk, say: the client is told that nothing was accepted, and room is needed.
        std::error_code left;
        fs::remove_all(draft, left);
        fs::remove_all(folder / job.id, left);
        throw;
    }
}

void write_job_state(const fs::path& folder, const ImportJob& job) {
    write_about(folder / job.id, job);
    if (job.state != JobState::queued && job.state != JobState::running) {
        fs::remove(job_file(folder, job));
    }
}

void remove_job(const fs::path& folder, const std::string& id) {
    fs::remove_all(folder / id);
}

std::vector<ImportJob> read_jobs(const fs::path& folder) {
    std::vector<ImportJob> jobs;
    std::error_code absent;
    for (const auto& entry : fs::directory_iterator(folder, absent)) {
        if (!entry.is_directory()) {
            continue;
        }
        if (entry.path().extension() == half_made) {
            fs::remove_all(entry.path());
        } else if (auto job = read_job(entry.path())) {
            jobs.push_back(std::move(*job));
        }
    }
    std::sort(jobs.begin(), jobs.end(),
              [](const ImportJob& a, const ImportJob& b) { return a.number < b.number; });
    return jobs;
}

std::string safe_file_name(std::string_view name) {
    constexpr std::size_t longest = 100;
    name.remove_prefix(std::min(name.size(), name.find_last_of("/\\") + 1));
    std::string safe;
    std::copy_if(name.begin(), name.end(), std::back_inserter(safe), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x20 && byte != 0x7F;
    });
    if (safe.size() > longest) { // the end tells what kind of file it is
        safe.erase(0, safe.size() - longest);
        const auto is_amid_character = [](char c) {
            return (static_cast<unsigned char>(c) & 0xC0U) == 0x80;
        };
        safe.erase(safe.begin(), std::find_if_not(safe.begin(), safe.end(), is_amid_character));
    }
    // job.json is text: what it could not hold would not be found again.
    while (const auto byte = data::first_invalid_utf8(safe)) {
        safe[*byte] = '_';
    }
    safe.erase(0, std::min(safe.size(), safe.find_first_not_of('.')));
    // Ours, in the same folder.
    return safe.empty() || safe.starts_with(about) ? "upload" : safe;
}

} // namespace hotspots::service
