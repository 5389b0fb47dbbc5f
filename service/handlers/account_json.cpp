#include "service/handlers/account_json.hpp"

#include "service/access/account_rules.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"
#include "service/role.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <span>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

nlohmann::json read_members(std::string_view body, std::span<const std::string_view> names) {
    auto object = nlohmann::json::parse(body, nullptr, false);
    if (!object.is_object()) {
        throw Problem(400, "Bad request",
                      "the body is no JSON object; its members are " + join_choices(names));
    }
    for (const auto& [name, value] : object.items()) {
        if (std::find(names.begin(), names.end(), name) == names.end()) {
            throw bad_parameter(name, "unknown member " + service::quoted(name) + "; expected " +
                                          join_choices(names));
        }
    }
    return object;
}

std::optional<std::string> text_member(const nlohmann::json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end()) {
        return std::nullopt;
    }
    if (!found->is_string()) {
        throw bad_parameter(name, "is no text");
    }
    return found->get<std::string>();
}

std::optional<std::string> role_member(const nlohmann::json& object) {
    auto role = text_member(object, "role");
    if (role && !role_from_text(*role)) {
        throw bad_parameter("role", service::quoted(*role) +
                                        " is none; expected public, panel, inspector, analyst or "
                                        "admin");
    }
    return role;
}

std::string required(std::optional<std::string> value, const char* name) {
    if (!value) {
        throw bad_parameter(name, "is missing");
    }
    return std::move(*value);
}

std::string line_member(const nlohmann::json& object, const char* name) {
    auto text = text_member(object, name).value_or("");
    if (const char* fault = fault_of_line(text)) {
        throw bad_parameter(name, fault);
    }
    return text;
}

} // namespace

ordered_json to_json(const data::User& user) {
    return {{"name", user.name},
            {"role", user.role},
            {"created", data::format_utc(user.created)},
            {"changed", data::format_utc(user.changed)},
            {"disabled", user.disabled}};
}

ordered_json to_json(const data::ApiKey& key) {
    ordered_json json{{"id", key.id},
                      {"name", key.name},
                      {"role", key.role},
                      {"purpose", key.purpose},
                      {"created", data::format_utc(key.created)},
                      {"expires", nullptr}};
    if (key.expires) {
        json["expires"] = data::format_utc(*key.expires);
    }
    return json;
}

AccountChange read_account_change(std::string_view body, bool is_new) {
    static constexpr std::array<std::string_view, 3> of_new{"name", "role", "password"};
    static constexpr std::array<std::string_view, 3> of_known{"role", "password", "disabled"};
    const auto object = read_members(body, is_new ? of_new : of_known);
    AccountChange change;
    change.role = role_member(object);
    change.password = text_member(object, "password");
    if (change.password) {
        if (const char* fault = fault_of_password(*change.password)) {
            throw bad_parameter("password", fault);
        }
    }
    if (is_new) {
        change.name = account_name(required(text_member(object, "name"), "name"));
        if (const char* fault = fault_of_account_name(*change.name)) {
            throw bad_parameter("name", fault);
        }
        required(change.role, "role");
        required(change.password, "password");
    } else if (object.empty()) {
        throw Problem(400, "Bad request",
                      "nothing is to be changed; give role, password or "
                      "disabled");
    }
    if (const auto disabled = object.find("disabled"); disabled != object.end()) {
        if (!disabled->is_boolean()) {
            throw bad_parameter("disabled", "is neither true nor false");
        }
        change.disabled = disabled->get<bool>();
    }
    return change;
}

data::ApiKey read_new_key(std::string_view body, data::Instant now) {
    static constexpr std::array<std::string_view, 4> names{"role", "name", "purpose",
                                                           "expires_days"};
    constexpr int most_days = 3650;
    const auto object = read_members(body, names);
    data::ApiKey key;
    key.role = required(role_member(object), "role");
    key.name = line_member(object, "name");
    key.purpose = line_member(object, "purpose");
    key.created = now;
    if (const auto days = object.find("expires_days"); days != object.end()) {
        if (!days->is_number_integer() || *days < 1 || *days > most_days) {
            throw bad_parameter("expires_days", "is no whole number from 1 to 3650");
        }
        key.expires = now + std::chrono::hours(24 * days->get<int>());
    }
    return key;
}

} // namespace hotspots::service
