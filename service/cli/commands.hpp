// The commands of llr-hotspots, as functions of their options. Each returns the exit code: 0 done,
// 1 failed, 2 wrong usage, 3 done with rejected rows. Results go to stdout, all else to stderr.
#pragma once

#include "data/ingest/import.hpp"
#include "embedded/file.hpp"
#include "service/http/message.hpp"
#include "service/tile_export.hpp"

#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace hotspots::service {

inline constexpr int exit_done = 0;
inline constexpr int exit_failed = 1;
inline constexpr int exit_usage = 2;
inline constexpr int exit_rejects = 3;

// Options that do not fit together or to the data: exit code 2.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// Where everything is kept: a folder, or a store named by itself.
struct StoreOptions {
    std::string data = "./var";
    std::string store; // empty: store.gpkg in `data`
};
std::string store_uri(const StoreOptions& options);
bool store_exists(const StoreOptions& options);

struct ServeOptions {
    StoreOptions store;
    std::string listen = "127.0.0.1:8080";
    bool demo = false;
    std::string config;   // a file whose members are options of the same names; empty: none
    std::string tls_cert; // PEM; with tls_key; empty: no TLS
    std::string tls_key;
    std::string behind_proxy;    // addresses and networks whose word on who asks is taken
    bool public_figures = false; // the public sees what panels see
    std::string public_url;      // for links, and for Host; empty: what a request names
    int session_idle_minutes = 30;
    int session_hours = 12;
    std::string access_log; // a file, "-" for stderr; empty: none
    int cache_mb = 256;     // of answers ready to be sent
    int threads = 0;        // that read and write; 0: as many as there are cores
    int connections = 16'384;
    int connections_per_address = -1; // 0: no limit; -1: none on loopback, else 512
    int rate = -1;                  // requests a second of a caller; 0: no limit; -1: as above, 200
    int rate_burst = 1000;          // of them at once
    std::vector<std::string> given; // options named on the command line, which win over the file
    std::string version;
    std::span<const embedded::File> web; // the built web client
};
int serve(const ServeOptions& options);

struct ImportOptions {
    StoreOptions store;
    std::vector<std::string> files;
    data::ImportFormat format = data::ImportFormat::automatic;
    std::optional<data::Source> source;
    std::string mapping; // a mapping file; empty: none
};
int import(const ImportOptions& options);

struct ReferenceOptions {
    StoreOptions store;
    data::ReferenceKind kind = data::ReferenceKind::wards;
    std::string file;
};
int reference(const ReferenceOptions& options);

struct GeocodeOptions {
    StoreOptions store;
    std::string text; // or:
    std::string csv;
    std::string out;
};
int geocode(const GeocodeOptions& options);

struct HotspotsOptions {
    StoreOptions store;
    std::vector<QueryParameter> query; // the analysis parameters that were given
    std::string out;
    std::string version;
};
int hotspots(const HotspotsOptions& options);

struct TilesExportOptions {
    StoreOptions store;
    std::string out;
    TileExport wanted;
    std::string version;
};
int export_tiles_to_file(const TilesExportOptions& options);

// `path` of a .pmtiles or .mbtiles file.
int check_tiles(const std::string& path);

struct VerifyAuditOptions {
    StoreOptions store;
    std::string expect; // SEQUENCE:HASH of an earlier verification; empty: none
};
// Prints one line of JSON; what is wrong also as lines on stderr.
int verify_audit_trail(const VerifyAuditOptions& options);

struct PurgeOptions {
    StoreOptions store;
    std::string before; // a London day
};
int purge(const PurgeOptions& options);

struct BackupOptions {
    StoreOptions store;
    std::string file; // to be made; must not exist
};
int backup(const BackupOptions& options);

struct ReleaseOptions {
    StoreOptions store;
    std::string profile; // of a new one; empty: the store's default
    std::int64_t number = 0;
    std::string reason; // to withdraw it
    std::string version;
};
int create_release_of_store(const ReleaseOptions& options);
int list_releases(const ReleaseOptions& options);
int withdraw_release(const ReleaseOptions& options);
int show_release(const ReleaseOptions& options);

// Reads the command line and runs its command. Prints help, version and wrong usage itself; other
// errors are thrown.
int run_command_line(int argc, const char* const* argv, std::span<const embedded::File> web);

} // namespace hotspots::service
