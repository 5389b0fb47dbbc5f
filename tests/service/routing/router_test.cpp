#include "geo/stop.hpp"
#include "service/problem.hpp"
#include "service/router.hpp"
#include "tests/catch.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <new>
#include <variant>

using namespace hotspots::service;

namespace {

// The contract's shapes of paths; who answers is told by the pattern.
constexpr std::array table{
    Route{Method::get, "/", Role::anyone, true, nullptr},
    Route{Method::get, "/health", Role::anyone, true, nullptr},
    Route{Method::get, "/collections/{c}", Role::inspector, true, nullptr},
    Route{Method::get, "/collections/{c}/items", Role::inspector, false, nullptr},
    Route{Method::get, "/collections/{c}/items/{id}", Role::inspector, false, nullptr},
    Route{Method::get, "/tiles/{c}.json", Role::inspector, true, nullptr},
    Route{Method::get, "/tiles/{c}/{z}/{x}/{y}.mvt", Role::inspector, false, nullptr},
    Route{Method::get, "/releases/latest", Role::panel, true, nullptr},
    Route{Method::get, "/releases/{id}", Role::panel, true, nullptr},
    Route{Method::post, "/imports", Role::analyst, false, nullptr, Body::file(1000)},
    Route{Method::get, "/session", Role::anyone, true, nullptr},
    Route{Method::del, "/session", Role::anyone, true, nullptr},
    Route{Method::get, "/{file...}", Role::anyone, true, nullptr},
};

Request asking(Method method, const std::string& path, Role role = Role::anyone) {
    Request request;
    request.method = method;
    request.path = path;
    request.caller = {role, role == Role::anyone ? "" : "somebody", {}};
    return request;
}

// Answers with the pattern and the parts.
Response tell(const Route& route, const PathParts& parts) {
    Response response;
    response.content_type = "text/plain";
    response.headers = {{"etag", "\"1\""}};
    response.body = route.pattern;
    for (const auto& [name, value] : parts) {
        response.body += " " + name + "=" + value;
    }
    return response;
}

Response get(const std::string& path, Role role = Role::inspector) {
    return answer(table, asking(Method::get, path, role), tell);
}

std::string header(const Response& response, std::string_view name) {
    for (const auto& each : response.headers) {
        if (each.name == name) {
            return each.value;
        }
    }
    return "(none)";
}

} // namespace

TEST_CASE("A path goes to its route, with the parts that the pattern names") {
    CHECK(get("/").body == "/");
    CHECK(get("/health").body == "/health");
    CHECK(get("/collections/wards/items").body == "/collections/{c}/items c=wards");
    CHECK(get("/collections/hotspots/items/a b").body ==
          "/collections/{c}/items/{id} c=hotspots id=a b");
    CHECK(get("/tiles/wards.json").body == "/tiles/{c}.json c=wards");
    CHECK(get("/tiles/wards/3/1/2.mvt").body == "/tiles/{c}/{z}/{x}/{y}.mvt c=wards x=1 y=2 z=3");
}

TEST_CASE("The more specific pattern wins") {
    CHECK(get("/releases/latest").body == "/releases/latest");
    CHECK(get("/releases/7").body == "/releases/{id} id=7");
    CHECK(get("/assets/index.js").body == "/{file...} file=assets/index.js");
    CHECK(get("/tiles/wards/3/1/2.png").body == "/{file...} file=tiles/wards/3/1/2.png");
    CHECK(get("/health/").body == "/{file...} file=health/");
}

TEST_CASE("A part is never empty") {
    CHECK_FALSE(match("/collections/{c}", "/collections/"));
    CHECK_FALSE(match("/tiles/{c}.json", "/tiles/.json"));
    CHECK_FALSE(match("/a/{b}", "/a"));
    CHECK_FALSE(match("/a", "/a/b"));
    CHECK_FALSE(match("/a/b", "/a"));
    CHECK(match("/{rest...}", "/"));
}

TEST_CASE("An unknown path is a 404 problem that names it") {
    const std::span<const Route> few(table.data(), 2);
    const auto response = answer(few, asking(Method::get, "/nowhere", Role::admin), tell);
    CHECK(response.status == 404);
    CHECK(nlohmann::json::parse(response.body).at("detail") == "there is nothing at /nowhere");
}

TEST_CASE("A method that a path does not offer is a 405 with Allow") {
    const auto response = answer(table, asking(Method::put, "/session", Role::admin), tell);
    CHECK(response.status == 405);
    CHECK(header(response, "allow") == "OPTIONS, GET, HEAD, DELETE");
    const auto import = answer(table, asking(Method::get, "/imports", Role::admin), tell);
    CHECK(import.status == 405);
    CHECK(header(import, "allow") == "OPTIONS, POST");
    CHECK(answer(table, asking(Method::other, "/", Role::admin), tell).status == 405);
}

