#include "service/problem.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace hotspots::service {

Problem::Problem(int status, std::string title, std::string detail, std::string parameter)
    : std::runtime_error(detail), m_status(status), m_title(std::move(title)),
      m_parameter(std::move(parameter)) {}

Problem bad_parameter(const std::string& name, const std::string& detail) {
    return Problem(400, "Bad parameter", detail, name);
}

Problem not_found(const std::string& detail) {
    return Problem(404, "Not found", detail);
}

Problem sign_in_needed(const std::string& detail) {
    Problem problem(401, "Sign-in needed", detail);
    problem.headers.push_back({"www-authenticate", "Bearer realm=\"llr-hotspots\""});
    problem.headers.push_back(
        {"www-authenticate", "Basic realm=\"llr-hotspots\", charset=\"UTF-8\""});
    return problem;
}

Response to_response(const Problem& problem) {
    nlohmann::ordered_json document{{"type", "about:blank"},
                                    {"title", problem.title()},
                                    {"status", problem.status()},
                                    {"detail", problem.what()}};
    if (!problem.parameter().empty()) {
        document["parameter"] = problem.parameter();
    }
    if (problem.position) {
        document["position"] = *problem.position;
    }
    Response response;
    response.status = problem.status();
    response.content_type = "application/problem+json";
    response.headers = problem.headers;
    response.headers.push_back({"cache-control", "no-store"});
    // Details quote what the client sent, which may be any bytes.
    response.body = document.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    response.body.push_back('\n');
    return response;
}

} // namespace hotspots::service
