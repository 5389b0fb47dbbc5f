// Releases to and from their rows. A document is written once and never again.
#include "data/errors.hpp"
#include "data/release/document.hpp"
#include "data/store/rows.hpp"
#include "data/store/state.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace hotspots::data {

using namespace store;

namespace {

void count_release_change(Table& properties) {
    const auto text = read_property(properties, name_of(Part::releases)).value_or("0");
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number); // what is damaged starts anew
    write_property(properties, name_of(Part::releases), std::to_string(number + 1));
}

CountedRelease read_release_row(const Row& row) {
    CountedRelease entry;
    const std::string document(row.text(release_row::document));
    try {
        entry.release = read_release(document);
        read_working(row.text(release_row::working), entry);
    } catch (const DataError& error) {
        throw StoreError("table 'releases', row " + std::to_string(row.id()) + ": " + error.what() +
                         "; the store is damaged");
    }
    auto& release = entry.release;
    if (release.sha256 != row.text(release_row::sha256) ||
        release.number != row.integer(release_row::number)) {
        throw StoreError("table 'releases', row " + std::to_string(row.id()) +
                         ": the document is not the one that was published; the store is damaged");
    }
    release.created = row.time(release_row::created).value_or(Instant{});
    release.withdrawn = row.time(release_row::withdrawn);
    release.withdrawn_reason = row.text(release_row::withdrawn_reason);
    return entry;
}

std::vector<CountedRelease> read_all_releases(Table& releases) {
    std::vector<CountedRelease> all;
    releases.scan({}, {}, [&](const Row& row) { all.push_back(read_release_row(row)); });
    std::sort(all.begin(), all.end(),
              [](const auto& a, const auto& b) { return a.release.number < b.release.number; });
    return all;
}

} // namespace

void StoreTransaction::add_release(const CountedRelease& entry, Instant created) {
    auto& releases = m_state->table(tables::releases);
    std::int64_t newest = 0;
    constexpr std::size_t number_only[] = {release_row::number};
    releases.scan({}, number_only, [&](const Row& row) {
        newest = std::max(newest, row.integer(release_row::number).value_or(0));
    });
    const auto& release = entry.release;
    if (release.number != newest + 1) {
        throw StoreError("release " + std::to_string(release.number) +
                         ": another was made meanwhile, the newest is " + std::to_string(newest) +
                         "; make it again");
    }
    auto row = releases.new_row();
    row.set(release_row::number, release.number);
    row.set(release_row::created, created);
    row.set(release_row::profile, release.profile);
    row.set(release_row::document, release.document);
    row.set(release_row::sha256, release.sha256);
    row.set(release_row::working, write_working(entry));
    releases.insert(row);
    count_release_change(m_state->table(tables::properties));
}

bool StoreTransaction::withdraw_release(std::int64_t number, const std::string& reason,
                                        Instant when) {
    auto& releases = m_state->table(tables::releases);
    std::optional<std::int64_t> id;
    releases.scan("number = " + std::to_string(number), {}, [&](const Row& row) {
        if (!row.time(release_row::withdrawn)) {
            id = row.id();
        }
    });
    if (!id) {
        return false;
    }
    auto row = releases.get(*id);
    row.set(release_row::withdrawn, when);
    row.set(release_row::withdrawn_reason, reason);
    releases.update(row);
    count_release_change(m_state->table(tables::properties));
    return true;
}

Releases IncidentStore::releases() {
    Releases all;
    for (auto& entry : read_all_releases(m_state->table(tables::releases))) {
        all.all.push_back(std::make_shared<const Release>(std::move(entry.release)));
    }
    return all;
}

std::vector<CountedRelease> IncidentStore::counted_releases() {
    return read_all_releases(m_state->table(tables::releases));
}

} // namespace hotspots::data
