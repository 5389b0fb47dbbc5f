// Kept answers and who asks for them: each caller gets what is its role's, refusals go their usual
// way, and what tells of records is noted.
#include "service/http/prepared_answer.hpp"
#include "service/problem.hpp"
#include "tests/catch.hpp"
#include "tests/service/http/client.hpp"

#include <mutex>

using namespace hotspots::tests;
using namespace hotspots::service;

namespace {

constexpr std::string_view good_field = "Bearer good";
constexpr std::string_view good_cookie = "session=known";

Response incident_response(std::optional<std::uint64_t> rows) {
    Response response;
    response.content_type = "application/vnd.mapbox-vector-tile";
    response.body = "records";
    response.rows = rows;
    return response;
}

std::shared_ptr<const Caller> tell(const SentCredentials& sent) {
    Caller caller;
    if (sent.authorization == good_field) {
        caller = {Role::inspector, "desk", "briefing", false};
    } else if (sent.authorization.empty() && sent.cookie == good_cookie) {
        caller = {Role::analyst, "browser", "review", true};
    } else {
        return nullptr;
    }
    return std::make_shared<const Caller>(caller);
}

// What was noted, by several threads.
struct NotedRequests {
    std::mutex mutex;
    std::vector<Request> requests;
};

// Has an answer ready for inspectors and above; says to all others which role they have.
Handler keeping_records(NotedRequests& noted, std::optional<std::uint64_t> rows = 7) {
    Handler handler;
    handler.is_quick = [](const Request&) { return true; };
    handler.handle = [](const Request& request) {
        Response response;
        response.content_type = "text/plain";
        response.body = std::string(to_text(request.caller.role)) + " asks";
        return response;
    };
    handler.admit = [](Request& request) -> Admission {
        const SentCredentials sent{request.header("authorization").value_or(""),
                                   request.header("cookie").value_or(""), request.secure};
        if (sent.authorization.empty() && sent.cookie.empty()) {
            return Body::none();
        }
        const auto caller = tell(sent);
        if (!caller) {
            return to_response(Problem(401, "Unknown", "who is that?"));
        }
        request.caller = *caller;
        request.route = "/records";
        return Body::none();
    };
    handler.identify = tell;
    handler.find_prepared = [answer = prepare(incident_response(rows), "/records")](
                                std::string_view,
                                const Caller& caller) -> std::shared_ptr<const PreparedAnswer> {
        return caller.role >= Role::inspector ? answer : nullptr;
    };
    handler.noted = [&noted](const Request& request, const PreparedAnswer&) {
        const std::lock_guard lock(noted.mutex);
        noted.requests.push_back(request);
    };
    return handler;
}

std::string get_with(const std::string& fields) {
    return "GET /records?days=fri,sat HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

} // namespace

TEST_CASE("Each of a connection's requests gets what its own caller may have") {
    NotedRequests noted;
    RunningServer server(keeping_records(noted));
    Client client(server.port());
    client.send(get_with("Authorization: Bearer good\r\n") + get_with("") +
                get_with("Cookie: session=known\r\n") + get_with("authorization: Bearer bad\r\n") +
                get_with("Cookie: session=over\r\n") + get_with("Authorization: Bearer good\r\n"));
    const std::vector<std::pair<int, std::string>> expected{{200, "records"}, {200, "public asks"},
                                                            {200, "records"}, {401, ""},
                                                            {401, ""},        {200, "records"}};
    for (const auto& [status, body] : expected) {
        const auto answer = client.read();
        REQUIRE(answer);
        CHECK(answer->status == status);
        CHECK((status != 200 || answer->body == body));
    }
}

TEST_CASE("A key is not overlooked because a session is sent with it") {
    NotedRequests noted;
    RunningServer server(keeping_records(noted));
    const auto answer =
        ask(server, get_with("Cookie: session=known\r\nAuthorization: Bearer bad\r\n"));
    REQUIRE(answer);
    CHECK(answer->status == 401);
    CHECK(noted.requests.empty());
}

TEST_CASE("What tells of records is noted with its caller, whichever way it takes") {
    NotedRequests noted;
    RunningServer server(keeping_records(noted));
    // "Connection: close" is not plain: such a request takes the long way.
    for (const std::string more : {"", "Connection: close\r\n"}) {
        CAPTURE(more);
        const auto answer = ask(server, get_with("Authorization: Bearer good\r\n" + more));
        REQUIRE(answer);
        CHECK(answer->body == "records");
        const std::lock_guard lock(noted.mutex);
        REQUIRE(noted.requests.size() == 1);
        const auto request = noted.requests.back();
        noted.requests.clear();
        CHECK(request.caller.name == "desk");
        CHECK(request.caller.purpose == "briefing");
        CHECK(request.route == "/records");
        CHECK(request.path == "/records");
        REQUIRE(request.query.size() == 1);
        CHECK(request.query[0].value == "fri,sat");
        CHECK(request.id == answer->headers.at("x-request-id"));
        CHECK(request.address == "127.0.0.1");
    }
}

TEST_CASE("What tells of no records is not noted") {
    NotedRequests noted;
    RunningServer server(keeping_records(noted, std::nullopt));
    for (const std::string more : {"", "Connection: close\r\n"}) {
        const auto answer = ask(server, get_with("Authorization: Bearer good\r\n" + more));
        REQUIRE(answer);
        CHECK(answer->body == "records");
    }
    CHECK(noted.requests.empty());
}
