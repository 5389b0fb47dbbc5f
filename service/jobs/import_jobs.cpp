#include "service/jobs/import_jobs.hpp"

#include "data/errors.hpp"
#include "data/ingest/mapping.hpp"
#include "service/access/secrets.hpp"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <map>

namespace hotspots::service {

namespace {

using namespace std::chrono_literals;

constexpr std::ptrdiff_t most_remembered = 200; // jobs that are over
constexpr std::size_t id_characters = 22;       // of 6 bits each

struct Cancelled {
    std::string by;
};
struct Stopped {};

bool is_over(const ImportJob& job) {
    return job.state != JobState::queued && job.state != JobState::running;
}

void tell(const std::string& id, const std::exception& failure) {
    std::fprintf(stderr, "llr-hotspots: import %s: %s\n", id.c_str(), failure.what());
}

data::ImportRequest request_of(const std::filesystem::path& folder, const ImportJob& job) {
    static const std::map<std::string, data::ImportFormat, std::less<>> formats{
        {"", data::ImportFormat::automatic}, {"auto", data::ImportFormat::automatic},
        {"vrn", data::ImportFormat::vrn},    {"police-uk", data::ImportFormat::police_uk},
        {"istv", data::ImportFormat::istv},
    };
    data::ImportRequest request;
    request.files = {job_file(folder, job).string()};
    request.format = formats.at(job.upload.format);
    request.source = data::from_text<data::Source>(job.upload.source);
    if (!job.upload.mapping.empty()) {
        request.mapping = std::make_shared<const data::Mapping>(
            data::parse_mapping(job.upload.mapping, "the mapping"));
    }
    request.upload = job.id;
    return request;
}

// Where the service keeps its files is nobody's business.
std::string without_folder(std::string message, const std::filesystem::path& folder) {
    if (folder.empty()) {
        return message;
    }
    const auto prefix = folder.string() + "/";
    for (auto at = message.find(prefix); at != message.npos; at = message.find(prefix)) {
        message.erase(at, prefix.size());
    }
    return message;
}

} // namespace

ImportJobs::ImportJobs(std::filesystem::path folder, std::string store_uri,
                       std::function<void(const data::Revision&)> published,
                       std::function<void(const ImportJob&)> over)
    : m_folder(std::move(folder)), m_store_uri(std::move(store_uri)),
      m_published(std::move(published)), m_over(std::move(over)) {
    for (auto& job : read_jobs(m_folder)) {
        m_last_number = job.number;
        m_entries.push_back({std::move(job), {}});
    }
    m_worker = std::thread([this] { work(); });
}

ImportJobs::~ImportJobs() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_all();
    m_worker.join();
}

std::string ImportJobs::add(const std::filesystem::path& file, UploadRequest upload) {
    ImportJob job;
    job.id = "u" + random_key().substr(0, id_characters);
    job.upload = std::move(upload);
    job.upload.file_name = safe_file_name(job.upload.file_name);
    job.received = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    {
        const std::lock_guard lock(m_mutex);
        job.number = ++m_last_number;
    }
    write_job(m_folder, job, file);
    const auto id = job.id;
    {
        const std::lock_guard lock(m_mutex);
        m_entries.push_back({std::move(job), {}});
    }
    m_changed.notify_all();
    forget_old();
    return id;
}

std::vector<ImportJob> ImportJobs::list() const {
    const std::lock_guard lock(m_mutex);
    std::vector<ImportJob> jobs;
    for (const auto& entry : m_entries) {
        jobs.push_back(entry.job);
    }
    return jobs;
}

ImportJobs::Entry* ImportJobs::find_entry(const std::string& id) {
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](const Entry& entry) { return entry.job.id == id; });
    return found == m_entries.end() ? nullptr : &*found;
}

std::optional<ImportJob> ImportJobs::find(const std::string& id) const {
    const std::lock_guard lock(m_mutex);
    for (const auto& entry : m_entries) {
        if (entry.job.id == id) {
            return entry.job;
        }
    }
    return std::nullopt;
}

std::optional<ImportJob> ImportJobs::cancel(const std::string& id, const std::string& who) {
    std::unique_lock lock(m_mutex);
    auto* entry = find_entry(id);
    if (!entry) {
        return std::nullopt;
    }
    if (!is_over(entry->job) && entry->cancelled_by.empty()) {
        entry->cancelled_by = who.empty() ? "somebody" : who;
        if (entry->job.state == JobState::queued) { // the worker leaves it alone from now on
            lock.unlock();
            finish(*entry, JobState::cancelled, "cancelled by " + entry->cancelled_by);
            lock.lock();
        }
    }
    // The entry may be forgotten while this waits, once it is over.
    m_changed.wait(lock, [&] {
        entry = find_entry(id);
        return m_stopping || !entry || is_over(entry->job);
    });
    return entry ? std::optional(entry->job) : std::nullopt;
}

