// `import` and `reference`: files into the store.
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

} // namespace

int import(const ImportOptions& options) {
    const auto store = data::IncidentStore::open(store_uri(options.store), data::Access::write);
    const data::ImportRequest request{options.files, options.format, options.source};
    const auto result = [&] {
        ProgressBar bar(std::cerr, stderr_is_terminal());
        return data::import_files(*store, request, shown_by(bar));
    }();
    print_import_summary(std::cerr, result);
    std::cout << counts_json(result.entry.counts) << std::endl;
    return result.entry.counts.rejected > 0 ? exit_rejects : exit_done;
}

int reference(const ReferenceOptions& options) {
    const auto store = data::IncidentStore::open(store_uri(options.store), data::Access::write);
    const auto result = [&] {
        ProgressBar bar(std::cerr, stderr_is_terminal());
        return data::load_reference(*store, options.kind, options.file, shown_by(bar));
    }();
    print_reference_summary(std::cerr, result);
    return result.rejected > 0 ? exit_rejects : exit_done;
}

} // namespace hotspots::service
