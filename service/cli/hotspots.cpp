// `hotspots`: what the service answers under the same parameters, into a file of one of four kinds.
#include "data/errors.hpp"
#include "data/snapshot.hpp"
#include "service/app.hpp"
#include "service/cli/command_audit.hpp"
#include "service/cli/commands.hpp"
#include "service/cli/output_file.hpp"
#include "service/density_tif.hpp"
#include "service/handlers/handlers.hpp"
#include "service/hotspot_files.hpp"
#include "service/problem.hpp"

#include <array>
#include <iostream>
#include <memory>
#include <string_view>

namespace hotspots::service {

namespace {

struct Job {
    AppContext context;
    std::shared_ptr<const data::Snapshot> snapshot;
    const std::vector<QueryParameter>& query;
    const std::string& out;
    const StoreOptions& store;
};

void write(const std::string& path, std::string_view bytes) {
    OutputFile file(path);
    file.stream() << bytes;
    file.commit();
}

// Once all is made and before any of it is written.
void note(const Job& job) {
    AuditParameters parameters{{"out", job.out}};
    for (const auto& [name, value] : job.query) {
        parameters.emplace_back(name, value);
    }
    note_export(job.store, "hotspots", std::move(parameters), std::nullopt);
}

// The list that /collections/hotspots/items gives.
void write_geojson(const Job& job) {
    Request request;
    request.path = "/collections/hotspots/items";
    request.query = job.query;
    request.query.push_back({"limit", "10000"}); // all: a hotspot has at least 5 incidents
    const auto answer = get_items(job.context, request, {{"c", "hotspots"}});
    note(job);
    write(job.out, answer.body_view());
}

void write_gpkg(const Job& job) {
    const auto file =
        hotspots_geopackage(job.context, job.snapshot, read_analysis(job.query, *job.snapshot, {}));
    note(job);
    write(job.out, file);
}

// The same bytes as /density.tif.
void write_tif(const Job& job) {
    const auto file =
        density_tif(job.context, *job.snapshot, read_surface(job.query, *job.snapshot, {}));
    note(job);
    write(job.out, file);
}

// The manifest first: there is never a table without it.
void write_csv(const Job& job) {
    const auto files =
        hotspots_csv(job.context, job.snapshot, read_analysis(job.query, *job.snapshot, {}));
    note(job);
    write(job.out + ".manifest.json", files.manifest);
    write(job.out, files.csv);
}

struct Format {
    std::string_view ending;
    void (*write)(const Job&);
};

constexpr std::array<Format, 4> formats{
    {{".geojson", write_geojson}, {".gpkg", write_gpkg}, {".tif", write_tif}, {".csv", write_csv}}};

const Format& format_of(const std::string& out) {
    for (const auto& format : formats) {
        if (out.ends_with(format.ending)) {
            return format;
        }
    }
    throw UsageError("--out '" + out +
                     "' names no format; it must end in .geojson, .gpkg, .tif or .csv");
}

} // namespace

int hotspots(const HotspotsOptions& options) {
    const auto& format = format_of(options.out);
    if (!store_exists(options.store)) {
        throw data::StoreError("there is no store at " + store_uri(options.store) +
                               "; import records first");
    }
    const auto store = data::IncidentStore::open(store_uri(options.store), data::Access::read);
    Job job{{}, data::load_snapshot(*store), options.query, options.out, options.store};
    job.context.snapshot = [snapshot = job.snapshot] { return snapshot; };
    job.context.version = options.version;
    try {
        format.write(job);
    } catch (const Problem& problem) {
        if (problem.status() == 400) {
            throw UsageError(problem.what());
        }
        throw;
    }
    std::cerr << options.out << " written, of revision " << job.snapshot->revision.number << '\n';
    return exit_done;
}

} // namespace hotspots::service
