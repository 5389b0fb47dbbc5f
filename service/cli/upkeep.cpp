// `purge` and `backup`: the end of retention, and copies of the store.
#include "data/errors.hpp"
#include "service/access/secrets.hpp"
#include "service/cli/command_audit.hpp"
#include "service/cli/commands.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <iostream>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

data::Instant read_first_kept_day(const std::string& text) {
    const auto moment = data::parse_moment(text);
    if (!moment || moment->precision != data::TimePrecision::day) {
        throw UsageError("--before '" + text +
                         "' is no day; give the first day that is kept, such as 2019-04-01");
    }
    return moment->begin;
}

std::unique_ptr<data::IncidentStore> open_present(const StoreOptions& options,
                                                  data::Access access) {
    if (!store_exists(options)) {
        throw data::StoreError("there is no store at " + store_uri(options));
    }
    return data::IncidentStore::open(store_uri(options), access);
}

} // namespace

int purge(const PurgeOptions& options) {
    const auto before = read_first_kept_day(options.before);
    const auto store = open_present(options.store, data::Access::write);
    CommandAudit audit(options.store, "purge", std::string(to_text(Action::erasure)),
                       {{"before", options.before}});
    auto change = store->begin();
    const auto purged = change->purge(before);
    const auto revision = change->commit(true);
    change.reset();
    const ordered_json counts{{"before", options.before},    {"incidents", purged.incidents},
                              {"versions", purged.versions}, {"reviews", purged.reviews},
                              {"rejects", purged.rejects},   {"kept", purged.kept},
                              {"undated", purged.undated},   {"rejects_kept", purged.rejects_kept},
                              {"revision", revision.number}};
    audit.done(static_cast<std::uint64_t>(purged.incidents), counts.dump());
    const bool scrubbed = store->scrub();
    std::cout << counts.dump() << std::endl;
    if (!scrubbed) {
        std::cerr << "deleted, but the store's log still holds some of it, as somebody reads the "
                     "store; run the same command again\n";
    }
    return scrubbed ? exit_done : exit_failed;
}

int backup(const BackupOptions& options) {
    const auto store = open_present(options.store, data::Access::read);
    if (std::filesystem::exists(options.file)) {
        throw UsageError("'" + options.file + "' exists; name a file that does not");
    }
    note_export(options.store, "backup", {{"out", options.file}},
                static_cast<std::uint64_t>(store->incident_ids().size()));
    store->copy_to(options.file);
    const auto copy = data::IncidentStore::open(options.file, data::Access::read);
    const ordered_json made{{"file", options.file},
                            {"revision", copy->revision().number},
                            {"incidents", copy->incident_ids().size()},
                            {"bytes", std::filesystem::file_size(options.file)}};
    std::cout << made.dump() << std::endl;
    return exit_done;
}

} // namespace hotspots::service
