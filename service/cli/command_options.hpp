// Parts of the command line that have a file of their own.
#pragma once

#include "service/cli/commands.hpp"

#include <CLI/CLI.hpp>

#include <functional>

namespace hotspots::service {

// What the command line chose to run.
using CommandAction = std::function<int()>;

void add_store_options(CLI::App& command, StoreOptions& options);

// `tiles export` and `tiles check`.
void add_tiles(CLI::App& app, CommandAction& chosen);

// `user` and `key`.
void add_user(CLI::App& app, CommandAction& chosen);
void add_key(CLI::App& app, CommandAction& chosen);

void add_audit(CLI::App& app, CommandAction& chosen);
void add_purge(CLI::App& app, CommandAction& chosen);
void add_backup(CLI::App& app, CommandAction& chosen);

void add_release(CLI::App& app, CommandAction& chosen);

} // namespace hotspots::service
