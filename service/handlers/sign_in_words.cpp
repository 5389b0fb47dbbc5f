#include "service/handlers/sign_in_words.hpp"

#include "data/ascii.hpp"
#include "service/access/account_rules.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace hotspots::service {

namespace {

constexpr std::size_t longest_next = 2000;

std::string* place_of(SignInWords& words, std::string_view name, bool form) {
    if (name == "name") {
        return &words.name;
    }
    if (name == "password") {
        return &words.password;
    }
    if (name == "purpose") {
        return &words.chosen_purpose;
    }
    if (form && name == "detail") {
        return &words.detail;
    }
    return form && name == "next" ? &words.next : nullptr;
}

Problem unknown_member(const std::string& name) {
    return bad_parameter(name, "unknown member " + service::quoted(name) +
                                   "; expected name, password and purpose");
}

} // namespace

bool is_form_request(const Request& request) {
    const auto type = data::lower_case(request.header("content-type").value_or(""));
    return type.starts_with("application/x-www-form-urlencoded");
}

SignInWords read_sign_in_form(const Request& request) {
    const auto fields = parse_target("/?" + request.body);
    if (!fields) {
        throw Problem(400, "Bad request", "the form is not application/x-www-form-urlencoded");
    }
    SignInWords words;
    for (const auto& [name, value] : fields->second) {
        auto* place = place_of(words, name, true);
        if (!place) {
            throw unknown_member(name);
        }
        *place = value;
    }
    words.next = own_path(words.next);
    return words;
}

SignInWords read_sign_in_json(const Request& request) {
    constexpr const char* expected = R"(expected {"name": "...", "password": "...", "purpose": )"
                                     R"("..."})";
    const auto json = nlohmann::json::parse(request.body, nullptr, false);
    if (!json.is_object()) {
        throw Problem(400, "Bad request", std::string("the body is no JSON object; ") + expected);
    }
    SignInWords words;
    for (const auto& [name, value] : json.items()) {
        auto* place = place_of(words, name, false);
        if (!place) {
            throw unknown_member(name);
        }
        if (!value.is_string()) {
            throw bad_parameter(name, std::string("is no text; ") + expected);
        }
        *place = value.get<std::string>();
    }
    for (const auto* name : {"name", "password"}) {
        if (!json.contains(name)) {
            throw bad_parameter(name, std::string("is missing; ") + expected);
        }
    }
    return words;
}

std::string purpose_of(const SignInWords& words) {
    return words.detail.empty() ? words.chosen_purpose : words.chosen_purpose + ": " + words.detail;
}

const char* fault_of_purpose(const SignInWords& words) {
    if (words.chosen_purpose.find_first_not_of(' ') == std::string::npos) {
        return "say what you sign in for: it is written down with what you look at";
    }
    return fault_of_line(purpose_of(words));
}

// A browser takes "\" for "/", and drops tabs and line ends: only what can be nothing but a path of
// this host will do.
std::string own_path(std::string_view path) {
    const bool visible = std::all_of(path.begin(), path.end(),
                                     [](char c) { return c > 0x20 && c < 0x7F && c != '\\'; });
    const bool is_path = path.starts_with('/') && !path.starts_with("//");
    return visible && is_path && path.size() <= longest_next ? std::string(path) : std::string();
}

std::string words_of_wait(const SignInOutcome& outcome) {
    const auto seconds = outcome.wait.count();
    const auto wait = seconds > 90   ? std::to_string((seconds + 59) / 60) + " minutes"
                      : seconds == 1 ? std::string("a second")
                                     : std::to_string(seconds) + " seconds";
    if (outcome.kind == SignInOutcome::Kind::too_often) {
        return "too many wrong tries for this name or from this address; try again in " + wait;
    }
    return "too many people sign in at once; try again in " + wait;
}

} // namespace hotspots::service
