// Bodies that clients send as JSON or as a form: a decision on a location, a sign-in. What is wrong
// is a Problem 4xx, and none of them quotes a password.
#include "service/handlers/review_json.hpp"
#include "service/handlers/sign_in_words.hpp"
#include "service/problem.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace hotspots;

namespace {

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

template <class Read>
void read(const Read& read_body) {
    try {
        read_body();
    } catch (const service::Problem& problem) {
        require(problem.status() >= 400 && problem.status() < 500);
        require(!service::to_response(problem).body.empty());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string body(reinterpret_cast<const char*>(data), size);
    read([&] { service::read_decision(body, {}); });
    service::Request request;
    request.method = service::Method::post;
    request.path = "/session";
    request.body = body;
    request.headers = {{"content-type", "application/json"}};
    read([&] { service::read_sign_in_json(request); });
    request.headers = {{"content-type", "application/x-www-form-urlencoded"}};
    read([&] {
        const auto words = service::read_sign_in_form(request);
        service::fault_of_purpose(words);
    });
    const auto next = service::own_path(body);
    require(next.empty() || (next.front() == '/' && !next.starts_with("//")));
    return 0;
}