// Jobs that are over are kept to be asked about; the oldest of too many go, folder and all.
void ImportJobs::forget_old() {
    std::vector<std::string> forgotten;
    {
        const std::lock_guard lock(m_mutex);
        auto over = std::count_if(m_entries.begin(), m_entries.end(),
                                  [](const Entry& entry) { return is_over(entry.job); });
        m_entries.remove_if([&](const Entry& entry) {
            if (!is_over(entry.job) || over <= most_remembered) {
                return false;
            }
            --over;
            forgotten.push_back(entry.job.id);
            return true;
        });
    }
    for (const auto& id : forgotten) {
        try {
            remove_job(m_folder, id);
        } catch (const std::exception& failure) {
            tell(id, failure);
        }
    }
}

ImportJobs::Entry* ImportJobs::next_queued() {
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [](const Entry& entry) {
        return entry.job.state == JobState::queued && entry.cancelled_by.empty();
    });
    return found == m_entries.end() ? nullptr : &*found;
}

void ImportJobs::work() {
    std::unique_lock lock(m_mutex);
    while (true) {
        Entry* entry = nullptr;
        m_changed.wait(lock, [&] {
            entry = next_queued();
            return m_stopping || entry;
        });
        if (m_stopping) {
            return;
        }
        entry->job.state = JobState::running;
        lock.unlock();
        run(*entry); // only this thread ends a job, and only jobs that are over are forgotten
        lock.lock();
    }
}

void ImportJobs::check_cancelled(const Entry& entry) const {
    const std::lock_guard lock(m_mutex);
    if (m_stopping) {
        throw Stopped();
    }
    if (!entry.cancelled_by.empty()) {
        throw Cancelled{entry.cancelled_by};
    }
}

void ImportJobs::run(Entry& entry) {
    try {
        const auto result = import(entry.job, entry);
        {
            const std::lock_guard lock(m_mutex);
            entry.job.import_id = result.entry.id;
            entry.job.counts = result.entry.counts;
        }
        finish(entry, JobState::done, {});
    } catch (const Stopped&) {
        // It stays queued on the disk.
    } catch (const Cancelled& cancelled) {
        finish(entry, JobState::cancelled, "cancelled by " + cancelled.by);
    } catch (const std::exception& error) {
        const auto store_folder = std::filesystem::path(m_store_uri).parent_path();
        finish(entry, JobState::failed,
               without_folder(without_folder(error.what(), m_folder / entry.job.id), store_folder));
    }
}

data::ImportResult ImportJobs::import(const ImportJob& job, Entry& entry) {
    std::unique_ptr<data::IncidentStore> store;
    while (!store) {
        check_cancelled(entry);
        try {
            store = data::IncidentStore::open(m_store_uri, data::Access::write, 500ms);
        } catch (const data::StoreBusy&) {
            // Another process is writing: its import ends some time.
        }
    }
    for (const auto& known : store->imports()) {
        if (known.upload == job.id) { // killed after it was done, before that was taken down
            return {known, {}, store->revision(), false};
        }
    }
    auto result = data::import_files(*store, request_of(m_folder, job),
                                     [&](std::uint64_t done, std::uint64_t all, std::int64_t rows) {
                                         check_cancelled(entry);
                                         const std::lock_guard lock(m_mutex);
                                         entry.job.bytes_done = done;
                                         entry.job.bytes_in_all = all;
                                         entry.job.rows = rows;
                                     });
    store.reset();
    m_published(result.revision);
    return result;
}

// On the disk first and without the lock, which streams of events take on I/O threads. A state that
// cannot be written down is no reason to keep a client waiting.
void ImportJobs::finish(Entry& entry, JobState state, std::string error) {
    auto job = entry.job;
    job.state = state;
    job.error = std::move(error);
    job.upload.mapping.clear(); // it may be long, and nobody needs it any more
    try {
        if (state == JobState::done) {
            remove_job(m_folder, job.id); // the store has it
        } else {
            write_job_state(m_folder, job);
        }
    } catch (const std::exception& failure) {
        tell(job.id, failure);
    }
    if (m_over) {
        m_over(job);
    }
    {
        const std::lock_guard lock(m_mutex);
        entry.job = std::move(job);
    }
    m_changed.notify_all();
}

} // namespace hotspots::service
