// What panels see of a release: made by hand here, so that every figure is known.
#include "data/published_snapshot.hpp"
#include "data/release/release.hpp"
#include "service/router.hpp"
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

using namespace hotspots;
using namespace hotspots::tests;
using nlohmann::json;
using service::Role;

namespace {

data::ReleasePeriod year_to(int year, unsigned month) {
    return {data::PeriodKind::year, std::chrono::year(year) / std::chrono::month(month)};
}

data::Figure shown_as(std::int64_t value) {
    return {value, data::Hiding::none};
}

const data::Figure small{std::nullopt, data::Hiding::small};
const data::Figure added{std::nullopt, data::Hiding::added};

void put(data::Release& release, const std::string& code, const data::ReleasePeriod& period,
         const data::Figure& all, const data::Figure& under_25) {
    auto& row = release.figures[code][period.text()];
    row[static_cast<std::size_t>(data::ReleaseCategory::all)] = all;
    row[static_cast<std::size_t>(data::ReleaseCategory::under_25)] = under_25;
}

std::shared_ptr<data::Release> made_release(const data::Snapshot& snapshot) {
    auto release = std::make_shared<data::Release>();
    release->number = 3;
    release->created = data::Instant(std::chrono::seconds(1'760'000'000));
    release->profile = "vrn-2021";
    release->profile_version = 1;
    release->description = "Public-place violence.";
    release->revision = 6;
    release->years = {year_to(2025, 6), year_to(2025, 3), year_to(2024, 6)};
    release->quarters = {{data::PeriodKind::quarter, std::chrono::year(2025) / 6}};
    for (const auto& ward : snapshot.wards) {
        release->areas.push_back(
            {data::AreaLevel::ward, ward.code, ward.name, ward.authority_code});
    }
    const auto code = [&](std::size_t i) { return snapshot.wards[i].code; };
    put(*release, code(0), release->years[0], shown_as(140), shown_as(40));
    put(*release, code(0), release->years[2], shown_as(100), small);
    put(*release, code(1), release->years[0], small, shown_as(0));
    put(*release, code(1), release->years[2], shown_as(15), shown_as(0));
    const auto authority = snapshot.wards[0].authority_code;
    put(*release, authority, release->years[0], shown_as(145), added);
    put(*release, authority, release->quarters[0], shown_as(35), added);
    put(*release, std::string(data::whole_area_code), release->years[0], shown_as(145), added);
    release->document = "{\"number\":3}\n";
    release->sha256 = std::string(64, 'a');
    return release;
}

// A service that has published a release, asked as a role of one's choice.
class PublishedService {
public:
    PublishedService() : m_service(three_clusters().build()) {
        const auto live = m_service.context.snapshot();
        release = made_release(*live);
        m_service.context.published = [this, live](Role role) {
            return data::published_snapshot(*live, role == Role::panel ? release : nullptr);
        };
        m_service.context.releases = [this] {
            return std::make_shared<const data::Releases>(data::Releases{{release}});
        };
    }

    service::Response ask(std::string_view target, Role role = Role::panel,
                          std::vector<service::Header> headers = {}) const {
        service::Request request;
        auto parsed = service::parse_target(target);
        REQUIRE(parsed);
        request.path = parsed->first;
        request.query = parsed->second;
        request.headers = std::move(headers);
        request.caller = {role, role == Role::anyone ? "" : "somebody", {}};
        return service::dispatch(m_service.context, request);
    }

    json document(std::string_view target, Role role = Role::panel) const {
        const auto response = ask(target, role);
        INFO(target << '\n' << response.body_view().substr(0, 400));
        REQUIRE(response.status == 200);
        return json::parse(response.body_view());
    }

    std::string ward(std::size_t i) const { return m_service.context.snapshot()->wards[i].code; }

    std::shared_ptr<data::Release> release;

private:
    Service m_service;
};

json properties_of_ward(const json& items, const std::string& code) {
    for (const auto& feature : items.at("features")) {
        if (feature.at("properties").at("code") == code) {
            return feature.at("properties");
        }
    }
    return nullptr;
}

} // namespace

TEST_CASE("A panel's wards have the release's figures, and rates made of those", "[panel]") {
    const PublishedService service;
    const auto items = service.document("/collections/wards/items");
    const auto first = properties_of_ward(items, service.ward(0));
    CHECK(first.at("incidents") == 140);
    CHECK(first.at("suppressed") == false);
    CHECK(first.at("per_km2") == Approx(140 / first.at("area_km2").get<double>()).margin(0.001));
    const auto second = properties_of_ward(items, service.ward(1));
    CHECK(second.at("incidents").is_null());
    CHECK(second.at("suppressed") == true);
    CHECK(second.at("per_km2").is_null());
    CHECK(second.at("rate_per_1000").is_null());
    CHECK(items.at("manifest").at("release") == 3);
    CHECK(items.at("timeStamp") == data::format_utc(service.release->created));
    CHECK(items.at("marking").is_null());
    CHECK_FALSE(items.contains("in_scope"));
    const auto young = service.document("/collections/wards/items?age=under-25");
    CHECK(properties_of_ward(young, service.ward(0)).at("incidents") == 40);
    CHECK(properties_of_ward(young, service.ward(1)).at("incidents") == 0);
    CHECK(properties_of_ward(young, service.ward(1)).at("suppressed") == false);
}

TEST_CASE("Only what was released can be asked for without seeing records", "[panel]") {
    const PublishedService service;
    const auto items = [&](const std::string& query) {
        return service.ask("/collections/wards/items?" + query).status;
    };
    CHECK(items("datetime=2023-07/2024-06") == 200);
    CHECK(items("datetime=2025-04/2025-06") == 400); // wards have no quarters
    CHECK(items("datetime=2025-06") == 400);
    CHECK(items("scope=police-uk-open") == 400);
    for (const auto* refused :
         {"group=robbery", "weapon=knife", "source=ed", "hours=22-04", "days=fri"}) {
        CAPTURE(refused);
        CHECK(items(refused) == 403);
    }
    const auto quarter =
        service.document("/collections/authorities/items?datetime=2025-04/2025-06");
    CHECK(quarter.at("features").at(0).at("properties").at("incidents") == 35);
    // A filter sees what is published, and no more.
    const auto above = service.document("/collections/wards/items?filter=incidents%20%3E%200");
    CHECK(above.at("numberMatched") == 1);
    CHECK(service.document("/collections/wards/items?filter=incidents%20%3C%208")
              .at("numberMatched") == 0);
}

TEST_CASE("The public sees areas without figures, whatever is released", "[panel]") {
    const PublishedService service;
    const auto items = service.document("/collections/wards/items", Role::anyone);
    CHECK(items.at("numberMatched") == 3);
    for (const auto& feature : items.at("features")) {
        CHECK(feature.at("properties").at("incidents").is_null());
        CHECK(feature.at("properties").at("suppressed") == true);
    }
    CHECK(service.ask("/releases", Role::anyone).status == 401);
    CHECK(service.ask("/wards/" + service.ward(0) + "/summary", Role::anyone).status == 401);
}

TEST_CASE("A ward's summary says in words what its table says", "[panel]") {
    const PublishedService service;
    const auto first = service.document("/wards/" + service.ward(0) + "/summary");
    CHECK(first.at("sentences").at(0) ==
          "About 140 incidents of serious violence in public places were recorded in North in the "
          "12 months to June 2025. That is more than in the year before (100), by more than "
          "chance alone explains.");
    CHECK(first.at("sentences").at(1) ==
          "In about 40 of them the victim was known to be under 25.");
    const auto& row = first.at("tables").at(0).at("rows").at(0);
    CHECK(row.at("title") == "12 months to June 2025");
    CHECK(row.at("cells").at(0) == "140");
    CHECK(first.at("tables").at(0).at("rows").at(2).at("cells").at(1) == "*");
    CHECK(first.at("tables").at(1).at("rows").at(0).at("cells").at(1) == "–");
    CHECK(first.at("release").at("number") == 3);
    const auto second = service.document("/wards/" + service.ward(1) + "/summary");
    CHECK(second.at("sentences").size() == 1); // none of those under 25: the sum is hidden
    CHECK_THAT(second.at("sentences").at(0).get<std::string>(),
               Catch::Contains("is not shown") && Catch::Contains("cannot be compared"));
    CHECK(service.ask("/wards/E0/summary").status == 404);
}

TEST_CASE("The summary is the same for all who may read it, and as a page works without scripts",
          "[panel]") {
    const PublishedService service;
    const auto path = "/wards/" + service.ward(0) + "/summary";
    CHECK(service.ask(path, Role::panel).body_view() == service.ask(path, Role::admin).body_view());
    const std::string page(service.ask(path + "?f=html").body_view());
    for (const auto* needed : {"<h1>North</h1>", "About 140 incidents", "<th scope=\"row\">",
                               "What the signs mean", "lang=\"en-GB\"", "name=\"viewport\""}) {
        CAPTURE(needed);
        CHECK(page.find(needed) != page.npos);
    }
    CHECK(page.find("<script") == page.npos);
    const std::string front(service.ask("/?f=html").body_view());
    CHECK(front.find(path) != front.npos);
    CHECK(front.find("sign-in?next=") == front.npos);
    const std::string nobodys(service.ask("/?f=html", Role::anyone).body_view());
    CHECK(nobodys.find("sign-in?next=") != nobodys.npos);
    CHECK(nobodys.find("140") == nobodys.npos);
}

TEST_CASE("A release is given as it was published, and not once it is withdrawn", "[panel]") {
    const PublishedService service;
    for (const auto* id : {"3", "latest"}) {
        const auto response = service.ask(std::string("/releases/") + id);
        CHECK(response.body == service.release->document);
        CHECK(header_of(response, "etag") == '"' + service.release->sha256 + '"');
    }
    CHECK(service
              .ask("/releases/3", Role::panel,
                   {{"if-none-match", '"' + service.release->sha256 + '"'}})
              .status == 304);
    CHECK(service.ask("/releases/4").status == 404);
    CHECK(service.document("/releases").at("releases").size() == 1);
    service.release->withdrawn = service.release->created;
    service.release->withdrawn_reason = "wrong boundaries";
    const auto gone = service.ask("/releases/3");
    CHECK(gone.status == 410);
    CHECK(std::string(gone.body_view()).find("wrong boundaries") != std::string::npos);
    CHECK(service.ask("/releases/latest").status == 404);
    CHECK(service.document("/releases").at("releases").at(0).at("withdrawn_reason") ==
          "wrong boundaries");
}

TEST_CASE("A panel's validators change with the release, not with the records", "[panel]") {
    const PublishedService service;
    const auto etag = [&] { return header_of(service.ask("/collections/wards/items"), "etag"); };
    const auto before = etag();
    CHECK_THAT(before, Catch::StartsWith("\"p3-"));
    service.release->number = 4;
    CHECK(etag() != before);
}
