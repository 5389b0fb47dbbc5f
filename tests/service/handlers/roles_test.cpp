// Who may ask what, and that the answers to those who may not see records do not hang on records.
#include "service/router.hpp"
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <map>
#include <set>
#include <string>
#include <variant>
#include <vector>

using namespace hotspots;
using namespace hotspots::tests;
using service::Method;
using service::Role;

namespace {

constexpr std::array<Role, 5> all_roles{Role::anyone, Role::panel, Role::inspector, Role::analyst,
                                        Role::admin};
constexpr std::array<Method, 4> changing_methods{Method::get, Method::post, Method::put,
                                                 Method::del};

// The design's table of roles, written down a second time: the least role for each path.
struct AccessCase {
    Method method;
    std::string_view pattern;
    std::string target;
    Role least;
};

std::vector<AccessCase> access_cases() {
    constexpr auto get = Method::get;
    std::vector<AccessCase> cases;
    for (const auto* open :
         {"/", "/connect", "/data", "/api", "/conformance", "/health", "/health/live",
          "/health/ready", "/collections", "/tileMatrixSets", "/styles", "/sign-in", "/session"}) {
        cases.push_back({get, open, open, Role::anyone});
    }
    cases.push_back({get, "/assets/{rest...}", "/assets/a.js", Role::anyone});
    cases.push_back({get, "/tileMatrixSets/{id}", "/tileMatrixSets/WebMercatorQuad", Role::anyone});
    cases.push_back({get, "/styles/{name}.json", "/styles/wards.json", Role::anyone});
    cases.push_back({get, "/fonts/{fontstack}/{range}.pbf",
                     "/fonts/Noto%20Sans%20Regular/0-255.pbf", Role::anyone});
    for (const auto* name :
         {"wards", "authorities", "hotspots", "cells", "isobands", "incidents"}) {
        const std::string c(name);
        const auto least = c == "wards" || c == "authorities" ? Role::anyone : Role::inspector;
        const std::string base = "/collections/" + c;
        cases.push_back({get, "/collections/{c}", base, least});
        cases.push_back({get, "/collections/{c}/queryables", base + "/queryables", least});
        cases.push_back({get, "/collections/{c}/schema", base + "/schema", least});
        cases.push_back({get, "/collections/{c}/manifest", base + "/manifest", least});
        cases.push_back({get, "/collections/{c}/items", base + "/items", least});
        cases.push_back({get, "/collections/{c}/items/{id}", base + "/items/1", least});
        cases.push_back({get, "/collections/{c}/tiles", base + "/tiles", least});
        cases.push_back({get, "/collections/{c}/tiles/WebMercatorQuad",
                         base + "/tiles/WebMercatorQuad", least});
        cases.push_back({get, "/collections/{c}/tiles/WebMercatorQuad/{z}/{row}/{col}",
                         base + "/tiles/WebMercatorQuad/0/0/0", least});
        cases.push_back({get, "/tiles/{c}.json", "/tiles/" + c + ".json", least});
        cases.push_back({get, "/tiles/{c}/{z}/{x}/{y}.mvt", "/tiles/" + c + "/0/0/0.mvt", least});
    }
    for (const auto* path : {"/density.tif", "/analysis/bandwidths", "/analysis/near-repeat",
                             "/analysis/space-time", "/analysis/compare", "/analysis/stability",
                             "/analysis/streets", "/hotspots/evaluation", "/jobs", "/geocode"}) {
        cases.push_back({get, path, path, Role::inspector});
    }
    cases.push_back({get, "/hotspots/{id}/why", "/hotspots/1/why", Role::inspector});
    cases.push_back({get, "/archives/{name}", "/archives/a.pmtiles", Role::inspector});
    cases.push_back({get, "/jobs/{id}", "/jobs/1", Role::inspector});
    cases.push_back({Method::del, "/jobs/{id}", "/jobs/1", Role::inspector});
    cases.push_back({Method::post, "/geocode", "/geocode", Role::inspector});
    cases.push_back({get, "/releases", "/releases", Role::panel});
    cases.push_back({Method::post, "/releases", "/releases", Role::analyst});
    cases.push_back(
        {Method::post, "/releases/{id}/withdraw", "/releases/1/withdraw", Role::analyst});
    cases.push_back({Method::post, "/session", "/session", Role::anyone});
    cases.push_back({Method::del, "/session", "/session", Role::anyone});
    cases.push_back({Method::post, "/sign-out", "/sign-out", Role::anyone});
    for (const auto* path : {"/users", "/keys", "/audit"}) {
        cases.push_back({get, path, path, Role::admin});
    }
    cases.push_back({Method::post, "/users", "/users", Role::admin});
    cases.push_back({Method::put, "/users/{name}", "/users/one", Role::admin});
    cases.push_back({Method::del, "/users/{name}", "/users/one", Role::admin});
    cases.push_back({Method::post, "/keys", "/keys", Role::admin});
    cases.push_back({Method::del, "/keys/{id}", "/keys/1", Role::admin});
    cases.push_back({get, "/releases/{id}", "/releases/latest", Role::panel});
    cases.push_back({get, "/wards/{code}/summary", "/wards/E05000001/summary", Role::panel});
    cases.push_back({get, "/metrics", "/metrics", Role::analyst});
    cases.push_back({get, "/quality", "/quality", Role::analyst});
    cases.push_back({get, "/imports", "/imports", Role::analyst});
    cases.push_back({Method::post, "/imports", "/imports", Role::analyst});
    cases.push_back({get, "/imports/{id}", "/imports/1", Role::analyst});
    cases.push_back({Method::del, "/imports/{id}", "/imports/1", Role::analyst});
    cases.push_back({get, "/imports/{id}/rejects.csv", "/imports/1/rejects.csv", Role::analyst});
    cases.push_back({get, "/imports/{id}/events", "/imports/1/events", Role::analyst});
    cases.push_back({get, "/review", "/review", Role::analyst});
    cases.push_back({get, "/review/{id}", "/review/1", Role::analyst});
    cases.push_back({Method::put, "/review/{id}", "/review/1", Role::analyst});
    cases.push_back({Method::post, "/session", "/session", Role::anyone});
    cases.push_back({Method::del, "/session", "/session", Role::anyone});
    cases.push_back({Method::post, "/sign-out", "/sign-out", Role::anyone});
    cases.push_back({get, "/audit", "/audit", Role::admin});
    for (const auto* path : {"/users", "/keys"}) {
        cases.push_back({get, path, path, Role::admin});
        cases.push_back({Method::post, path, path, Role::admin});
    }
    cases.push_back({Method::put, "/users/{name}", "/users/ann", Role::admin});
    cases.push_back({Method::del, "/users/{name}", "/users/ann", Role::admin});
    cases.push_back({Method::del, "/keys/{id}", "/keys/1", Role::admin});
    return cases;
}

service::Request request_as(Role role, Method method, const std::string& target) {
    service::Request request;
    auto parsed = service::parse_target(target);
    REQUIRE(parsed);
    request.method = method;
    request.target = target;
    request.path = parsed->first;
    request.query = parsed->second;
    request.caller = {role, role == Role::anyone ? "" : "somebody", {}};
    return request;
}

service::Response ask(const Service& service, Method method, const std::string& target, Role role) {
    return service::dispatch(service.context, request_as(role, method, target));
}

// The status of a refusal; 0 where the request is let through to its handler.
int refusal_of(Role role, Method method, const std::string& target) {
    const auto admission = service::admit(request_as(role, method, target));
    const auto* refused = std::get_if<service::Response>(&admission);
    return refused ? refused->status : 0;
}

bool is_of_areas(std::string_view target) {
    return target == "/" || target.starts_with("/?") || target.starts_with("/api") ||
           target.starts_with("/collections") || target.starts_with("/tiles") ||
           target.starts_with("/styles");
}

// What a client could tell answers apart by.
std::string all_of(const service::Response& response) {
    auto text = std::to_string(response.status) + ' ' + response.content_type + '\n';
    for (const auto& header : response.headers) {
        text += header.name + ": " + header.value + '\n';
    }
    return text.append(response.prepared ? "prepared " + response.prepared->body : "")
        .append(response.body_view());
}

} // namespace

