// `import` and `reference`: files into the store.
#include "data/ingest/mapping.hpp"
#include "service/cli/command_audit.hpp"
#include "service/cli/commands.hpp"
#include "service/cli/progress.hpp"
#include "service/cli/summary.hpp"

#include <iostream>

namespace hotspots::service {

namespace {

data::Progress shown_by(ProgressBar& bar) {
    return [&bar](std::uint64_t done, std::uint64_t all, std::int64_t rows) {
        bar.show(done, all, rows);
    };
}

data::ImportRequest read_request(const ImportOptions& options) {
    data::ImportRequest request{options.files, options.format, options.source};
    if (options.mapping.empty()) {
        return request;
    }
    request.mapping = data::read_mapping(options.mapping);
    const auto& said = request.mapping->source;
    if (said && options.source && *said != *options.source) {
        throw UsageError("--source " + std::string(data::to_text(*options.source)) + ": " +
                         options.mapping + " says that its source is " +
                         std::string(data::to_text(*said)) + "; leave one of them out");
    }
    return request;
}

AuditParameters parameters_of(const ImportOptions& options) {
    AuditParameters parameters;
    for (const auto& file : options.files) {
        parameters.emplace_back("file", file);
    }
    if (!options.mapping.empty()) {
        parameters.emplace_back("mapping", options.mapping);
    }
    return parameters;
}

std::uint64_t changed_rows(const data::ImportCounts& counts) {
    return static_cast<std::uint64_t>(counts.stored + counts.updated);
}

} // namespace

int import(const ImportOptions& options) {
    const auto request = read_request(options);
    const auto store = data::IncidentStore::open(store_uri(options.store), data::Access::write);
    CommandAudit audit(options.store, "import", "collection", parameters_of(options));
    const auto result = [&] {
        ProgressBar bar(std::cerr, stderr_is_terminal());
        return data::import_files(*store, request, shown_by(bar));
    }();
    audit.done(changed_rows(result.entry.counts), counts_json(result.entry.counts));
    print_import_summary(std::cerr, result);
    std::cout << counts_json(result.entry.counts) << std::endl;
    return result.entry.counts.rejected > 0 ? exit_rejects : exit_done;
}

int reference(const ReferenceOptions& options) {
    const auto store = data::IncidentStore::open(store_uri(options.store), data::Access::write);
    CommandAudit audit(options.store, "reference", "alteration", {{"file", options.file}});
    const auto result = [&] {
        ProgressBar bar(std::cerr, stderr_is_terminal());
        return data::load_reference(*store, options.kind, options.file, shown_by(bar));
    }();
    audit.done(std::nullopt);
    print_reference_summary(std::cerr, result);
    return result.rejected > 0 ? exit_rejects : exit_done;
}

} // namespace hotspots::service
