// The options of `release create | list | withdraw | show`.
#include "data/scope.hpp"
#include "service/cli/command_options.hpp"

#include <memory>
#include <string>
#include <vector>

namespace hotspots::service {

namespace {

std::vector<std::string> profile_names() {
    std::vector<std::string> names;
    for (const auto& profile : data::scope_profiles()) {
        names.push_back(profile.name());
    }
    return names;
}

void add_release_number(CLI::App& command, ReleaseOptions& options) {
    command.add_option("NUMBER", options.number, "Of the release")
        ->required()
        ->type_name("")
        ->check(CLI::PositiveNumber);
}

// CLI11 keeps no names for us: one line of text that ends up in tables.
std::string check_reason(const std::string& text) {
    const bool plain = text.find_first_of("\r\n\t") == std::string::npos;
    return plain && !text.empty() && text.size() <= 200
               ? std::string()
               : "expected one line of at most 200 bytes that says why";
}

} // namespace

void add_release(CLI::App& app, CommandAction& chosen) {
    auto options = std::make_shared<ReleaseOptions>();
    options->version = HOTSPOTS_VERSION;
    auto& release = *app.add_subcommand("release", "Frozen tables of areas that anybody may see");
    release.require_subcommand(1);
    auto& create = *release.add_subcommand(
        "create", "Count, hide, attack what would be published, mend and keep it");
    create
        .add_option("--scope", options->profile, "Scope profile; the store's default if not given")
        ->type_name("PROFILE")
        ->check(CLI::IsMember(profile_names()));
    create.footer("The last line on stdout is JSON: number, cells, hidden, hidden_in_addition, "
                  "sha256.\nWhat was hidden in addition, and for which figure, is told on stderr: "
                  "not for panels.");
    auto& list = *release.add_subcommand("list", "A line of JSON for each release");
    auto& withdraw = *release.add_subcommand(
        "withdraw", "Take a release back; its document stays as it was, marked");
    add_release_number(withdraw, *options);
    withdraw.add_option("--reason", options->reason, "Why; shown to all")
        ->required()
        ->type_name("TEXT")
        ->check(check_reason);
    auto& show = *release.add_subcommand("show", "The document as it was published, on stdout");
    add_release_number(show, *options);
    for (auto* command : {&create, &list, &withdraw, &show}) {
        add_store_options(*command, options->store);
    }
    const auto run = [options, &chosen](int (*command)(const ReleaseOptions&)) {
        return [options, &chosen, command] { chosen = [=] { return command(*options); }; };
    };
    create.callback(run(create_release_of_store));
    list.callback(run(list_releases));
    withdraw.callback(run(withdraw_release));
    show.callback(run(show_release));
}

} // namespace hotspots::service
