// `serve`: the store, followed; the handlers; the server, until it is told to stop.
#include "data/demo/demo.hpp"
#include "data/errors.hpp"
#include "service/access/caller.hpp"
#include "service/answer_view.hpp"
#include "service/app.hpp"
#include "service/audit/audit_log.hpp"
#include "service/audit/request_note.hpp"
#include "service/cli/command_audit.hpp"
#include "service/cli/commands.hpp"
#include "service/cli/demo_accounts.hpp"
#include "service/cli/demo_release.hpp"
#include "service/cli/exposure.hpp"
#include "service/cli/listen.hpp"
#include "service/cli/serve_config.hpp"
#include "service/http/prepared_answer.hpp"
#include "service/http/server.hpp"
#include "service/http/spooled_file.hpp"
#include "service/jobs/background_jobs.hpp"
#include "service/jobs/import_jobs.hpp"
#include "service/metrics/request_metrics.hpp"
#include "service/problem.hpp"
#include "service/publisher.hpp"
#include "service/router.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <csignal>
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
void make_demo(const StoreOptions& options, const std::string& version) {
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
    make_demo_accounts(*store);
    data::fill_with_demo(*store);
    make_demo_release(*store, version, std::cerr);
}

// One office may share an address; whoever is on this machine is let alone.
void set_limits_of_clients(const ServeOptions& given, ServerOptions& options) {
    const bool local = options.address == "localhost" || is_loopback_address(options.address);
    const auto or_usual = [&](int value, int usual) {
        return value >= 0 ? value : local ? 0 : usual;
    };
    options.address_connection_limit =
        static_cast<std::size_t>(or_usual(given.connections_per_address, 512));
    options.rate = {static_cast<double>(or_usual(given.rate, 200)),
                    static_cast<double>(given.rate_burst)};
}

ServerOptions server_options(const ServeOptions& given) {
    check_exposure(given);
    const auto listen = parse_listen(given.listen);
    const auto cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    ServerOptions options;
    options.upload_folder = std::filesystem::path(given.store.data) / "uploads";
    options.address = listen.address;
    options.port = listen.port;
    options.io_threads = given.threads > 0 ? given.threads : cores;
    options.compute_threads = std::max(2, cores);
    options.connection_limit = static_cast<std::size_t>(given.connections);
    options.proxies = read_proxies(given.behind_proxy);
    options.public_host = host_of_public_url(given.public_url);
    options.tls_certificate = given.tls_cert;
    options.tls_key = given.tls_key;
    options.access_log = given.access_log;
    set_limits_of_clients(given, options);
    return options;
}

SessionLimits session_limits(const ServeOptions& options) {
    SessionLimits limits;
    limits.idle = std::chrono::minutes(options.session_idle_minutes);
    limits.absolute = std::chrono::hours(options.session_hours);
    return limits;
}

std::size_t cache_bytes(const ServeOptions& options) {
    return static_cast<std::size_t>(options.cache_mb) << 20U;
}

// A connection is a file; most systems start programs with 1024 and let them ask for more.
void raise_file_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit); // what cannot be had, accept() tells of
    }
}

// Who is known and asks for what the role may not have is noted; who is not known, in the access
// log alone: anybody could fill the disk that way.
Admission noted_admission(AuditLog& audit, const Request& request) {
    auto admission = admit(request);
    const auto* refused = std::get_if<Response>(&admission);
    if (refused && refused->status == 403 && !request.caller.name.empty()) {
        note_refused(audit, request, refused->status);
    }
    return admission;
}

Admission identify_and_admit(AuditLog& audit, Identities& identities, Request& request) {
    try {
        request.route = pattern_of(request);
        request.caller = caller_of(request, identities);
    } catch (const Problem& problem) {
        return to_response(problem);
    }
    return noted_admission(audit, request);
}

// Records are not read while nobody could show afterwards that they were: dispatch() then says so.
bool may_be_given(const AuditLog& audit, const std::shared_ptr<const PreparedAnswer>& answer) {
    return answer && (!answer->outline.rows || audit.is_writable());
}

// The answer to a target under the present revision, if it is kept; see get_tile().
std::shared_ptr<const PreparedAnswer> find_answer(AnswerCache& answers, std::uint64_t stamp,
                                                  std::string_view target, Role role) {
    struct View {
        std::uint64_t stamp = 0;
        Role role = Role::anyone;
        std::size_t bytes = 0;
        std::string key;
    };
    thread_local View view; // so that asking allocates nothing
    if (view.bytes == 0 || view.stamp != stamp || view.role != role) {
        auto key = answer_view(stamp, role);
        view = {stamp, role, key.size(), std::move(key)};
    }
    view.key.resize(view.bytes);
    view.key.append(target);
    return answers.find(view.key);
}

