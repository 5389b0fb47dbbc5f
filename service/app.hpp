// What request handlers work on besides the request: made once by `serve`, shared by all threads.
// Handlers are pure functions of it, the snapshot that they take from it, and the request.
#pragma once

#include "embedded/file.hpp"
#include "service/shared_results.hpp"

#include <functional>
#include <memory>
#include <span>
#include <string>

namespace hotspots::data {
struct Snapshot;
}

namespace hotspots::service {

struct HotspotResult; // service/hotspot_result.hpp

struct AppContext {
    // The present revision; null until the first is loaded. A request calls it once and keeps what
    // it got. Called from any thread.
    std::function<std::shared_ptr<const data::Snapshot>()> snapshot;
    std::string version; // of the program, e.g. "0.1.0"
    std::string marking =
        "OFFICIAL-SENSITIVE"; // of incident-level pages and exports; empty for none
    std::string public_url;   // "https://host[/path]" for links; empty: from the request's Host
    // The built web client: embedded::web() of the library hotspots_web; empty where there is none.
    std::span<const embedded::File> web;
    // Hotspots by revision and parameters, shared between requests.
    std::shared_ptr<SharedResults<HotspotResult>> hotspots =
        std::make_shared<SharedResults<HotspotResult>>(32);
};

} // namespace hotspots::service
