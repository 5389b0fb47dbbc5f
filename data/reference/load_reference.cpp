#include "data/errors.hpp"
#include "data/ingest/import.hpp"
#include "data/ingest/locate_incidents.hpp"
#include "data/reference/osm.hpp"
#include "data/reference/readers.hpp"

#include <algorithm>
#include <filesystem>

namespace hotspots::data {

namespace {

constexpr std::size_t batch_size = 8192;

using Write = std::function<void(StoreTransaction&)>;

// What is to be written, with `result` telling of the reading. An empty file must not empty the
// store.
template <class Entry>
Write take(ReferenceResult& result, ReferenceRows<Entry> rows, const std::string& file,
           void (*write)(StoreTransaction&, const std::vector<Entry>&)) {
    result.rows = rows.rows;
    result.loaded = static_cast<std::int64_t>(rows.entries.size());
    result.rejected = rows.rejected;
    result.first_rejects = std::move(rows.first_rejects);
    result.note = std::move(rows.note);
    if (rows.entries.empty()) {
        const auto why = result.first_rejects.empty()
                             ? std::string("it has none")
                             : "line " + std::to_string(result.first_rejects.front().line) + ": " +
                                   result.first_rejects.front().reason;
        throw InputError(file + ": no row could be used: " + why);
    }
    return [entries = std::move(rows.entries), write](StoreTransaction& transaction) {
        write(transaction, entries);
    };
}

ReferenceRows<NamedPlace> read_osm_rows(const std::string& file) {
    ReferenceRows<NamedPlace> rows;
    rows.entries = read_osm(file);
    rows.rows = static_cast<std::int64_t>(rows.entries.size());
    return rows;
}

Write read(ReferenceResult& result, ReferenceKind kind, const std::string& file) {
    switch (kind) {
    case ReferenceKind::wards:
        return take<Ward>(result, read_wards(file), file,
                          [](auto& store, const auto& rows) { store.replace_wards(rows); });
    case ReferenceKind::streets:
        return take<NamedPlace>(
            result, read_places(file, PlaceKind::street), file,
            [](auto& store, const auto& rows) { store.replace_places("streets", rows); });
    case ReferenceKind::places:
        return take<NamedPlace>(
            result, read_places(file, PlaceKind::place), file,
            [](auto& store, const auto& rows) { store.replace_places("places", rows); });
    case ReferenceKind::osm:
        return take<NamedPlace>(
            result, read_osm_rows(file), file,
            [](auto& store, const auto& rows) { store.replace_places("osm", rows); });
    case ReferenceKind::postcodes:
        return take<Postcode>(result, read_postcodes(file), file,
                              [](auto& store, const auto& rows) { store.replace_postcodes(rows); });
    case ReferenceKind::population:
        break;
    }
    return take<WardPopulation>(
        result, read_population(file), file,
        [](auto& store, const auto& rows) { store.replace_population(rows); });
}

// Geocodes every incident with what the store now knows. Returns how many came to lie elsewhere.
std::int64_t relocate(IncidentStore& store, StoreTransaction& transaction) {
    const auto before = store.incidents();
    if (before.empty()) {
        return 0;
    }
    const auto known = read_known_places(store);
    std::int64_t relocated = 0;
    for (std::size_t first = 0; first < before.size(); first += batch_size) {
        const auto batch =
            std::span(before).subspan(first, std::min(batch_size, before.size() - first));
        std::vector<Incident> after(batch.begin(), batch.end());
        locate_incidents(known.gazetteer, known.decisions, after);
        for (std::size_t i = 0; i < after.size(); ++i) {
            if (after[i].location != batch[i].location ||
                after[i].ward_code != batch[i].ward_code) {
                transaction.relocate(after[i].id, after[i].location, after[i].ward_code);
                ++relocated;
            }
        }
    }
    return relocated;
}

} // namespace

ReferenceResult load_reference(IncidentStore& store, ReferenceKind kind, const std::string& file,
                               const Progress& progress) {
    ReferenceResult result;
    const auto write = read(result, kind, file);
    if (progress) {
        std::error_code none;
        const auto bytes = std::filesystem::file_size(file, none);
        progress(none ? 0 : bytes, none ? 0 : bytes, result.rows);
    }
    const auto transaction = store.begin();
    write(*transaction);
    if (kind != ReferenceKind::population) {
        result.relocated = relocate(store, *transaction);
    }
    result.revision = transaction->commit(true);
    return result;
}

} // namespace hotspots::data