TEST_CASE("Every route, method and role: allowed or refused as the design's table says",
          "[roles]") {
    const Service service(three_clusters().build());
    for (const auto& access : access_cases()) {
        for (const auto role : all_roles) {
            CAPTURE(access.target, to_text(access.method), to_text(role));
            const int wanted = role >= access.least ? 0 : role == Role::anyone ? 401 : 403;
            CHECK(refusal_of(role, access.method, access.target) == wanted);
            if (wanted != 0) { // nor is it let through where no body is waited for
                const auto response = ask(service, access.method, access.target, role);
                CHECK(response.status == wanted);
                CHECK(response.content_type == "application/problem+json");
            }
        }
    }
}

TEST_CASE("No route is without a case in the table above, and no other method is answered",
          "[roles]") {
    std::set<std::string> cased;
    for (const auto& access : access_cases()) {
        cased.insert(std::string(to_text(access.method)) + ' ' + std::string(access.pattern));
    }
    std::set<std::string> declared;
    for (const auto& route : service::routes()) {
        declared.insert(std::string(to_text(route.method)) + ' ' + std::string(route.pattern));
    }
    CHECK(cased == declared);
    const Service service(three_clusters().build());
    for (const auto& access : access_cases()) {
        for (const auto method : changing_methods) {
            const auto key = std::string(to_text(method)) + ' ' + std::string(access.pattern);
            if (!declared.contains(key)) {
                CAPTURE(key);
                CHECK(ask(service, method, access.target, Role::admin).status == 405);
            }
        }
    }
}

