// `user`: accounts of people. Their passwords are kept as hashes alone.
#include "data/errors.hpp"
#include "service/access/account_rules.hpp"
#include "service/access/passwords.hpp"
#include "service/cli/access_commands.hpp"
#include "service/cli/command_audit.hpp"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <optional>

namespace hotspots::service {

namespace {

data::Instant second_now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::string checked_name(const std::string& given) {
    auto name = account_name(given);
    if (const char* fault = fault_of_account_name(name)) {
        throw UsageError("the name '" + given + "' " + fault);
    }
    return name;
}

std::optional<data::User> find_user(data::IncidentStore& store, const std::string& name) {
    const auto users = store.users();
    const auto found = std::find_if(users.begin(), users.end(),
                                    [&](const data::User& user) { return user.name == name; });
    return found == users.end() ? std::nullopt : std::optional(*found);
}

data::User known_user(data::IncidentStore& store, const std::string& name) {
    const auto user = find_user(store, name);
    if (!user) {
        throw data::StoreError("there is no account '" + name + "'; 'user list' shows all");
    }
    return *user;
}

std::unique_ptr<data::IncidentStore> open_accounts(const UserOptions& options) {
    return data::IncidentStore::open(store_uri(options.store), data::Access::write);
}

// One change of accounts, with its place in the audit trail.
template <class Change>
void change_accounts(const UserOptions& options, data::IncidentStore& store, std::string command,
                     AuditParameters parameters, Change change) {
    CommandAudit audit(options.store, std::move(command), "administration", std::move(parameters));
    const auto transaction = store.begin();
    change(*transaction);
    transaction->commit(false);
    audit.done(std::nullopt);
}

} // namespace

int add_user(const UserOptions& options) {
    const auto name = checked_name(options.name);
    const auto hash = hash_password(read_new_password(options.password));
    const auto store = open_accounts(options);
    if (find_user(*store, name)) {
        throw data::StoreError("there is an account '" + name +
                               "' already; 'user set-password' and 'user set-role' change it");
    }
    const auto now = second_now();
    change_accounts(options, *store, "user add", {{"name", name}, {"role", options.role}},
                    [&](data::StoreTransaction& change) {
                        change.put_user({name, options.role, hash, now, now, false});
                    });
    std::cerr << "an account '" << name << "' with the role " << options.role << '\n';
    return exit_done;
}

int set_user_password(const UserOptions& options) {
    const auto name = checked_name(options.name);
    const auto hash = hash_password(read_new_password(options.password));
    const auto store = open_accounts(options);
    auto user = known_user(*store, name);
    user.password_hash = hash;
    user.changed = second_now();
    change_accounts(options, *store, "user set-password", {{"name", name}},
                    [&](data::StoreTransaction& change) { change.put_user(user); });
    std::cerr << "'" << name << "' has the new password; its sessions end\n";
    return exit_done;
}

int set_user_role(const UserOptions& options) {
    const auto name = checked_name(options.name);
    const auto store = open_accounts(options);
    auto user = known_user(*store, name);
    user.role = options.role;
    user.changed = second_now();
    change_accounts(options, *store, "user set-role", {{"name", name}, {"role", options.role}},
                    [&](data::StoreTransaction& change) { change.put_user(user); });
    std::cerr << "'" << name << "' has the role " << options.role << "; its sessions end\n";
    return exit_done;
}

int remove_user(const UserOptions& options) {
    const auto name = checked_name(options.name);
    const auto store = open_accounts(options);
    known_user(*store, name);
    change_accounts(options, *store, "user remove", {{"name", name}},
                    [&](data::StoreTransaction& change) { change.remove_user(name); });
    std::cerr << "'" << name << "' is removed; its sessions end\n";
    return exit_done;
}

int list_users(const UserOptions& options) {
    const auto store = data::IncidentStore::open(store_uri(options.store), data::Access::read);
    std::cout << "name\trole\tcreated\tchanged\n";
    for (const auto& user : store->users()) {
        std::cout << user.name << '\t' << user.role << '\t' << data::format_utc(user.created)
                  << '\t' << data::format_utc(user.changed) << '\n';
    }
    return exit_done;
}

} // namespace hotspots::service
