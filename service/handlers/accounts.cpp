// Accounts and keys, for administrators. No answer holds a password, a key that there is, or a hash
// of either.
#include "service/access/account_rules.hpp"
#include "service/access/identities.hpp"
#include "service/app.hpp"
#include "service/handlers/account_json.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/handlers.hpp"
#include "service/handlers/store_access.hpp"
#include "service/problem.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <optional>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

data::Instant this_second() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Response unstored(const ordered_json& document, int status = 200) {
    auto response = json_response(document);
    response.status = status;
    response.headers.push_back({"cache-control", "no-store"});
    return response;
}

Response nothing_left() {
    Response response;
    response.status = 204;
    return response;
}

std::optional<data::User> find_account(data::IncidentStore& store, const std::string& name) {
    const auto users = store.users();
    const auto found = std::find_if(users.begin(), users.end(),
                                    [&](const data::User& user) { return user.name == name; });
    return found == users.end() ? std::nullopt : std::optional(*found);
}

data::User known_account(data::IncidentStore& store, const PathParts& parts) {
    const auto user = find_account(store, account_name(parts.at("name")));
    if (!user) {
        throw not_found("there is no such account; /users lists all");
    }
    return *user;
}

void keep_account(data::IncidentStore& store, const data::User& user) {
    const auto change = store.begin();
    change->put_user(user);
    change->commit(false);
}

// Sessions that began before are found to be over when the account is read anew, within a second;
// this process's end at once.
void end_sessions(const AppContext& context, const std::string& account) {
    if (context.identities) {
        context.identities->sessions().end_all(account);
    }
}

} // namespace

Response get_users(const AppContext& context, const Request& request, const PathParts&) {
    allow_json_only(request);
    auto users = ordered_json::array();
    for (const auto& user : open_to_read(context)->users()) {
        users.push_back(to_json(user));
    }
    return unstored({{"users", std::move(users)}});
}

Response post_user(const AppContext& context, const Request& request, const PathParts&) {
    allow_no_parameters(request);
    const auto asked = read_account_change(request.body, true);
    const auto hash = hash_password(*asked.password);
    const auto now = this_second();
    const data::User user{*asked.name, *asked.role, hash, now, now, false};
    const auto store = open_to_write(context);
    if (find_account(*store, user.name)) {
        throw Problem(409, "There already", "there is an account of that name; PUT changes it",
                      "name");
    }
    keep_account(*store, user);
    auto response = unstored(to_json(user), 201);
    response.headers.push_back({"location", "/users/" + user.name});
    return response;
}

Response put_user(const AppContext& context, const Request& request, const PathParts& parts) {
    allow_no_parameters(request);
    const auto asked = read_account_change(request.body, false);
    const auto hash = asked.password ? std::optional(hash_password(*asked.password)) : std::nullopt;
    const auto store = open_to_write(context);
    auto user = known_account(*store, parts);
    user.role = asked.role.value_or(user.role);
    user.password_hash = hash.value_or(user.password_hash);
    user.disabled = asked.disabled.value_or(user.disabled);
    user.changed = this_second();
    keep_account(*store, user);
    end_sessions(context, user.name);
    return unstored(to_json(user));
}

Response delete_user(const AppContext& context, const Request& request, const PathParts& parts) {
    allow_no_parameters(request);
    const auto store = open_to_write(context);
    const auto user = known_account(*store, parts);
    const auto change = store->begin();
    change->remove_user(user.name);
    change->commit(false);
    end_sessions(context, user.name);
    return nothing_left();
}

Response get_keys(const AppContext& context, const Request& request, const PathParts&) {
    allow_json_only(request);
    auto keys = ordered_json::array();
    for (const auto& key : open_to_read(context)->api_keys()) {
        keys.push_back(to_json(key));
    }
    return unstored({{"keys", std::move(keys)}});
}

Response post_key(const AppContext& context, const Request& request, const PathParts&) {
    allow_no_parameters(request);
    const auto key = random_key();
    auto entry = read_new_key(request.body, this_second());
    entry.sha256 = to_hex(sha256(key));
    const auto store = open_to_write(context);
    const auto change = store->begin();
    change->add_api_key(entry);
    change->commit(false);
    for (const auto& stored : store->api_keys()) {
        entry.id = stored.sha256 == entry.sha256 ? stored.id : entry.id;
    }
    auto json = to_json(entry);
    json["key"] = key; // this once
    auto response = unstored(json, 201);
    response.headers.push_back({"location", "/keys/" + std::to_string(entry.id)});
    return response;
}

Response delete_key(const AppContext& context, const Request& request, const PathParts& parts) {
    allow_no_parameters(request);
    const auto& text = parts.at("id");
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    const auto store = open_to_write(context);
    const auto change = store->begin();
    if (error != std::errc() || end != text.data() + text.size() || !change->remove_api_key(id)) {
        throw not_found("there is no such key; /keys lists all");
    }
    change->commit(false);
    return nothing_left();
}

} // namespace hotspots::service
