#include "service/cli/commands.hpp"

#include <filesystem>

namespace hotspots::service {

std::string store_uri(const StoreOptions& options) {
    return options.store.empty() ? (std::filesystem::path(options.data) / "store.gpkg").string()
                                 : options.store;
}

bool store_exists(const StoreOptions& options) {
    std::error_code ignored; // what cannot be looked at is as good as absent
    return std::filesystem::exists(store_uri(options), ignored);
}

} // namespace hotspots::service