TEST_CASE("OPTIONS tells what is allowed, HEAD is answered as GET") {
    const auto options = answer(table, asking(Method::options, "/session", Role::anyone), tell);
    CHECK(options.status == 204);
    CHECK(header(options, "allow") == "OPTIONS, GET, HEAD, DELETE");
    CHECK(options.body.empty());
    const auto head = answer(table, asking(Method::head, "/health", Role::anyone), tell);
    CHECK(head.status == 200);
    CHECK(head.body == "/health");
}

TEST_CASE("A route needs its role or a higher one") {
    CHECK(get("/collections/wards", Role::inspector).status == 200);
    CHECK(get("/collections/wards", Role::admin).status == 200);
    const auto panel = get("/collections/wards", Role::panel);
    CHECK(panel.status == 403);
    CHECK(nlohmann::json::parse(panel.body).at("detail") ==
          "this needs the role inspector; yours is panel");
    const auto anyone = get("/collections/wards", Role::anyone);
    CHECK(anyone.status == 401);
    CHECK(header(anyone, "www-authenticate") == "Bearer realm=\"llr-hotspots\"");
    auto known = asking(Method::get, "/collections/wards");
    known.caller = {Role::anyone, "a public key", {}};
    CHECK(answer(table, known, tell).status == 403);
    CHECK(get("/health", Role::anyone).status == 200);
}

TEST_CASE("A refused request does not reach its handler") {
    bool called = false;
    answer(table, asking(Method::post, "/imports", Role::inspector),
           [&](const Route&, const PathParts&) {
               called = true;
               return Response();
           });
    CHECK_FALSE(called);
}

TEST_CASE("A request is admitted with what its route does with a body") {
    const auto body_of = [](const Request& request) {
        const auto admission = admit(table, request);
        REQUIRE(std::holds_alternative<Body>(admission));
        return std::get<Body>(admission);
    };
    const auto import = body_of(asking(Method::post, "/imports", Role::analyst));
    CHECK(import.kind == Body::Kind::file);
    CHECK(import.limit_bytes == 1000);
    CHECK(body_of(asking(Method::get, "/health")).kind == Body::Kind::none);
    CHECK(body_of(asking(Method::head, "/health")).kind == Body::Kind::none);
    CHECK(body_of(asking(Method::options, "/imports")).kind == Body::Kind::none);
}

TEST_CASE("A request that its route would refuse is refused before its body") {
    const auto status_of = [](const Request& request) {
        const auto admission = admit(table, request);
        REQUIRE(std::holds_alternative<Response>(admission));
        return std::get<Response>(admission).status;
    };
    const std::span<const Route> few(table.data(), 2);
    const auto nowhere = admit(few, asking(Method::post, "/nowhere"));
    CHECK(std::get<Response>(nowhere).status == 404);
    CHECK(status_of(asking(Method::put, "/imports", Role::admin)) == 405);
    CHECK(status_of(asking(Method::post, "/imports")) == 401);
    CHECK(status_of(asking(Method::post, "/imports", Role::inspector)) == 403);
    auto foreign = asking(Method::post, "/imports", Role::admin);
    foreign.headers = {{"host", "localhost:8080"}, {"origin", "http://evil.example"}};
    CHECK(status_of(foreign) == 403);
    CHECK(answer(table, foreign, tell).status == 403);
}

TEST_CASE("A handler's problem is answered as it is, any other error without its internals") {
    const auto failing = [](auto error) {
        return answer(table, asking(Method::get, "/health", Role::anyone),
                      [&](const Route&, const PathParts&) -> Response { throw error; });
    };
    const auto problem = failing(bad_parameter("limit", "limit is not a number"));
    CHECK(problem.status == 400);
    CHECK(nlohmann::json::parse(problem.body).at("parameter") == "limit");
    const auto error = failing(std::runtime_error("/var/secret: no such table"));
    CHECK(error.status == 500);
    CHECK(error.content_type == "application/problem+json");
    CHECK(error.body.find("secret") == std::string::npos);
    CHECK(failing(std::bad_alloc()).status == 500);
}

TEST_CASE("What stopped since its client has left is no failure, and holds nothing") {
    const auto response =
        answer(table, asking(Method::get, "/"),
               [](const Route&, const PathParts&) -> Response { throw hotspots::geo::Stopped(); });
    CHECK(response.status == client_gone);
    CHECK(response.headers.empty());
    CHECK(response.body.empty());
}

TEST_CASE("An answer that the client has already is a 304") {
    auto request = asking(Method::get, "/health");
    request.headers = {{"if-none-match", "W/\"1\""}};
    const auto response = answer(table, request, tell);
    CHECK(response.status == 304);
    CHECK(response.body_view().empty());
    CHECK(header(response, "etag") == "\"1\"");
}

TEST_CASE(
    "Every declared route has a role's word, a handler and a pattern that begins at the root") {
    REQUIRE_FALSE(routes().empty());
    for (const Route& route : routes()) {
        INFO(route.pattern);
        CHECK(route.handle != nullptr);
        CHECK(route.pattern.starts_with('/'));
        CHECK_FALSE(to_text(route.policy.role()).empty());
    }
}
