// `tiles export`: the pyramid into a file that appears whole, with its checksum beside it.
#include "data/errors.hpp"
#include "data/published_snapshot.hpp"
#include "data/release/release.hpp"
#include "service/access/secrets.hpp"
#include "service/cli/command_audit.hpp"
#include "service/cli/commands.hpp"
#include "service/cli/output_file.hpp"
#include "service/cli/progress.hpp"
#include "service/problem.hpp"
#include "service/tile_export.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <set>

namespace hotspots::service {

namespace {

ArchiveFormat archive_format(const std::string& out) {
    if (out.ends_with(".pmtiles")) {
        return ArchiveFormat::pmtiles;
    }
    if (out.ends_with(".mbtiles")) {
        return ArchiveFormat::mbtiles;
    }
    throw UsageError("--out '" + out + "' names no format; it must end in .pmtiles or .mbtiles");
}

void check_collections(const std::vector<std::string>& collections) {
    std::set<std::string> seen;
    for (const auto& name : collections) {
        if (!seen.insert(name).second) {
            throw UsageError("--collections names " + name + " twice");
        }
    }
}

TileArchive make_archive(const TilesExportOptions& options, ArchiveFormat format,
                         const std::shared_ptr<const data::Snapshot>& snapshot) {
    AppContext context;
    context.snapshot = [snapshot] { return snapshot; };
    context.version = options.version;
    ProgressBar bar(std::cerr, stderr_is_terminal(), ProgressBar::Clock::now(), "tiles");
    try {
        return export_tiles(context, snapshot, options.wanted, format,
                            [&](std::uint64_t done, std::uint64_t all) {
                                bar.show(done, all, static_cast<std::int64_t>(done));
                            });
    } catch (const Problem& problem) {
        if (problem.status() == 400) {
            throw UsageError(problem.what());
        }
        throw;
    }
}

std::string listed(const std::vector<std::string>& names) {
    std::string list;
    for (const auto& name : names) {
        list.append(list.empty() ? "" : ",").append(name);
    }
    return list;
}

// The checksum in the form that `sha256sum --check` reads.
void write_file(const std::string& path, const std::string& bytes, const std::string& checksum) {
    OutputFile file(path);
    file.stream() << bytes;
    OutputFile beside(path + ".sha256");
    beside.stream() << checksum << "  " << std::filesystem::path(path).filename().string() << '\n';
    file.commit();
    beside.commit();
}

} // namespace

int export_tiles_to_file(const TilesExportOptions& options) {
    const auto format = archive_format(options.out);
    check_collections(options.wanted.collections);
    if (!store_exists(options.store)) {
        throw data::StoreError("there is no store at " + store_uri(options.store) +
                               "; import records first");
    }
    const auto store = data::IncidentStore::open(store_uri(options.store), data::Access::read);
    const auto live = data::load_snapshot(*store);
    const auto role = options.wanted.role;
    const auto snapshot =
        role >= Role::inspector
            ? live
            : data::published_snapshot(*live,
                                       role == Role::panel ? store->releases().latest() : nullptr);
    const auto archive = make_archive(options, format, snapshot);
    const auto checksum = to_hex(sha256(archive.bytes));
    note_export(options.store, "tiles export",
                {{"out", options.out}, {"collections", listed(options.wanted.collections)}},
                std::nullopt);
    write_file(options.out, archive.bytes, checksum);
    std::cout << "{\"tiles\":" << archive.tiles << ",\"bytes\":" << archive.bytes.size()
              << ",\"sha256\":\"" << checksum << "\"}\n";
    std::cerr << options.out << " written, of revision " << snapshot->revision.number << '\n';
    return exit_done;
}

} // namespace hotspots::service
