// Imports that came over HTTP, one after the other on a thread of their own. What was accepted is
// on the disk: a service that is stopped or killed goes on with it when it starts again.
#pragma once

#include "data/ingest/import.hpp"
#include "service/jobs/import_job.hpp"

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace hotspots::service {

class ImportJobs {
public:
    // Takes up the jobs that lie in `folder`. `published` is called, on the jobs' thread, with each
    // new revision before its job is told to be done.
    // `over`, where there is one, is called with each job that has come to its end, before that can
    // be seen; on any thread.
    ImportJobs(std::filesystem::path folder, std::string store_uri,
               std::function<void(const data::Revision&)> published,
               std::function<void(const ImportJob&)> over = nullptr);
    // Gives an import under way up, to be begun again at the next start.
    ~ImportJobs();
    ImportJobs(const ImportJobs&) = delete;
    ImportJobs& operator=(const ImportJobs&) = delete;

    // Takes the file over. Once it returns, the job survives the process. Throws
    // std::system_error. Returns the job's id.
    std::string add(const std::filesystem::path& file, UploadRequest upload);

    // Jobs that are not over, and those that were over lately; oldest first.
    std::vector<ImportJob> list() const;
    std::optional<ImportJob> find(const std::string& id) const;

    // Has the job end without a trace in the store, and waits for it: its state is then cancelled,
    // or, where it was over first, what it is. Empty if there is no such job.
    std::optional<ImportJob> cancel(const std::string& id, const std::string& who);

private:
    // What a job was asked never changes; the rest of it is changed, under the lock, by the worker
    // alone, or by the one who cancels it before it is begun.
    struct Entry {
        ImportJob job;
        std::string cancelled_by; // not empty: to be cancelled
    };

    void work();
    Entry* next_queued();
    void run(Entry& entry);
    data::ImportResult import(const ImportJob& job, Entry& entry);
    void check_cancelled(const Entry& entry) const;
    void finish(Entry& entry, JobState state, std::string error);
    void forget_old();
    Entry* find_entry(const std::string& id);

    const std::filesystem::path m_folder;
    const std::string m_store_uri;
    const std::function<void(const data::Revision&)> m_published;
    const std::function<void(const ImportJob&)> m_over;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::list<Entry> m_entries;     // in the order they came
    std::int64_t m_last_number = 0; // of a job
    bool m_stopping = false;
    std::thread m_worker; // last: uses all of the above
};

} // namespace hotspots::service
