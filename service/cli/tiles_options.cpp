// The options of `tiles export` and `tiles check`.
#include "service/cli/command_options.hpp"
#include "service/tile_export.hpp"

#include <array>
#include <charconv>
#include <memory>

namespace hotspots::service {

namespace {

// "0-14" or "12". Throws CLI::ValidationError.
std::pair<int, int> read_zooms(const std::string& text) {
    const auto dash = std::min(text.find('-'), text.size());
    const auto number = [&](std::size_t begin, std::size_t end) {
        int value = -1;
        const auto* last = text.data() + end;
        const auto [stop, error] = std::from_chars(text.data() + begin, last, value);
        return error == std::errc{} && stop == last && value >= 0 ? value : -1;
    };
    const int first = number(0, dash);
    const int last = dash < text.size() ? number(dash + 1, text.size()) : first;
    if (first < 0 || last < first || last > most_export_zoom) {
        throw CLI::ValidationError("--zooms", "'" + text +
                                                  "' must be a zoom or two with a dash "
                                                  "between them, such as 0-14, up to " +
                                                  std::to_string(most_export_zoom));
    }
    return {first, last};
}

void add_parameters(CLI::App& command, const std::shared_ptr<TilesExportOptions>& options) {
    static constexpr std::array<const char*, 20> names{
        "scope", "datetime",  "group",     "weapon", "age",         "source",    "hours",
        "days",  "bandwidth", "cell",      "kernel", "edge",        "adaptive",  "top",
        "shape", "levels",    "quantiles", "filter", "filter-lang", "filter-crs"};
    for (const auto* name : names) {
        command
            .add_option_function<std::string>(
                "--" + std::string(name),
                [options, name](const std::string& value) {
                    options->wanted.query.push_back({name, value});
                },
                "As over HTTP; for the collections that take it")
            ->type_name("VALUE")
            ->group("Filters and parameters");
    }
}

void add_export(CLI::App& tiles, CommandAction& chosen) {
    auto options = std::make_shared<TilesExportOptions>();
    options->version = HOTSPOTS_VERSION;
    auto zooms = std::make_shared<std::string>("0-14");
    auto role = std::make_shared<std::string>("inspector");
    auto& command = *tiles.add_subcommand(
        "export", "Write a pyramid of tiles to one file, for a file server or offline use");
    command.add_option("--out", options->out, "File to write, ending in .pmtiles or .mbtiles")
        ->required()
        ->type_name("FILE");
    command
        .add_option("--collections", options->wanted.collections,
                    "Layers of the tiles, such as wards,hotspots")
        ->required()
        ->delimiter(',')
        ->type_name("NAME,...")
        ->check(CLI::IsMember(
            {"wards", "authorities", "hotspots", "cells", "isobands", "incidents", "gazetteer"}));
    command.add_option("--zooms", *zooms, "From and to, 0 to 16")
        ->type_name("Z-Z")
        ->capture_default_str();
    command
        .add_option("--role", *role,
                    "Whose view; public and panel get wards and authorities without figures")
        ->type_name("ROLE")
        ->check(CLI::IsMember({"public", "panel", "inspector", "analyst", "admin"}))
        ->capture_default_str();
    add_store_options(command, options->store);
    add_parameters(command, options);
    command.footer("FILE.sha256 is written beside it. The last line on stdout is "
                   "{\"tiles\":N,\"bytes\":N,\"sha256\":\"...\"}.");
    command.callback([options, zooms, role, &chosen] {
        std::tie(options->wanted.min_zoom, options->wanted.max_zoom) = read_zooms(*zooms);
        options->wanted.role = role_from_text(*role).value();
        chosen = [options] { return export_tiles_to_file(*options); };
    });
}

void add_check(CLI::App& tiles, CommandAction& chosen) {
    auto file = std::make_shared<std::string>();
    auto& command = *tiles.add_subcommand(
        "check", "Read an archive of tiles back: its structure, its checksum and every tile");
    command.add_option("FILE", *file, "A .pmtiles or .mbtiles file")->required()->type_name("");
    command.footer("The last line on stdout is "
                   "{\"tiles\":N,\"features\":{\"wards\":N,...}}, features counted in each tile "
                   "that has them.");
    command.callback([file, &chosen] { chosen = [file] { return check_tiles(*file); }; });
}

} // namespace

void add_tiles(CLI::App& app, CommandAction& chosen) {
    auto& tiles = *app.add_subcommand("tiles", "Archives of vector tiles");
    tiles.require_subcommand(1);
    add_export(tiles, chosen);
    add_check(tiles, chosen);
}

} // namespace hotspots::service
