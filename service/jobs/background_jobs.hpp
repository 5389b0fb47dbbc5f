// Computations that take too long for a request: one after the other on a thread that gives way to
// those that answer requests. A computation is known by its key, so that all who ask for the same
// thing wait for the same work; it ends where nobody waits any more and nobody was told where to
// find it. Nothing of it outlives the process: it can be computed again.
#pragma once

#include "service/jobs/job_state.hpp"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace hotspots::service {

struct BackgroundJob {
    std::string id;    // the same for the same key
    std::string title; // for people
    std::string url;   // of the request that gives the result: path and query
    JobState state = JobState::queued;
    double progress = 0;                       // 0..1
    std::shared_ptr<const std::string> result; // body of the answer, once done
    std::string error;                         // why it failed
};

class BackgroundJobs {
public:
    // Told, from any thread, what share of the work is done (0..1). Throws, to be let through, when
    // the work is to end; geo::stop_if_asked() does, too.
    using Progress = std::function<void(double share)>;
    using Compute = std::function<std::string(const Progress&)>;

    // At most `most_waiting` computations wait; the results of the `most_kept` that ended last are
    // kept.
    explicit BackgroundJobs(std::size_t most_waiting = 16, std::size_t most_kept = 32);
    // Ends the one that runs; the others are dropped.
    ~BackgroundJobs();
    BackgroundJobs(const BackgroundJobs&) = delete;
    BackgroundJobs& operator=(const BackgroundJobs&) = delete;

    // The job of this key; where there is none, or it failed or was cancelled, a new one with
    // `compute`. Empty if too many wait already. Never waits.
    std::optional<BackgroundJob> start(const std::string& key, std::string title, std::string url,
                                       Compute compute);

    struct Awaited {
        BackgroundJob job;
        // Null where the job goes on anyway. Not to outlive the jobs.
        std::shared_ptr<const void> wanted;
    };
    // The same for who waits: the job is cancelled once nobody has its `wanted` any more, unless
    // it is kept. Whoever asks then has it started again.
    std::optional<Awaited> await(const std::string& key, std::string title, std::string url,
                                 Compute compute);
    // Lets a job go on though nobody waits for it, as somebody will come for its result.
    void keep(const std::string& id);

    std::optional<BackgroundJob> find(const std::string& id) const;
    std::vector<BackgroundJob> list() const; // oldest first
    // Its state is then cancelled, or, where it was over first, what it is. Empty if there is none.
    std::optional<BackgroundJob> cancel(const std::string& id);

    static std::string id_of(const std::string& key);

private:
    struct Entry {
        BackgroundJob job;
        Compute compute;
        Compute again; // once what is cancelled has ended; empty for not at all
        std::stop_source stop;
        bool cancelled = false;
        bool kept = false;
        std::weak_ptr<const void> wanted;
        std::uint64_t wanted_number = 0; // tells `wanted` from earlier ones
    };
    using Entries = std::list<Entry>;

    Entry* find_or_add(const std::string& key, std::string title, std::string url, Compute compute);
    std::shared_ptr<const void> want(Entry& entry);
    void unwanted(const std::string& id, std::uint64_t number);
    void ask_to_end(Entry& entry);
    void work();
    void run(Entry& entry);
    void tell(Entry& entry, double share);
    void forget_old();
    Entries::iterator find_entry(const std::string& id);

    const std::size_t m_most_waiting;
    const std::size_t m_most_kept;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    Entries m_entries; // in the order they came
    std::uint64_t m_next_number = 1;
    bool m_stopping = false;
    std::thread m_worker; // last: uses all of the above
};

} // namespace hotspots::service