Handler handler_of(const AppContext& context, const Publisher& publisher) {
    Handler handler;
    handler.handle = [&context](const Request& request) { return dispatch(context, request); };
    handler.is_quick = is_quick;
    handler.anonymous = *context.identities->nobody();
    handler.answer_at_once = [&context](const Request& request) {
        return dispatch_at_once(context, request);
    };
    handler.admit = [&context](Request& request) {
        return identify_and_admit(*context.audit, *context.identities, request);
    };
    handler.identify = [&context](const SentCredentials& sent) {
        auto caller = caller_of(sent, *context.identities);
        // Behind a proxy the cookie may be one of TLS, which is not known here yet.
        const bool unsure = caller && !sent.cookie.empty() && caller->name.empty();
        return unsure ? nullptr : std::move(caller);
    };
    handler.find_prepared = [&context, &publisher](std::string_view target, const Caller& caller) {
        auto answer =
            find_answer(*context.answers, publisher.stamp(caller.role), target, caller.role);
        return may_be_given(*context.audit, answer) ? answer : nullptr;
    };
    handler.noted = [&context](const Request& request, const PreparedAnswer& answer) {
        note_prepared(*context.audit, request, answer);
    };
    return handler;
}

void write_server_metrics(std::string& out, const Server& server, const RequestMetrics& requests) {
    const auto figures = server.figures();
    write_metric(out, "connections", "gauge", "Connections that are open.",
                 static_cast<double>(figures.connections));
    write_metric(out, "compute_queue", "gauge", "Computations that wait for a thread.",
                 static_cast<double>(figures.waiting));
    requests.write(out);
}

// How an import ended that a request had begun.
void note_import(AuditLog& audit, const ImportJob& job) {
    auto entry = entry_of_command("import " + job.id, std::string(to_text(Action::collection)), {});
    entry.who = job.upload.caller;
    entry.phase = AuditPhase::outcome;
    entry.parameters = {{"file", job.upload.file_name}};
    if (job.counts) {
        entry.rows = static_cast<std::uint64_t>(job.counts->stored + job.counts->updated);
    }
    entry.note = to_text(job.state);
    audit.note(std::move(entry));
}

// On SIGHUP. What cannot be used leaves all as it was.
void reload_server(const ServeOptions& options, AnswerCache& answers, Server& server) {
    try {
        const auto fresh = with_config(options);
        server.reload(server_options(fresh));
        answers.set_limit_bytes(cache_bytes(fresh));
        std::cerr << "configuration, certificate and access log reloaded\n";
    } catch (const std::exception& error) {
        std::cerr << "nothing reloaded: " << error.what() << '\n';
    }
}

} // namespace

int serve(const ServeOptions& command_line) {
    const auto options = with_config(command_line);
    auto server_settings = server_options(options);
    if (options.demo) {
        make_demo(options.store, options.version);
    } else {
        make_store(options.store);
    }
    Publisher publisher(store_uri(options.store));
    AppContext context;
    context.snapshot = [&] { return publisher.current(); };
    context.published = [&](Role role) { return publisher.published(role); };
    context.releases = [&] { return publisher.releases(); };
    context.catch_up_releases = [&] { publisher.catch_up_releases(); };
    const auto uri = store_uri(options.store);
    context.open_to_read = [uri] { return data::IncidentStore::open(uri, data::Access::read); };
    context.open_to_write = [uri] {
        return data::IncidentStore::open(uri, data::Access::write, std::chrono::seconds(5));
    };
    context.catch_up = [&](const data::Revision& revision) { publisher.catch_up(revision); };
    context.identities = std::make_shared<Identities>(
        [&publisher] { return publisher.credentials(); }, session_limits(options), SignInRules{},
        options.public_figures ? Role::panel : Role::anyone);
    context.public_url = options.public_url;
    context.archives = std::filesystem::path(options.store.data) / "archives";
    context.version = options.version;
    context.web = options.web;
    context.answers->set_limit_bytes(cache_bytes(options));
    server_settings.metrics = std::make_shared<RequestMetrics>();
    raise_file_limit();
    std::signal(SIGXFSZ, SIG_IGN); // a file that may not grow is an error like a full disk
    context.audit = std::make_shared<AuditLog>(audit_folder(options.store.data));
    context.audit->note(entry_of_command("serve", "administration", {}));
    remove_broken_uploads(server_settings.upload_folder);
    context.jobs = std::make_shared<ImportJobs>(
        server_settings.upload_folder, uri, context.catch_up,
        [audit = context.audit](const ImportJob& job) { note_import(*audit, job); });
    context.background = std::make_shared<BackgroundJobs>();
    Server server(server_settings, handler_of(context, publisher));
    context.server_metrics = [&](std::string& out) {
        write_server_metrics(out, server, *server_settings.metrics);
    };
    server.stop_on_signals();
    server.on_hangup([&] { reload_server(command_line, *context.answers, server); });
    const Listen listen{server_settings.address, server.port()};
    std::cout << "serving on " << url_of(listen, !options.tls_cert.empty()) << std::endl;
    server.run();
    std::cerr << "stopped\n";
    return exit_done;
}

} // namespace hotspots::service
