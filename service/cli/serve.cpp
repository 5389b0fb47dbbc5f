// `serve`: the store, followed; the handlers; the server, until it is told to stop.
#include "data/demo/demo.hpp"
#include "data/errors.hpp"
#include "service/access/caller.hpp"
#include "service/app.hpp"
#include "service/cli/commands.hpp"
#include "service/cli/listen.hpp"
#include "service/http/server.hpp"
#include "service/http/spooled_file.hpp"
#include "service/jobs/background_jobs.hpp"
#include "service/jobs/import_jobs.hpp"
#include "service/problem.hpp"
#include "service/publisher.hpp"
#include "service/router.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <thread>

namespace hotspots::service {

namespace {

// An absent store is made, so that there is one to follow, and one of an earlier version brought up
// to date; any other is not touched.
void make_store(const StoreOptions& options) {
    const auto uri = store_uri(options);
    if (!store_exists(options)) {
        data::IncidentStore::open(uri, data::Access::write);
        std::cerr << uri << " made; it is empty\n";
        return;
    }
    try {
        data::IncidentStore::open(uri, data::Access::read);
    } catch (const data::StoreOutdated&) {
        data::IncidentStore::open(uri, data::Access::write);
        std::cerr << uri << " brought up to date with this version\n";
    }
}

// Fills an empty store; one that holds the demo already is left as it is, any other is refused.
void make_demo(const StoreOptions& options) {
    const auto uri = store_uri(options);
    const auto store = data::IncidentStore::open(uri, data::Access::write);
    if (store->property("demo")) {
        return;
    }
    const auto reference = store->reference();
    if (!store->keys().empty() || !reference.wards.empty() || !reference.places.empty() ||
        !reference.postcodes.empty()) {
        throw UsageError("--demo: " + uri +
                         " holds data that is not the demo's; name an empty folder with --data, or "
                         "leave --demo out");
    }
    std::cerr << "filling " << uri << " with the demo\n";
    data::fill_with_demo(*store);
}

ServerOptions server_options(const Listen& listen, const StoreOptions& store) {
    ServerOptions options;
    options.upload_folder = std::filesystem::path(store.data) / "uploads";
    options.address = listen.address;
    options.port = listen.port;
    options.compute_threads = std::max(2, static_cast<int>(std::thread::hardware_concurrency()));
    return options;
}

Admission identify_and_admit(const ApiKeys& keys, Request& request) {
    try {
        request.caller = caller_of(request, keys);
    } catch (const Problem& problem) {
        return to_response(problem);
    }
    return admit(request);
}

Handler handler_of(const AppContext& context, const Publisher& publisher) {
    return {
        [&context](const Request& request) { return dispatch(context, request); }, is_quick,
        [&publisher](Request& request) { return identify_and_admit(*publisher.keys(), request); }};
}

} // namespace

int serve(const ServeOptions& options) {
    auto listen = parse_listen(options.listen);
    if (options.demo) {
        make_demo(options.store);
    } else {
        make_store(options.store);
    }
    Publisher publisher(store_uri(options.store));
    AppContext context;
    context.snapshot = [&] { return publisher.current(); };
    const auto uri = store_uri(options.store);
    context.open_to_read = [uri] { return data::IncidentStore::open(uri, data::Access::read); };
    context.open_to_write = [uri] {
        return data::IncidentStore::open(uri, data::Access::write, std::chrono::seconds(5));
    };
    context.catch_up = [&](const data::Revision& revision) { publisher.catch_up(revision); };
    context.version = options.version;
    context.web = options.web;
    const auto server_settings = server_options(listen, options.store);
    remove_broken_uploads(server_settings.upload_folder);
    context.jobs =
        std::make_shared<ImportJobs>(server_settings.upload_folder, uri, context.catch_up);
    context.background = std::make_shared<BackgroundJobs>();
    Server server(server_settings, handler_of(context, publisher));
    server.stop_on_signals();
    listen.port = server.port();
    std::cout << "serving on " << url_of(listen) << std::endl;
    server.run();
    std::cerr << "stopped\n";
    return exit_done;
}

} // namespace hotspots::service
