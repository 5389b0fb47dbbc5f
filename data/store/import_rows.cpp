#include "data/store/id_ranges.hpp"
#include "data/store/rows.hpp"
#include "data/store/schema.hpp"

#include <algorithm>

namespace hotspots::data::store {

void write_import(Row& row, const ImportEntry& entry) {
    row.set(import_run::started, entry.started);
    row.set(import_run::files, entry.files);
    row.set(import_run::format, entry.format);
    row.set(import_run::rows, entry.counts.rows);
    row.set(import_run::stored, entry.counts.stored);
    row.set(import_run::updated, entry.counts.updated);
    row.set(import_run::duplicate, entry.counts.duplicate);
    row.set(import_run::rejected, entry.counts.rejected);
    row.set(import_run::crs_operation, entry.crs_operation);
    row.set(import_run::report, entry.report);
    row.set(import_run::upload, entry.upload);
    row.set(import_run::repeats, ranges_text(entry.repeats));
    row.set(import_run::undone, entry.undone);
    row.set(import_run::undone_by, entry.undone_by);
}

ImportEntry read_import(const Row& row) {
    const auto count = [&](std::size_t column) { return row.integer(column).value_or(0); };
    ImportEntry entry;
    entry.id = row.id();
    entry.started = row.time(import_run::started).value_or(Instant{});
    entry.files = row.text(import_run::files);
    entry.format = row.text(import_run::format);
    entry.counts = {count(import_run::rows), count(import_run::stored), count(import_run::updated),
                    count(import_run::duplicate), count(import_run::rejected)};
    entry.crs_operation = row.text(import_run::crs_operation);
    entry.report = row.text(import_run::report);
    entry.upload = row.text(import_run::upload);
    const auto repeats = ids_of_ranges(row.text(import_run::repeats));
    if (!repeats) {
        throw_damaged("imports", row, "repeats", row.text(import_run::repeats).substr(0, 200));
    }
    entry.repeats = *repeats;
    entry.undone = row.time(import_run::undone);
    entry.undone_by = row.text(import_run::undone_by);
    return entry;
}

std::vector<ImportEntry> read_imports(Table& imports) {
    std::vector<ImportEntry> all;
    imports.scan({}, {}, [&](const Row& row) { all.push_back(read_import(row)); });
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return all;
}

void write_reject(Row& row, std::int64_t import_id, const Reject& entry) {
    row.set(reject::import_id, import_id);
    row.set(reject::file, entry.file);
    row.set(reject::line, entry.line);
    row.set(reject::field, entry.field);
    row.set(reject::value, entry.value);
    row.set(reject::reason, entry.reason);
}

Reject read_reject(const Row& row) {
    Reject entry;
    entry.file = row.text(reject::file);
    entry.line = row.integer(reject::line).value_or(0);
    entry.field = row.text(reject::field);
    entry.value = row.text(reject::value);
    entry.reason = row.text(reject::reason);
    return entry;
}

} // namespace hotspots::data::store
