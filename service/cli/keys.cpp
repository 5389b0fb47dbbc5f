// `key`: what programs sign in with. The key is shown once; the store keeps its digest.
#include "data/errors.hpp"
#include "service/access/account_rules.hpp"
#include "service/access/secrets.hpp"
#include "service/cli/access_commands.hpp"
#include "service/cli/command_audit.hpp"

#include <chrono>
#include <iostream>

namespace hotspots::service {

namespace {

void check_key_text(const char* option, const std::string& text) {
    if (const char* fault = fault_of_line(text)) {
        throw UsageError(std::string(option) + " " + fault);
    }
}

data::ApiKey find_key(data::IncidentStore& store, const std::string& which) {
    std::vector<data::ApiKey> of_name;
    for (const auto& key : store.api_keys()) {
        if (std::to_string(key.id) == which) {
            return key;
        }
        if (key.name == which && !which.empty()) {
            of_name.push_back(key);
        }
    }
    if (of_name.empty()) {
        throw data::StoreError("there is no key '" + which + "'; 'key list' shows all");
    }
    if (of_name.size() > 1) {
        throw data::StoreError(std::to_string(of_name.size()) + " keys have the name '" + which +
                               "'; give the id of one, as 'key list' shows it");
    }
    return of_name[0];
}

} // namespace

int create_key(const KeyOptions& options) {
    check_key_text("--name", options.name);
    check_key_text("--purpose", options.purpose);
    const auto key = random_key();
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto store = data::IncidentStore::open(store_uri(options.store), data::Access::write);
    CommandAudit audit(
        options.store, "key create", "administration",
        {{"role", options.role}, {"name", options.name}, {"purpose", options.purpose}});
    const auto change = store->begin();
    data::ApiKey entry{
        to_hex(sha256(key)), options.role, options.name, options.purpose, now, {}, 0};
    if (options.expires_days > 0) {
        entry.expires = now + std::chrono::hours(24 * options.expires_days);
    }
    change->add_api_key(entry);
    change->commit(false);
    audit.done(std::nullopt);
    std::cout << key << std::endl;
    std::cerr << "a key for the role " << options.role << "; it is shown this once, keep it safe\n";
    return exit_done;
}

int list_keys(const KeyOptions& options) {
    const auto store = data::IncidentStore::open(store_uri(options.store), data::Access::read);
    std::cout << "id\tname\trole\tpurpose\tcreated\texpires\n";
    for (const auto& key : store->api_keys()) {
        std::cout << key.id << '\t' << key.name << '\t' << key.role << '\t' << key.purpose << '\t'
                  << data::format_utc(key.created) << '\t'
                  << (key.expires ? data::format_utc(*key.expires) : "never") << '\n';
    }
    return exit_done;
}

int revoke_key(const KeyOptions& options) {
    const auto store = data::IncidentStore::open(store_uri(options.store), data::Access::write);
    const auto key = find_key(*store, options.which);
    CommandAudit audit(options.store, "key revoke", "administration",
                       {{"id", std::to_string(key.id)}, {"name", key.name}, {"role", key.role}});
    const auto change = store->begin();
    change->remove_api_key(key.id);
    change->commit(false);
    audit.done(std::nullopt);
    std::cerr << "key " << key.id << " (" << key.role << ") is revoked\n";
    return exit_done;
}

} // namespace hotspots::service
