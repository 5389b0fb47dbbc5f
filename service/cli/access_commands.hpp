// `user` and `key`: who may come in. They work while `serve` runs on the same store, which sees
// what they change within a second.
#pragma once

#include "service/cli/commands.hpp"

#include <string>

namespace hotspots::service {

// Of a new password: a line of standard input, or typed twice without echo.
struct PasswordSource {
    bool from_stdin = false;
};

struct UserOptions {
    StoreOptions store;
    std::string name;
    std::string role; // a role's word
    PasswordSource password;
};
int add_user(const UserOptions& options);
int set_user_password(const UserOptions& options);
int set_user_role(const UserOptions& options);
int remove_user(const UserOptions& options);
int list_users(const UserOptions& options);

struct KeyOptions {
    StoreOptions store;
    std::string role; // a role's word
    std::string name;
    std::string purpose;
    int expires_days = 0; // 0: never
    std::string which;    // name or number of a key that there is
};
int create_key(const KeyOptions& options);
int list_keys(const KeyOptions& options);
int revoke_key(const KeyOptions& options);

// Throws UsageError if there is none, or it will not do.
std::string read_new_password(const PasswordSource& source);

} // namespace hotspots::service