// Two services that differ in every record: nothing that a panel or the public asks may tell which
// is which.
TEST_CASE("What those below inspector get does not hang on any record", "[roles]") {
    const Service one(three_clusters().build());
    auto builder = three_clusters();
    builder.add({north_centre, "2025-07-04T01:00", data::GeocodeStatus::matched, 10,
                 data::Decision::in, data::OffenceGroup::robbery, data::Source::ed,
                 data::Weapon::knife, 17},
                40);
    builder.add({{463000, 305000}, "2019-01-02", data::GeocodeStatus::unmatched});
    builder.revision(8);
    const Service other(builder.build());
    std::vector<std::string> targets;
    for (const auto& access : access_cases()) {
        if (access.method == Method::get) {
            targets.push_back(access.target);
        }
    }
    for (const auto* more : {"/?f=json",
                             "/?f=html",
                             "/api?f=html",
                             "/collections?f=html",
                             "/health",
                             "/collections/wards/items?f=html",
                             "/collections/wards/items?f=csv",
                             "/collections/wards/items?limit=1",
                             "/collections/wards/items?limit=1&offset=1",
                             "/collections/wards/items?filter=incidents%20%3E%205",
                             "/collections/wards/items?filter=incidents%20IS%20NULL&f=csv",
                             "/collections/wards/items?group=robbery",
                             "/collections/wards/items?age=under-25",
                             "/collections/wards/items?weapon=knife",
                             "/collections/wards/items?hours=22-04",
                             "/collections/wards/items?days=fri",
                             "/collections/wards/items?source=ed",
                             "/collections/wards/items?datetime=2025-03",
                             "/collections/wards/items?scope=vrn-2021",
                             "/collections/wards/items?scope=police-uk-open",
                             "/collections/wards/items?revision=7",
                             "/collections/wards/items?revision=8",
                             "/collections/wards/items?sortby=incidents",
                             "/collections/wards/items?f=fgb",
                             "/collections/wards/items?bbox=-1.2,52,-1,53",
                             "/collections/wards/items/E05000001",
                             "/collections/authorities/items?f=csv",
                             "/tiles/wards/8/126/84.mvt",
                             "/tiles/wards/8/126/84.mvt?group=robbery",
                             "/tiles/authorities/8/126/84.mvt",
                             "/tiles/wards.json?weapon=knife",
                             "/styles/everything.json",
                             "/styles/wards.json",
                             "/collections/incidents/items/33",
                             "/collections/incidents/items/34",
                             "/collections/incidents/items?filter=victim_age%20%3C%2025",
                             "/tiles/gazetteer.json"}) {
        targets.push_back(more);
    }
    for (const auto role : {Role::anyone, Role::panel}) {
        for (const auto& target : targets) {
            CAPTURE(target, to_text(role));
            const auto first = ask(one, Method::get, target, role);
            CHECK(all_of(first) == all_of(ask(other, Method::get, target, role)));
            // Nor does what was asked by someone who may, before or after.
            if (is_of_areas(target)) {
                ask(one, Method::get, target, Role::admin);
            }
            CHECK(all_of(first) == all_of(ask(one, Method::get, target, role)));
        }
    }
}

TEST_CASE("Lists and descriptions name what the role may see, and nothing else", "[roles]") {
    const Service service(three_clusters().build());
    const auto document = [&](const char* target, Role role) {
        return nlohmann::json::parse(ask(service, Method::get, target, role).body_view());
    };
    for (const auto role : all_roles) {
        std::set<std::string> listed;
        const auto collections = document("/collections", role);
        for (const auto& collection : collections.at("collections")) {
            listed.insert(collection.at("id"));
        }
        const bool sees_records = role >= Role::inspector;
        CHECK(listed.contains("wards"));
        CHECK(listed.contains("incidents") == sees_records);
        CHECK(listed.size() == (sees_records ? 6 : 2));
        const auto paths = document("/api", role).at("paths");
        CHECK(paths.contains("/density.tif") == sees_records);
        CHECK(paths.contains("/imports") == (role >= Role::analyst));
        const auto styles = document("/styles", role).dump();
        CHECK((styles.find("hotspots") != styles.npos) == sees_records);
    }
}
