#include "service/cli/demo_accounts.hpp"

#include "service/access/passwords.hpp"
#include "service/access/secrets.hpp"
#include "service/cli/commands.hpp"

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>

namespace hotspots::service {

void make_demo_accounts(data::IncidentStore& store) {
    if (!store.users().empty()) {
        return;
    }
    const char* given = std::getenv("LLR_HOTSPOTS_DEMO_PASSWORD");
    const bool random = given == nullptr || *given == '\0';
    const std::string password = random ? random_key().substr(0, 20) : std::string(given);
    if (const char* fault = fault_of_password(password)) {
        throw UsageError(std::string("LLR_HOTSPOTS_DEMO_PASSWORD ") + fault + "; take another");
    }
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto change = store.begin();
    for (const auto* role : {"panel", "inspector", "analyst", "admin"}) {
        change->put_user({role, role, hash_password(password), now, now, false});
    }
    change->commit(false);
    std::cerr << "accounts panel, inspector, analyst and admin made; their password "
              << (random ? "is " + password + " (it is not shown again)"
                         : "is that of LLR_HOTSPOTS_DEMO_PASSWORD")
              << std::endl;
}

} // namespace hotspots::service
