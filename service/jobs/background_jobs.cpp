#include "service/jobs/background_jobs.hpp"

#include "geo/stop.hpp"
#include "service/digest.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <utility>

namespace hotspots::service {

namespace {

struct Ended {}; // the work is no longer wanted

bool is_over(JobState state) {
    return state != JobState::queued && state != JobState::running;
}

// On Linux niceness is a thread's own, and its threads inherit it.
void give_way() {
    constexpr int background_niceness = 10;
    if (setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), background_niceness) != 0) {
        std::perror("llr-hotspots: background work does not give way to requests");
    }
}

} // namespace

BackgroundJobs::BackgroundJobs(std::size_t most_waiting, std::size_t most_kept)
    : m_most_waiting(most_waiting), m_most_kept(most_kept), m_worker([this] { work(); }) {}

BackgroundJobs::~BackgroundJobs() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        for (auto& entry : m_entries) {
            entry.stop.request_stop();
        }
    }
    m_changed.notify_all();
    m_worker.join();
}

std::string BackgroundJobs::id_of(const std::string& key) {
    return digest(key);
}

// Null if too many wait already. Precondition: the lock.
BackgroundJobs::Entry* BackgroundJobs::find_or_add(const std::string& key, std::string title,
                                                   std::string url, Compute compute) {
    const auto id = id_of(key);
    if (const auto found = find_entry(id); found != m_entries.end()) {
        if (found->job.state != JobState::failed && found->job.state != JobState::cancelled) {
            if (found->cancelled && !is_over(found->job.state)) {
                found->again = std::move(compute);
            }
            return &*found;
        }
        m_entries.erase(found);
    }
    const auto waiting = std::count_if(m_entries.begin(), m_entries.end(), [](const Entry& entry) {
        return entry.job.state == JobState::queued;
    });
    if (static_cast<std::size_t>(waiting) >= m_most_waiting) {
        return nullptr;
    }
    auto& entry = m_entries.emplace_back();
    entry.job.id = id;
    entry.job.title = std::move(title);
    entry.job.url = std::move(url);
    entry.compute = std::move(compute);
    m_changed.notify_all();
    return &entry;
}

std::optional<BackgroundJob> BackgroundJobs::start(const std::string& key, std::string title,
                                                   std::string url, Compute compute) {
    const std::lock_guard lock(m_mutex);
    auto* const entry = find_or_add(key, std::move(title), std::move(url), std::move(compute));
    if (!entry) {
        return std::nullopt;
    }
    entry->kept = true;
    return entry->job;
}

std::optional<BackgroundJobs::Awaited>
BackgroundJobs::await(const std::string& key, std::string title, std::string url, Compute compute) {
    const std::lock_guard lock(m_mutex);
    auto* const entry = find_or_add(key, std::move(title), std::move(url), std::move(compute));
    if (!entry) {
        return std::nullopt;
    }
    return Awaited{entry->job, want(*entry)};
}

std::shared_ptr<const void> BackgroundJobs::want(Entry& entry) {
    if (entry.kept || is_over(entry.job.state)) {
        return nullptr;
    }
    auto wanted = entry.wanted.lock();
    if (!wanted) {
        entry.wanted_number = m_next_number++;
        wanted = std::shared_ptr<const void>(
            &entry, [this, id = entry.job.id, number = entry.wanted_number](const void*) {
                unwanted(id, number);
            });
        entry.wanted = wanted;
    }
    return wanted;
}

void BackgroundJobs::keep(const std::string& id) {
    const std::lock_guard lock(m_mutex);
    if (const auto found = find_entry(id); found != m_entries.end()) {
        found->kept = true;
    }
}

void BackgroundJobs::unwanted(const std::string& id, std::uint64_t number) {
    const std::lock_guard lock(m_mutex);
    const auto found = find_entry(id);
    if (found != m_entries.end() && found->wanted_number == number && !found->kept) {
        ask_to_end(*found);
        m_changed.notify_all();
    }
}

// Precondition: the lock.
void BackgroundJobs::ask_to_end(Entry& entry) {
    entry.again = nullptr;
    if (entry.job.state == JobState::queued) {
        entry.job.state = JobState::cancelled;
        entry.compute = nullptr; // with the snapshot that it holds
    }
    entry.cancelled = true;
    entry.stop.request_stop();
}

