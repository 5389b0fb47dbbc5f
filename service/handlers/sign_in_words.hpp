// What is sent to sign in, read from JSON or from the page's form, and what is said of it.
#pragma once

#include "service/access/sign_in.hpp"
#include "service/http/message.hpp"

#include <string>
#include <string_view>

namespace hotspots::service {

struct SignInWords {
    std::string name;
    std::string password;
    std::string chosen_purpose;
    std::string detail; // of the purpose; may be empty
    std::string next;   // where a form leads to; empty: the map
};

// Whether it is the page's form (application/x-www-form-urlencoded).
bool is_form_request(const Request& request);

// Both throw Problem 400 naming what is missing or not known; neither quotes a password.
SignInWords read_sign_in_form(const Request& request);
SignInWords read_sign_in_json(const Request& request);

// What the audit gives as the reason.
std::string purpose_of(const SignInWords& words);
const char* fault_of_purpose(const SignInWords& words); // null if nothing is wrong

// `path` if it leads to this service and nowhere else, else empty.
std::string own_path(std::string_view path);

inline constexpr const char* wrong_credentials =
    "the name or the password is wrong; which of them is not said";
std::string words_of_wait(const SignInOutcome& outcome); // of too_often and busy

} // namespace hotspots::service
