// `key`: what programs sign in with. The key is shown once; the store keeps its digest.
#include "data/ingest/utf8.hpp"
#include "service/access/secrets.hpp"
#include "service/cli/command_audit.hpp"
#include "service/cli/commands.hpp"

#include <algorithm>
#include <chrono>
#include <iostream>

namespace hotspots::service {

namespace {

constexpr std::size_t longest_bytes = 200;

// Both end up in tables that people read.
void check_text(const char* option, const std::string& text) {
    const bool plain = std::none_of(text.begin(), text.end(),
                                    [](unsigned char c) { return c < 0x20 || c == 0x7F; });
    if (!plain || text.size() > longest_bytes || data::first_invalid_utf8(text)) {
        throw UsageError(std::string(option) + " is not one line of UTF-8 of at most " +
                         std::to_string(longest_bytes) + " bytes");
    }
}

} // namespace

int create_key(const CreateKeyOptions& options) {
    check_text("--name", options.name);
    check_text("--purpose", options.purpose);
    const auto key = random_key();
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto store = data::IncidentStore::open(store_uri(options.store), data::Access::write);
    const auto digest = to_hex(sha256(key));
    CommandAudit audit(options.store, "key create", "administration",
                       {{"role", options.role},
                        {"name", options.name},
                        {"purpose", options.purpose},
                        {"digest begins", digest.substr(0, 8)}});
    const auto change = store->begin();
    change->add_api_key({to_hex(sha256(key)), options.role, options.name, options.purpose, now});
    change->commit(false);
    audit.done(std::nullopt);
    std::cout << key << std::endl;
    std::cerr << "a key for the role " << options.role << "; it is shown this once, keep it safe\n";
    return exit_done;
}

} // namespace hotspots::service
