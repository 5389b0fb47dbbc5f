#include "data/release/make_release.hpp"

#include <chrono>

namespace hotspots::data {

namespace {

void keep_release(IncidentStore& store, CountedRelease& made) {
    made.release.created =
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto change = store.begin();
    change->add_release(made, made.release.created);
    change->commit(false);
}

} // namespace

Release make_release(const Snapshot& snapshot, const OpenStore& open_to_read,
                     const OpenStore& open_to_write, const std::string& profile,
                     const std::string& version, const ReleaseProgress& progress) {
    const auto earlier = open_to_read()->counted_releases();
    auto made = create_release(snapshot, profile.empty() ? snapshot.default_scope : profile,
                               earlier, version, progress);
    keep_release(*open_to_write(), made);
    return std::move(made.release);
}

Release make_release(IncidentStore& store, const std::string& version,
                     const ReleaseProgress& progress) {
    const auto snapshot = load_snapshot(store);
    auto made = create_release(*snapshot, snapshot->default_scope, store.counted_releases(),
                               version, progress);
    keep_release(store, made);
    return std::move(made.release);
}

} // namespace hotspots::data
