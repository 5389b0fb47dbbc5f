// The options of `user` and `key`.
#include "service/cli/access_commands.hpp"
#include "service/cli/command_options.hpp"

#include <memory>

namespace hotspots::service {

namespace {

CLI::Option* add_role_option(CLI::App& command, std::string& role, const char* help) {
    return command.add_option("--role", role, help)
        ->required()
        ->type_name("ROLE")
        ->check(CLI::IsMember({"public", "panel", "inspector", "analyst", "admin"}));
}

using UserCommand = int (*)(const UserOptions&);

CLI::App& add_user_command(CLI::App& user, CommandAction& chosen, const char* name,
                           const char* help, const std::shared_ptr<UserOptions>& options,
                           UserCommand run) {
    auto& command = *user.add_subcommand(name, help);
    command.callback(
        [options, run, &chosen] { chosen = [options, run] { return run(*options); }; });
    add_store_options(command, options->store);
    return command;
}

void add_account_name(CLI::App& command, UserOptions& options) {
    command.add_option("NAME", options.name, "The account's; letters, digits and . _ @ -")
        ->required()
        ->type_name("");
}

void add_password_source(CLI::App& command, UserOptions& options) {
    command.add_flag("--password-stdin", options.password.from_stdin,
                     "Read the password as one line of standard input, instead of asking for it");
}

using KeyCommand = int (*)(const KeyOptions&);

CLI::App& add_key_command(CLI::App& key, CommandAction& chosen, const char* name, const char* help,
                          const std::shared_ptr<KeyOptions>& options, KeyCommand run) {
    auto& command = *key.add_subcommand(name, help);
    command.callback(
        [options, run, &chosen] { chosen = [options, run] { return run(*options); }; });
    add_store_options(command, options->store);
    return command;
}

} // namespace

void add_user(CLI::App& app, CommandAction& chosen) {
    auto options = std::make_shared<UserOptions>();
    auto& user = *app.add_subcommand("user", "Accounts that people sign in with");
    user.require_subcommand(1);
    auto& add = add_user_command(user, chosen, "add", "Make an account; asks for its password",
                                 options, &service::add_user);
    add_account_name(add, *options);
    add_role_option(add, options->role, "What the account may do");
    add_password_source(add, *options);
    add_user_command(user, chosen, "list", "Print all accounts", options, &list_users);
    auto& remove =
        add_user_command(user, chosen, "remove", "Remove an account and end its sessions", options,
                         &service::remove_user);
    add_account_name(remove, *options);
    auto& password = add_user_command(user, chosen, "set-password",
                                      "Give an account another password and end its sessions",
                                      options, &set_user_password);
    add_account_name(password, *options);
    add_password_source(password, *options);
    auto& role = add_user_command(user, chosen, "set-role",
                                  "Give an account another role and end its sessions", options,
                                  &set_user_role);
    add_account_name(role, *options);
    add_role_option(role, options->role, "What the account may do");
    for (auto* command : {&add, &password}) {
        command->footer("A password has at least 12 characters, of any kind. It is kept as an "
                        "Argon2id hash alone.");
    }
}

void add_key(CLI::App& app, CommandAction& chosen) {
    auto options = std::make_shared<KeyOptions>();
    auto& key = *app.add_subcommand("key", "Keys that programs identify themselves with");
    key.require_subcommand(1);
    auto& create = add_key_command(
        key, chosen, "create", "Make a key and print it, this once; the store keeps a digest of it",
        options, &create_key);
    add_role_option(create, options->role, "What the key may do");
    create.add_option("--name", options->name, "Who or what will use it, for the audit")
        ->type_name("NAME");
    create.add_option("--purpose", options->purpose, "What for, for the audit")->type_name("TEXT");
    create.add_option("--expires", options->expires_days, "After so many days; else never")
        ->type_name("DAYS")
        ->check(CLI::Range(1, 3650));
    add_key_command(key, chosen, "list", "Print all keys, but for what they are", options,
                    &list_keys);
    auto& revoke =
        add_key_command(key, chosen, "revoke", "Make a key worthless", options, &revoke_key);
    revoke.add_option("KEY", options->which, "Its name, or its id as 'key list' shows it")
        ->required()
        ->type_name("");
}

} // namespace hotspots::service
