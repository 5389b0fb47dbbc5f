// `release create | list | withdraw | show`: the frozen tables that panels see.
#include "data/errors.hpp"
#include "data/release/make_release.hpp"
#include "service/cli/command_audit.hpp"
#include "service/cli/commands.hpp"
#include "service/cli/progress.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <iostream>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

std::unique_ptr<data::IncidentStore> open_store_of_releases(const StoreOptions& options,
                                                            data::Access access) {
    if (!store_exists(options)) {
        throw data::StoreError("there is no store at " + store_uri(options));
    }
    return data::IncidentStore::open(store_uri(options), access);
}

[[noreturn]] void throw_no_release(std::int64_t number) {
    throw UsageError("there is no release " + std::to_string(number) +
                     "; 'release list' shows those that there are");
}

ordered_json line_of(const data::Release& release) {
    return {{"number", release.number},
            {"profile", release.profile},
            {"cells", release.report.cells},
            {"hidden", release.report.hidden},
            {"hidden_in_addition", release.report.hidden_in_addition},
            {"repeated", release.report.repeated},
            {"sha256", release.sha256}};
}

data::Release make_with_progress(const ReleaseOptions& options) {
    const auto open_to_read = [&] {
        return open_store_of_releases(options.store, data::Access::read);
    };
    const auto open_to_write = [&] {
        return open_store_of_releases(options.store, data::Access::write);
    };
    if (!store_exists(options.store)) {
        throw data::StoreError("there is no store at " + store_uri(options.store));
    }
    data::IncidentStore::open(store_uri(options.store), data::Access::write); // up to date
    const auto snapshot = data::load_snapshot(*open_to_read());
    ProgressBar bar(std::cerr, stderr_is_terminal(), ProgressBar::Clock::now(), "parts");
    return data::make_release(*snapshot, open_to_read, open_to_write, options.profile,
                              options.version, [&](double share) {
                                  const auto done = static_cast<std::uint64_t>(share * 1000);
                                  bar.show(done, 1000, static_cast<std::int64_t>(done));
                              });
}

} // namespace

int create_release_of_store(const ReleaseOptions& options) {
    CommandAudit audit(options.store, "release create", std::string(to_text(Action::disclosure)),
                       {{"scope", options.profile}});
    const auto release = make_with_progress(options);
    for (const auto& note : release.notes) {
        std::cerr << note << '\n';
    }
    const auto line = line_of(release);
    audit.done(std::nullopt, line.dump());
    std::cout << line.dump() << std::endl;
    return exit_done;
}

int list_releases(const ReleaseOptions& options) {
    const auto store = open_store_of_releases(options.store, data::Access::read);
    for (const auto& release : store->releases().all) {
        auto line = line_of(*release);
        line["created"] = data::format_utc(release->created);
        if (release->withdrawn) {
            line["withdrawn"] = data::format_utc(*release->withdrawn);
            line["reason"] = release->withdrawn_reason;
        }
        std::cout << line.dump() << '\n';
    }
    std::cout << std::flush;
    return exit_done;
}

int withdraw_release(const ReleaseOptions& options) {
    const auto store = open_store_of_releases(options.store, data::Access::write);
    const auto release = store->releases().find(options.number);
    if (!release) {
        throw_no_release(options.number);
    }
    if (release->withdrawn) {
        throw UsageError("release " + std::to_string(options.number) + " was withdrawn already");
    }
    const auto number = std::to_string(options.number);
    CommandAudit audit(options.store, "release withdraw", std::string(to_text(Action::alteration)),
                       {{"release", number}, {"reason", options.reason}});
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto change = store->begin();
    change->withdraw_release(options.number, options.reason, now);
    change->commit(false);
    audit.done(std::nullopt);
    std::cerr << "release " << number << " is withdrawn; what it said stays known\n";
    return exit_done;
}

int show_release(const ReleaseOptions& options) {
    const auto store = open_store_of_releases(options.store, data::Access::read);
    const auto release = store->releases().find(options.number);
    if (!release) {
        throw_no_release(options.number);
    }
    std::cout << release->document << std::flush;
    return exit_done;
}

} // namespace hotspots::service
