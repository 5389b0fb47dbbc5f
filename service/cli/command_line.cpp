// The command line as CLI11 reads it; the only file that includes CLI11.
#include "service/cli/command_options.hpp"
#include "service/cli/commands.hpp"

#include <CLI/CLI.hpp>

#include <functional>
#include <iostream>
#include <map>

namespace hotspots::service {

namespace {

constexpr const char* exit_codes =
    "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done with rejected rows.";

void add_client_limits(CLI::App& command, ServeOptions& options) {
    command
        .add_option("--connections-per-address", options.connections_per_address,
                    "Most of one address; 0: no limit. Not given: 512, none on loopback")
        ->type_name("N")
        ->check(CLI::Range(0, 1'000'000));
    command
        .add_option("--rate", options.rate,
                    "Requests a second of one caller, more are answered 429; 0: no limit. Not "
                    "given: 200, no limit on loopback")
        ->type_name("N")
        ->check(CLI::Range(0, 1'000'000));
    command.add_option("--rate-burst", options.rate_burst, "Of them at once")
        ->type_name("N")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
}

void add_server_options(CLI::App& command, ServeOptions& options) {
    command
        .add_option("--config", options.config,
                    "JSON object of options by their names, e.g. {\"cache-mb\": 512}; those on the "
                    "command line win")
        ->type_name("FILE");
    command.add_option("--tls-cert", options.tls_cert, "Certificate with its chain, PEM")
        ->type_name("FILE");
    command.add_option("--tls-key", options.tls_key, "Key of the certificate, PEM")
        ->type_name("FILE");
    command
        .add_option("--behind-proxy", options.behind_proxy,
                    "Proxies with a certificate of their own: they alone are let in from beyond "
                    "this machine, and X-Forwarded-For and -Proto are believed of them")
        ->type_name("ADDRESS[,NETWORK...]");
    command.add_flag("--public-figures", options.public_figures,
                     "Show the figures of the latest release to everybody, not to panels alone");
    command
        .add_option("--public-url", options.public_url,
                    "Under which browsers reach the service, e.g. https://hotspots.example.org; "
                    "for links, and the one name with a dot that requests may ask for")
        ->type_name("URL");
    command
        .add_option("--access-log", options.access_log,
                    "A line of key=value pairs for each request; - is stderr")
        ->type_name("FILE");
    command.add_option("--cache-mb", options.cache_mb, "Memory for answers ready to be sent")
        ->type_name("MB")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    command
        .add_option("--threads", options.threads,
                    "Threads that read and write; 0: as many as there are cores")
        ->type_name("N")
        ->check(CLI::Range(0, 256))
        ->capture_default_str();
    command.add_option("--connections", options.connections, "Most at once; further ones wait")
        ->type_name("N")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    add_client_limits(command, options);
}

void add_serve(CLI::App& app, CommandAction& chosen, std::span<const embedded::File> web) {
    auto options = std::make_shared<ServeOptions>();
    options->version = HOTSPOTS_VERSION;
    options->web = web;
    auto& command = *app.add_subcommand("serve", "Serve map and API over HTTP until stopped");
    add_store_options(command, options->store);
    command
        .add_option("--listen", options->listen,
                    "Address and port; port 0 takes any free one. Beyond loopback it needs "
                    "--tls-cert or --behind-proxy")
        ->type_name("ADDRESS:PORT")
        ->capture_default_str();
    command.add_flag("--demo", options->demo,
                     "Fill an empty DIR with made-up incidents first (labelled DEMO)");
    add_server_options(command, *options);
    command.footer("On SIGHUP the configuration, the certificate and the access log are read or "
                   "opened anew;\nlisten, data, store and threads need a restart. On SIGTERM "
                   "requests under way are finished.\n" +
                   std::string(exit_codes));
    command.callback([options, &command, &chosen] {
        for (const auto* option : command.get_options()) {
            if (option->count() > 0) {
                options->given.push_back(option->get_single_name());
            }
        }
        chosen = [options] { return serve(*options); };
    });
}

void add_import(CLI::App& app, CommandAction& chosen) {
    struct Words { // as given; read once all is checked
        std::string format = "auto";
        std::string source;
    };
    auto options = std::make_shared<ImportOptions>();
    auto words = std::make_shared<Words>();
    auto& command = *app.add_subcommand(
        "import", "Read incident records into the store; a row known already changes nothing");
    command.add_option("FILE", options->files, "CSV or GeoJSON, or a zip of such")
        ->required()
        ->type_name("");
    add_store_options(command, options->store);
    command.add_option("--format", words->format, "What the files are; auto looks at the header")
        ->type_name("NAME")
        ->check(CLI::IsMember({"auto", "vrn", "police-uk", "istv"}))
        ->capture_default_str();
    command
        .add_option("--mapping", options->mapping,
                    "Columns and words of another system, as JSON; instead of --format")
        ->type_name("FILE")
        ->excludes("--format");
    command.add_option("--source", words->source, "Of rows that do not name one (default: police)")
        ->type_name("NAME")
        ->check(CLI::IsMember({"police", "ed", "ambulance"}));
    command.footer("The last line on stdout is "
                   "{\"rows\":N,\"stored\":N,\"updated\":N,\"duplicate\":N,\"rejected\":N}.\n" +
                   std::string(exit_codes));
    command.callback([options, words, &chosen] {
        static const std::map<std::string, data::ImportFormat> formats{
            {"auto", data::ImportFormat::automatic},
            {"vrn", data::ImportFormat::vrn},
            {"police-uk", data::ImportFormat::police_uk},
            {"istv", data::ImportFormat::istv}};
        options->format = formats.at(words->format);
        options->source = data::from_text<data::Source>(words->source);
        chosen = [options] { return import(*options); };
    });
}

void add_reference(CLI::App& app, CommandAction& chosen) {
    auto options = std::make_shared<ReferenceOptions>();
    auto kind = std::make_shared<std::string>();
    auto& command = *app.add_subcommand(
        "reference", "Load reference data in place of what is there, and geocode all again");
    command.add_option("KIND", *kind, "What the file holds")
        ->required()
        ->type_name("")
        ->check(CLI::IsMember({"wards", "streets", "postcodes", "places", "osm", "population"}));
    command.add_option("FILE", options->file, "The file")->required()->type_name("");
    add_store_options(command, options->store);
    command.callback([options, kind, &chosen] {
        using Kind = data::ReferenceKind;
        static const std::map<std::string, Kind> kinds{
            {"wards", Kind::wards},   {"streets", Kind::streets}, {"postcodes", Kind::postcodes},
            {"places", Kind::places}, {"osm", Kind::osm},         {"population", Kind::population}};
        options->kind = kinds.at(*kind);
        chosen = [options] { return reference(*options); };
    });
}

void add_geocode(CLI::App& app, CommandAction& chosen) {
    auto options = std::make_shared<GeocodeOptions>();
    auto& command =
        *app.add_subcommand("geocode", "Find the place that a text, or each row of a table, names");
    auto* text =
        command.add_option("TEXT", options->text, "A location as people write it")->type_name("");
    auto* csv = command.add_option("--csv", options->csv, "CSV with a column location_text")
                    ->type_name("IN")
                    ->excludes(text);
    auto* out = command.add_option("--out", options->out, "The same rows with status, point, …")
                    ->type_name("OUT")
                    ->needs(csv);
    csv->needs(out);
    add_store_options(command, options->store);
    command.callback([options, &chosen] {
        if (options->text.empty() && options->csv.empty()) {
            throw CLI::ValidationError("geocode", "give a TEXT, or --csv IN --out OUT");
        }
        chosen = [options] { return geocode(*options); };
    });
}

void add_hotspots(CLI::App& app, CommandAction& chosen) {
    static constexpr std::array<std::array<const char*, 3>, 14> parameters{{
        {"scope", "PROFILE", "Scope profile, e.g. vrn-2021"},
        {"datetime", "PERIOD", "Month, day or range, e.g. 2024-01/2024-12"},
        {"group", "GROUP", "homicide, violence_with_injury or robbery"},
        {"weapon", "WEAPON", "knife, firearm, blunt, other or none"},
        {"age", "AGE", "under-25"},
        {"source", "SOURCE", "police, ed or ambulance"},
        {"hours", "HH-HH", "Hours of the day, e.g. 22-04"},
        {"days", "DAYS", "Days of the week, e.g. fri,sat"},
        {"bandwidth", "METRES", "Of the kernel; 300 if not given"},
        {"cell", "METRES", "Of the density grid; a sixth of the bandwidth if not given"},
        {"kernel", "NAME", "quartic, epanechnikov, triangular, uniform or gaussian"},
        {"edge", "NAME", "Correction at the study area's edge: none, uniform or diggle"},
        {"adaptive", "yes|no", "Narrower where incidents are dense, wider where they are few"},
        {"top", "PERCENT", "Share of the area that hotspots take; 0.25 if not given"},
    }};
    auto options = std::make_shared<HotspotsOptions>();
    options->version = HOTSPOTS_VERSION;
    auto& command = *app.add_subcommand("hotspots", "Compute hotspots and write them to a file");
    command
        .add_option("--out", options->out, "File to write, ending in .geojson, .gpkg, .tif or .csv")
        ->required()
        ->type_name("FILE");
    add_store_options(command, options->store);
    for (const auto& [name, type, help] : parameters) {
        command
            .add_option_function<std::string>(
                "--" + std::string(name),
                [options, key = std::string(name)](const std::string& value) {
                    options->query.push_back({key, value});
                },
                help)
            ->type_name(type)
            ->group("Filters and parameters");
    }
    command.footer(
        "By the ending of FILE:\n"
        "  .geojson  outlines and properties in WGS 84, as /collections/hotspots/items\n"
        "  .gpkg     GeoPackage: layer hotspots in EPSG:27700, table manifest\n"
        "  .tif      the density that hotspots are made of, as /density.tif; takes no --top\n"
        "  .csv      a line a hotspot, without outlines; FILE.manifest.json is written beside it\n"
        "Each carries the manifest and the marking; the same manifest gives the same bytes.\n" +
        std::string(exit_codes));
    command.callback([options, &chosen] { chosen = [options] { return hotspots(*options); }; });
}

// CLI11 tells of a command that does not exist as of one that is missing; this names it.
void check_command(const CLI::App& app, int argc, const char* const* argv) {
    const std::string given = argc > 1 ? argv[1] : "";
    std::string names;
    for (const auto* command : app.get_subcommands({})) {
        if (given.starts_with('-') || command->get_name() == given) {
            return;
        }
        names += (names.empty() ? "" : ", ") + command->get_name();
    }
    if (given.empty()) {
        throw UsageError("name a command: " + names);
    }
    throw UsageError("there is no command '" + given + "'; the commands are " + names);
}

} // namespace

void add_store_options(CLI::App& command, StoreOptions& options) {
    command.add_option("--data", options.data, "Folder that holds everything the service keeps")
        ->type_name("DIR")
        ->capture_default_str();
    command.add_option("--store", options.store, "Store file, if not DIR/store.gpkg")
        ->type_name("URI");
}

int run_command_line(int argc, const char* const* argv, std::span<const embedded::File> web) {
    CLI::App app("Finds where public-place violence concentrates, and shows it on a map.",
                 "llr-hotspots");
    app.set_version_flag("--version", "llr-hotspots " HOTSPOTS_VERSION);
    app.require_subcommand(1);
    app.footer(exit_codes);
    CommandAction chosen;
    add_serve(app, chosen, web);
    add_import(app, chosen);
    add_reference(app, chosen);
    add_geocode(app, chosen);
    add_hotspots(app, chosen);
    add_user(app, chosen);
    add_key(app, chosen);
    add_tiles(app, chosen);
    add_audit(app, chosen);
    add_purge(app, chosen);
    add_release(app, chosen);
    add_backup(app, chosen);
    check_command(app, argc, argv);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error, std::cout, std::cerr) == 0 ? exit_done : exit_usage;
    }
    return chosen();
}

} // namespace hotspots::service
