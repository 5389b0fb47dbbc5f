// The options of `audit verify`, `purge` and `backup`.
#include "service/cli/command_options.hpp"

#include <memory>

namespace hotspots::service {

void add_audit(CLI::App& app, CommandAction& chosen) {
    auto options = std::make_shared<VerifyAuditOptions>();
    auto& audit = *app.add_subcommand("audit", "The trail of who read, took or changed what");
    audit.require_subcommand(1);
    auto& verify = *audit.add_subcommand(
        "verify", "Find entries that were edited, cut out, reordered or added, and lost files");
    verify
        .add_option("--expect", options->expect,
                    "The last_sequence and last_hash of an earlier run, kept elsewhere")
        ->type_name("SEQUENCE:HASH");
    add_store_options(verify, options->store);
    verify.footer(
        "Prints one line of JSON; exits with 1 if anything is wrong. The chain of hashes shows "
        "any\n"
        "change but one: all entries from some point on and the file 'anchor' made anew. Keep the\n"
        "line somewhere else now and then, and give its end with --expect: that shows it too.");
    verify.callback(
        [options, &chosen] { chosen = [options] { return verify_audit_trail(*options); }; });
}

void add_purge(CLI::App& app, CommandAction& chosen) {
    auto options = std::make_shared<PurgeOptions>();
    auto& purge_command = *app.add_subcommand(
        "purge", "Delete incidents that ended before a day, and all that came with them");
    purge_command.add_option("--before", options->before, "The first day (London) that is kept")
        ->type_name("YYYY-MM-DD")
        ->required();
    add_store_options(purge_command, options->store);
    purge_command.footer(
        "Deletes the incidents with what they said earlier and what people decided on them, and\n"
        "the rejected rows of imports that began before that day; overwrites their bytes in the\n"
        "store. The audit and the releases stay. Copies made by 'backup' are not touched. Prints\n"
        "one line of JSON: what is deleted, what is kept.");
    purge_command.callback([options, &chosen] { chosen = [options] { return purge(*options); }; });
}

void add_backup(CLI::App& app, CommandAction& chosen) {
    auto options = std::make_shared<BackupOptions>();
    auto& backup_command = *app.add_subcommand(
        "backup", "Copy the store as it is at this moment, also while it is served or written");
    backup_command.add_option("FILE", options->file, "The copy; must not exist yet")
        ->required()
        ->type_name("");
    add_store_options(backup_command, options->store);
    backup_command.footer("The audit is in DIR/audit; copy that folder too.");
    backup_command.callback(
        [options, &chosen] { chosen = [options] { return backup(*options); }; });
}

} // namespace hotspots::service
