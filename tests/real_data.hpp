// Where the real open data lies: LLR_DATA, else ../shared/data beside the checkout. Absent data
// skips a test, but fails it where CI=true.
#pragma once

#include "tests/catch.hpp"

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

namespace hotspots::tests {

// The file's path, or empty after a warning where the data is absent: the test then returns.
inline std::optional<std::string> real_data(const std::string& name) {
    const char* folder = std::getenv("LLR_DATA");
    const auto path =
        std::filesystem::path(folder ? folder : HOTSPOTS_SOURCE_DIR "/../shared/data") / name;
    if (std::filesystem::exists(path)) {
        return path.string();
    }
    const char* ci = std::getenv("CI");
    if (ci && std::string(ci) == "true") {
        FAIL("real data is missing: " << path.string());
    }
    WARN("skipped without real data: " << path.string());
    return std::nullopt;
}

} // namespace hotspots::tests
