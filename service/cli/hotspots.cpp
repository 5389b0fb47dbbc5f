// `hotspots`: the list that /collections/hotspots/items gives, into a file.
#include "data/errors.hpp"
#include "data/snapshot.hpp"
#include "service/app.hpp"
#include "service/cli/commands.hpp"
#include "service/cli/output_file.hpp"
#include "service/handlers/handlers.hpp"
#include "service/problem.hpp"

#include <iostream>

namespace hotspots::service {

int hotspots(const HotspotsOptions& options) {
    if (!options.out.ends_with(".geojson")) {
        throw UsageError("--out '" + options.out +
                         "' does not end in .geojson, the one format that is written as yet");
    }
    if (!store_exists(options.store)) {
        throw data::StoreError("there is no store at " + store_uri(options.store) +
                               "; import records first");
    }
    const auto store = data::IncidentStore::open(store_uri(options.store), data::Access::read);
    const auto snapshot = data::load_snapshot(*store);
    AppContext context;
    context.snapshot = [&] { return snapshot; };
    context.version = options.version;
    Request request;
    request.path = "/collections/hotspots/items";
    request.query = options.query;
    request.query.push_back({"limit", "10000"}); // all: a hotspot has at least 5 incidents
    try {
        const auto response = get_items(context, request, {{"c", "hotspots"}});
        OutputFile file(options.out);
        file.stream() << response.body_view();
        file.commit();
    } catch (const Problem& problem) {
        if (problem.status() == 400) {
            throw UsageError(problem.what());
        }
        throw;
    }
    std::cerr << options.out << " written, of revision " << snapshot->revision.number << '\n';
    return exit_done;
}

} // namespace hotspots::service
