#include "service/cli/serve_config.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <variant>

namespace hotspots::service {

namespace {

using nlohmann::json;

struct NumberMember {
    int ServeOptions::*value;
    int least;
    int most;
};

struct Member {
    std::string_view name;
    std::variant<std::string ServeOptions::*, std::string StoreOptions::*, bool ServeOptions::*,
                 NumberMember>
        place;
};

// As on the command line.
const std::array<Member, 18>& config_members() {
    static const std::array<Member, 18> members{{
        {"data", &StoreOptions::data},
        {"store", &StoreOptions::store},
        {"listen", &ServeOptions::listen},
        {"demo", &ServeOptions::demo},
        {"tls-cert", &ServeOptions::tls_cert},
        {"tls-key", &ServeOptions::tls_key},
        {"behind-proxy", &ServeOptions::behind_proxy},
        {"public-url", &ServeOptions::public_url},
        {"public-figures", &ServeOptions::public_figures},
        {"session-idle-minutes", NumberMember{&ServeOptions::session_idle_minutes, 1, 1440}},
        {"session-hours", NumberMember{&ServeOptions::session_hours, 1, 168}},
        {"access-log", &ServeOptions::access_log},
        {"cache-mb", NumberMember{&ServeOptions::cache_mb, 1, 1'000'000}},
        {"threads", NumberMember{&ServeOptions::threads, 0, 256}},
        {"connections", NumberMember{&ServeOptions::connections, 1, 1'000'000}},
        {"connections-per-address",
         NumberMember{&ServeOptions::connections_per_address, 0, 1'000'000}},
        {"rate", NumberMember{&ServeOptions::rate, 0, 1'000'000}},
        {"rate-burst", NumberMember{&ServeOptions::rate_burst, 1, 1'000'000}},
    }};
    return members;
}

std::string member_names() {
    std::string names;
    for (const auto& member : config_members()) {
        names.append(names.empty() ? "" : ", ").append(member.name);
    }
    return names;
}

// Sets one option, or says what the value must be.
struct SetMember {
    ServeOptions& options;
    const json& value;

    // What it would have to be; empty if it is.
    std::string operator()(std::string ServeOptions::*place) const {
        return set_text(options.*place);
    }
    std::string operator()(std::string StoreOptions::*place) const {
        return set_text(options.store.*place);
    }
    std::string operator()(bool ServeOptions::*place) const {
        if (!value.is_boolean()) {
            return "true or false";
        }
        options.*place = value.get<bool>();
        return {};
    }
    std::string operator()(const NumberMember& member) const {
        if (!value.is_number_integer() || value < member.least || value > member.most) {
            return "a whole number from " + std::to_string(member.least) + " to " +
                   std::to_string(member.most);
        }
        options.*member.value = value.get<int>();
        return {};
    }

private:
    std::string set_text(std::string& text) const {
        if (!value.is_string()) {
            return "a text";
        }
        text = value.get<std::string>();
        return {};
    }
};

} // namespace

ServeOptions with_config_text(const ServeOptions& options, std::string_view text,
                              std::string_view name) {
    const std::string file = "the configuration " + std::string(name);
    const auto document = json::parse(text, nullptr, false);
    if (!document.is_object()) {
        throw UsageError(file + " is not a JSON object; it looks like {\"cache-mb\": 512}");
    }
    auto result = options;
    for (const auto& [key, value] : document.items()) {
        const auto found =
            std::find_if(config_members().begin(), config_members().end(),
                         [&key = key](const Member& member) { return member.name == key; });
        if (found == config_members().end()) {
            throw UsageError(file + " has a member '" + key + "', which is no option; use " +
                             member_names());
        }
        const auto& given = options.given;
        if (std::find(given.begin(), given.end(), key) != given.end()) {
            continue;
        }
        const auto wanted = std::visit(SetMember{result, value}, found->place);
        if (!wanted.empty()) {
            throw UsageError(file + ": '" + key + "' is " + value.dump() + "; it must be " +
                             wanted);
        }
    }
    return result;
}

ServeOptions with_config(const ServeOptions& options) {
    if (options.config.empty()) {
        return options;
    }
    std::ifstream file(options.config, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (!file.is_open() || file.bad()) {
        throw UsageError("the configuration " + options.config + " cannot be read");
    }
    return with_config_text(options, text, options.config);
}

} // namespace hotspots::service
