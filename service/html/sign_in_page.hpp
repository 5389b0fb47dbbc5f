// The page to sign in at: a form that works without script.
#pragma once

#include <string>
#include <string_view>

namespace hotspots::service {

struct SignInPage {
    std::string base; // of links, as base_url() gives it
    std::string next; // where it leads to: a path of this service; empty: the map
    bool demo = false;
    std::string signed_in_as; // name and role; empty for nobody
    std::string name;         // as given before, with what was wrong:
    std::string purpose;
    std::string detail;
    std::string credentials_fault; // of name and password together: which of them is not said
    std::string purpose_fault;
};

std::string sign_in_page(const SignInPage& page);

} // namespace hotspots::service
