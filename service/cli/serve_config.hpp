// The configuration file of `serve`: a JSON object whose members are the options of the command
// line by their names.
#pragma once

#include "service/cli/commands.hpp"

#include <string_view>

namespace hotspots::service {

// `options` with those of the file that `options.config` names, but for those that were given on
// the command line; without a file as it is. Throws UsageError naming the file, the member and what
// would be right: no object, an unknown member, a value of another type or out of range.
ServeOptions with_config(const ServeOptions& options);

// The same of a file's text; `name` is what messages call it.
ServeOptions with_config_text(const ServeOptions& options, std::string_view text,
                              std::string_view name);

} // namespace hotspots::service