std::optional<BackgroundJob> BackgroundJobs::find(const std::string& id) const {
    const std::lock_guard lock(m_mutex);
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](const Entry& entry) { return entry.job.id == id; });
    return found == m_entries.end() ? std::nullopt : std::optional(found->job);
}

std::vector<BackgroundJob> BackgroundJobs::list() const {
    const std::lock_guard lock(m_mutex);
    std::vector<BackgroundJob> jobs;
    for (const auto& entry : m_entries) {
        jobs.push_back(entry.job);
    }
    return jobs;
}

std::optional<BackgroundJob> BackgroundJobs::cancel(const std::string& id) {
    std::unique_lock lock(m_mutex);
    auto found = find_entry(id);
    if (found == m_entries.end()) {
        return std::nullopt;
    }
    ask_to_end(*found);
    // Looked up anew each time: once it is over it may be forgotten, or started again.
    std::optional<BackgroundJob> job;
    m_changed.wait(lock, [&] {
        found = find_entry(id);
        job = found == m_entries.end() ? std::nullopt : std::optional(found->job);
        return !job || is_over(job->state) || !found->cancelled;
    });
    return job;
}

BackgroundJobs::Entries::iterator BackgroundJobs::find_entry(const std::string& id) {
    return std::find_if(m_entries.begin(), m_entries.end(),
                        [&](const Entry& entry) { return entry.job.id == id; });
}

void BackgroundJobs::work() {
    give_way();
    std::unique_lock lock(m_mutex);
    while (true) {
        auto next = m_entries.end();
        m_changed.wait(lock, [&] {
            next = std::find_if(m_entries.begin(), m_entries.end(), [](const Entry& entry) {
                return entry.job.state == JobState::queued;
            });
            return m_stopping || next != m_entries.end();
        });
        if (m_stopping) {
            return;
        }
        next->job.state = JobState::running;
        lock.unlock();
        run(*next); // an entry that runs is never erased
        lock.lock();
        forget_old();
        m_changed.notify_all();
    }
}

void BackgroundJobs::run(Entry& entry) {
    std::shared_ptr<const std::string> result;
    std::string error;
    auto state = JobState::done;
    try {
        const geo::StopScope scope(entry.stop.get_token());
        result = std::make_shared<const std::string>(
            entry.compute([&](double share) { tell(entry, share); }));
    } catch (const Ended&) {
        state = JobState::cancelled;
    } catch (const geo::Stopped&) {
        state = JobState::cancelled;
    } catch (const std::exception& failure) {
        state = JobState::failed;
        error = failure.what();
        std::fprintf(stderr, "llr-hotspots: %s (%s): %s\n", entry.job.title.c_str(),
                     entry.job.url.c_str(), failure.what());
    }
    entry.compute = nullptr; // with the snapshot that it holds
    const std::lock_guard lock(m_mutex);
    if (state == JobState::cancelled && entry.again) {
        entry.compute = std::exchange(entry.again, nullptr);
        entry.stop = std::stop_source();
        entry.cancelled = false;
        entry.job.progress = 0;
        entry.job.state = JobState::queued;
        return;
    }
    entry.again = nullptr;
    entry.job.result = std::move(result);
    entry.job.error = std::move(error);
    entry.job.progress = state == JobState::done ? 1 : entry.job.progress;
    entry.job.state = state;
}

void BackgroundJobs::tell(Entry& entry, double share) {
    const std::lock_guard lock(m_mutex);
    if (entry.cancelled || m_stopping) {
        throw Ended();
    }
    entry.job.progress = std::clamp(share, entry.job.progress, 1.0);
}

void BackgroundJobs::forget_old() {
    auto over = static_cast<std::size_t>(
        std::count_if(m_entries.begin(), m_entries.end(),
                      [](const Entry& entry) { return is_over(entry.job.state); }));
    for (auto entry = m_entries.begin(); over > m_most_kept;) {
        if (is_over(entry->job.state)) {
            entry = m_entries.erase(entry);
            --over;
        } else {
            ++entry;
        }
    }
}

} // namespace hotspots::service
