#include "data/ingest/import.hpp"

#include "data/errors.hpp"
#include "data/ingest/identity_index.hpp"
#include "data/ingest/import_report.hpp"
#include "data/ingest/locate_incidents.hpp"
#include "data/ingest/record_reader.hpp"
#include "data/ingest/vsi_file.hpp"

#include <algorithm>
#include <filesystem>

namespace hotspots::data {

namespace {

constexpr std::int64_t batch_rows = 8192;
constexpr std::uint64_t batch_bytes = std::uint64_t{16} << 20; // of input: bounds memory
constexpr std::size_t shown_rejects = 20;

Instant now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

// As people know it: an uploaded file lies in a folder that is nobody's business.
std::string shown_name(const ImportRequest& request, const std::string& name) {
    const auto folder = std::filesystem::path(request.files.front()).parent_path().string() + "/";
    const bool hides = !request.upload.empty() && name.starts_with(folder);
    return hides ? name.substr(folder.size()) : name;
}

std::string one_a_line(const ImportRequest& request) {
    std::string text;
    for (const auto& file : request.files) {
        text += (text.empty() ? "" : "\n") + shown_name(request, file);
    }
    return text;
}

InputListing list_inputs(const ImportRequest& request) {
    if (request.files.empty()) {
        throw InputError(
            "no file to import; expected at least one CSV or GeoJSON file, or zip of such");
    }
    InputListing all;
    for (const auto& file : request.files) {
        auto listing = list_input(file, TableKinds::csv_and_json);
        std::move(listing.tables.begin(), listing.tables.end(), std::back_inserter(all.tables));
        std::move(listing.left_out.begin(), listing.left_out.end(),
                  std::back_inserter(all.left_out));
    }
    for (auto& table : all.tables) {
        table.name = shown_name(request, table.name);
    }
    for (auto& name : all.left_out) {
        name = shown_name(request, name);
    }
    return all;
}

// One import under way: everything it writes is in one transaction, which it alone commits.
class Import {
public:
    Import(IncidentStore& store, const ImportRequest& request, const Progress& progress);
    ImportResult run();

private:
    void read_table(const InputFile& table);
    void take_record(RawRecord record);
    void take_reject(const Reject& reject);
    void write_batch();
    void report_progress(std::uint64_t bytes_of_table) const;
    ImportResult finish();

    const ImportRequest& m_request;
    const Progress& m_progress;
    InputListing m_inputs;
    std::uint64_t m_bytes_in_all = 0;
    std::uint64_t m_bytes_before = 0; // of the tables read already
    KnownPlaces m_places;
    Locator m_locator;
    IdentityIndex m_index;
    ImportReport m_report;
    ImportResult m_result;
    std::unique_ptr<StoreTransaction> m_transaction;
    // Records to be written, and what is known of each, in the order of the rows.
    std::vector<Incident> m_batch;
    std::vector<IdentityIndex::Entry*> m_batch_entries;
};

Import::Import(IncidentStore& store, const ImportRequest& request, const Progress& progress)
    : m_request(request), m_progress(progress), m_inputs(list_inputs(request)),
      m_places(read_known_places(store)), m_locator(m_places.gazetteer, m_places.decisions),
      m_index(store.keys()), m_report(scope_profiles()), m_transaction(store.begin()) {
    for (const auto& table : m_inputs.tables) {
        m_bytes_in_all += table.bytes;
    }
    m_report.add_left_out(m_inputs.left_out);
    auto& entry = m_result.entry;
    entry.started = now();
    entry.upload = request.upload;
    entry.files = one_a_line(request);
    const auto& operation = geo::crs_operation();
    entry.crs_operation = operation.name;
    entry.id = m_transaction->add_import(entry);
}

ImportResult Import::run() {
    for (const auto& table : m_inputs.tables) {
        read_table(table);
        m_bytes_before += table.bytes;
    }
    return finish();
}

void Import::read_table(const InputFile& table) {
    std::optional<VsiFile> file;
    const auto open = [&]() -> ByteSource {
        file.emplace(table);
        return [&file](std::span<char> block) { return file->read(block); };
    };
    RecordReader reader(
        open, table.name,
        {m_request.format, m_request.source.value_or(Source::police), m_request.mapping});
    const ImportCounts before = m_result.entry.counts;
    std::uint64_t written_bytes = 0;
    while (auto row = reader.next()) {
        ++m_result.entry.counts.rows;
        if (auto* record = std::get_if<RawRecord>(&*row)) {
            take_record(std::move(*record));
        } else {
            take_reject(std::get<Reject>(*row));
        }
        const bool is_many = m_result.entry.counts.rows % batch_rows == 0;
        if (is_many || file->bytes_read() - written_bytes >= batch_bytes) {
            written_bytes = file->bytes_read();
            write_batch();
            report_progress(written_bytes);
        }
    }
    write_batch();
    report_progress(table.bytes);
    const auto& counts = m_result.entry.counts;
    m_report.add_table({table.name, std::string(reader.format()), counts.rows - before.rows,
                        counts.rejected - before.rejected, reader.unmapped_columns(),
                        reader.unmapped_words()});
}

void Import::take_record(RawRecord record) {
    auto& counts = m_result.entry.counts;
    const auto seen = m_index.see(record);
    if (seen.verdict == IdentityIndex::Verdict::repeat) {
        ++counts.duplicate;
        if (!seen.entry->is_own) {
            m_result.entry.repeats.push_back(seen.entry->id);
        }
        return;
    }
    ++(seen.verdict == IdentityIndex::Verdict::fresh ? counts.stored : counts.updated);
    Incident incident;
    incident.import_id = m_result.entry.id;
    incident.record = std::move(record);
    m_batch.push_back(std::move(incident));
    m_batch_entries.push_back(seen.entry);
}

void Import::take_reject(const Reject& reject) {
    ++m_result.entry.counts.rejected;
    m_transaction->add_reject(m_result.entry.id, reject);
    if (m_result.first_rejects.size() < shown_rejects) {
        m_result.first_rejects.push_back(reject);
    }
}

void Import::write_batch() {
    m_locator.locate(m_batch);
    for (std::size_t i = 0; i < m_batch.size(); ++i) {
        auto& incident = m_batch[i];
        auto& entry = *m_batch_entries[i];
        // A record that occurs twice in one import has its number from the first time on.
        if (entry.id == 0) {
            entry.id = m_transaction->insert(incident);
        } else {
            incident.id = entry.id;
            m_transaction->update(incident);
        }
        m_report.add(incident);
    }
    m_batch.clear();
    m_batch_entries.clear();
}

void Import::report_progress(std::uint64_t bytes_of_table) const {
    if (m_progress) {
        m_progress(m_bytes_before + bytes_of_table, m_bytes_in_all, m_result.entry.counts.rows);
    }
}

ImportResult Import::finish() {
    auto& entry = m_result.entry;
    std::sort(entry.repeats.begin(), entry.repeats.end());
    entry.repeats.erase(std::unique(entry.repeats.begin(), entry.repeats.end()),
                        entry.repeats.end());
    entry.format = m_report.formats();
    entry.report = m_report.to_json(geo::crs_operation());
    m_transaction->finish_import(entry);
    m_result.changed = entry.counts.stored + entry.counts.updated > 0;
    m_result.revision = m_transaction->commit(m_result.changed);
    return std::move(m_result);
}

} // namespace

ImportResult import_files(IncidentStore& store, const ImportRequest& request,
                          const Progress& progress) {
    return Import(store, request, progress).run();
}

} // namespace hotspots::data
