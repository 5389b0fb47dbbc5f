// Who may come in: keys and accounts, to and from their rows, and the changes of both.
#include "data/errors.hpp"
#include "data/store/rows.hpp"
#include "data/store/state.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace hotspots::data {

namespace store {

void write_api_key(Row& row, const ApiKey& entry) {
    row.set(api_key::sha256, entry.sha256);
    row.set(api_key::role, entry.role);
    row.set(api_key::name, entry.name);
    row.set(api_key::purpose, entry.purpose);
    row.set(api_key::created, entry.created);
    row.set(api_key::expires, entry.expires);
}

ApiKey read_api_key(const Row& row) {
    return {std::string(row.text(api_key::sha256)),
            std::string(row.text(api_key::role)),
            std::string(row.text(api_key::name)),
            std::string(row.text(api_key::purpose)),
            row.time(api_key::created).value_or(Instant{}),
            row.time(api_key::expires),
            row.id()};
}

void write_user(Row& row, const User& entry) {
    row.set(user::name, entry.name);
    row.set(user::role, entry.role);
    row.set(user::password_hash, entry.password_hash);
    row.set(user::created, entry.created);
    row.set(user::changed, entry.changed);
    row.set(user::disabled, std::int64_t{entry.disabled});
}

User read_user(const Row& row) {
    return {
        std::string(row.text(user::name)),           std::string(row.text(user::role)),
        std::string(row.text(user::password_hash)),  row.time(user::created).value_or(Instant{}),
        row.time(user::changed).value_or(Instant{}), row.integer(user::disabled).value_or(1) != 0};
}

namespace {

// Not a revision: what is counted are changes of keys and accounts.
void count_access_change(Table& properties) {
    const auto text = read_property(properties, name_of(Part::access)).value_or("0");
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number); // what is damaged starts anew
    write_property(properties, name_of(Part::access), std::to_string(number + 1));
}

std::optional<std::int64_t> row_of_user(Table& users, const std::string& name) {
    std::optional<std::int64_t> id;
    users.scan("name = " + sql_literal(name), {}, [&](const Row& row) { id = row.id(); });
    return id;
}

} // namespace

} // namespace store

using namespace store;

void StoreTransaction::add_api_key(const ApiKey& key) {
    auto& keys = m_state->table(tables::api_keys);
    auto row = keys.new_row();
    write_api_key(row, key);
    keys.insert(row);
    count_access_change(m_state->table(tables::properties));
}

bool StoreTransaction::remove_api_key(std::int64_t id) {
    const auto condition = "id = " + std::to_string(id);
    bool found = false;
    m_state->table(tables::api_keys).scan(condition, {}, [&](const Row&) { found = true; });
    if (found) {
        m_state->store.database.execute("DELETE FROM api_keys WHERE " + condition);
        count_access_change(m_state->table(tables::properties));
    }
    return found;
}

void StoreTransaction::put_user(const User& entry) {
    auto& users = m_state->table(tables::users);
    const auto id = row_of_user(users, entry.name);
    auto row = id ? users.new_row(*id) : users.new_row();
    write_user(row, entry);
    if (id) {
        users.update(row);
    } else {
        users.insert(row);
    }
    count_access_change(m_state->table(tables::properties));
}

bool StoreTransaction::remove_user(const std::string& name) {
    const auto id = row_of_user(m_state->table(tables::users), name);
    if (id) {
        m_state->store.database.execute("DELETE FROM users WHERE id = " + std::to_string(*id));
        count_access_change(m_state->table(tables::properties));
    }
    return id.has_value();
}

std::vector<ApiKey> IncidentStore::api_keys() {
    std::vector<ApiKey> all;
    m_state->table(tables::api_keys).scan({}, {}, [&](const Row& row) {
        all.push_back(read_api_key(row));
    });
    std::sort(all.begin(), all.end(), [](const ApiKey& a, const ApiKey& b) { return a.id < b.id; });
    return all;
}

std::vector<User> IncidentStore::users() {
    std::vector<User> all;
    m_state->table(tables::users).scan({}, {}, [&](const Row& row) {
        all.push_back(read_user(row));
    });
    std::sort(all.begin(), all.end(), [](const User& a, const User& b) { return a.name < b.name; });
    return all;
}

} // namespace hotspots::data
