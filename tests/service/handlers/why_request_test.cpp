// Which cards there are, and what comes with them: ids, links, validators, refusals.
#include "service/jobs/background_jobs.hpp"
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <string>

using namespace hotspots;
using nlohmann::json;
using tests::header_of;
using tests::Service;
using tests::three_clusters;

namespace {

std::string id_of(const Service& service, const std::string& query) {
    return service.json("/collections/hotspots/items?" + query).at("features").at(0).at("id");
}

} // namespace

TEST_CASE("A card has links to what it is of, and the survival that stability gives", "[why]") {
    const Service service(three_clusters().build());
    const auto id = id_of(service, "bandwidth=400");
    const auto card = service.json("/hotspots/" + id + "/why?bandwidth=400");
    const auto query = card.at("manifest").at("parameters").get<std::string>();
    CHECK(card.at("links")[0].at("href") == "/hotspots/" + id + "/why?" + query);
    CHECK(service.json(card.at("links")[1].at("href").get<std::string>()).at("id") == id);
    const auto href = card.at("stability").at("href").get<std::string>();
    CHECK(href == "/analysis/stability?" + query);
    const auto stability = service.json(href);
    for (const auto* name : {"survival", "survived", "runs"}) {
        CHECK(card.at("stability").at(name) == stability.at("hotspots")[0].at(name));
    }
    CHECK(card.at("stability").at("runs") == 203);
}

TEST_CASE("A card is the same bytes whether its stability was computed before or not", "[why]") {
    const Service service(three_clusters().build());
    const auto target = "/hotspots/" + id_of(service, "") + "/why";
    const auto first = service.get(target);
    const Service other(three_clusters().build());
    other.json("/analysis/stability");
    const auto after = other.get(target);
    CHECK(first.body_view() == after.body_view());
    CHECK(header_of(first, "etag") == header_of(after, "etag"));
}

TEST_CASE("A card without its survival is there at once, and is another by its manifest", "[why]") {
    Service service(three_clusters().build());
    service.context.background = std::make_shared<service::BackgroundJobs>();
    const auto target = "/hotspots/" + id_of(service, "") + "/why";
    const std::vector<service::Header> no_wait{{"prefer", "respond-async"}};
    const auto without = service.get(target + "?survival=no", no_wait);
    REQUIRE(without.status == 200);
    const auto card = json::parse(without.body_view());
    CHECK(card.at("stability").at("survival").is_null());
    CHECK(service.get(card.at("links")[0].at("href").get<std::string>()).body_view() ==
          without.body_view());
    const auto whole = service.get(target, no_wait);
    CHECK(whole.status == 202);
    service.context.background.reset();
    const auto later = service.json(target);
    CHECK_FALSE(later.at("stability").at("survival").is_null());
    CHECK(later.at("manifest").at("id") != card.at("manifest").at("id"));
    service.json("/analysis/stability");
    CHECK(service.get(target + "?survival=no").body_view() == without.body_view());
}

TEST_CASE("The hotspot's item links to its card", "[why]") {
    const Service service(three_clusters().build());
    const auto id = id_of(service, "bandwidth=400");
    const auto item = service.json("/collections/hotspots/items/" + id + "?bandwidth=400");
    const auto& link = item.at("links").back();
    CHECK(link.at("rel") == "related");
    CHECK(service.json(link.at("href").get<std::string>()).at("id") == id);
}

TEST_CASE("Equal requests give equal bytes, and 304 to who has them", "[why]") {
    const Service service(three_clusters().build());
    const auto target = "/hotspots/" + id_of(service, "") + "/why";
    const auto response = service.get(target);
    CHECK(response.body_view() == Service(three_clusters().build()).get(target).body_view());
    const auto etag = header_of(response, "etag");
    CHECK(header_of(response, "cache-control") == "private, no-cache");
    CHECK(service.get(target, {{"if-none-match", etag}}).status == 304);
    const Service later(three_clusters().revision(8).build());
    CHECK(later.get(target, {{"if-none-match", etag}}).status == 404);
}

TEST_CASE("An id of other records or parameters is not found, and it is said what to do", "[why]") {
    const Service service(three_clusters().build());
    const auto id = id_of(service, "");
    const auto detail = service.problem("/hotspots/" + id + "/why?bandwidth=400", 404)
                            .at("detail")
                            .get<std::string>();
    CHECK(detail.find("have changed since the list that gave the id") != std::string::npos);
    CHECK(detail.find("/collections/hotspots/items?scope=vrn-2021") != std::string::npos);
    const Service later(three_clusters().revision(8).build());
    CHECK(later.problem("/hotspots/" + id + "/why", 404)
              .at("detail")
              .get<std::string>()
              .find("at revision 8") != std::string::npos);
}

TEST_CASE("What is no id of the list is not found", "[why]") {
    const Service service(three_clusters().build());
    const auto id = id_of(service, "");
    const auto manifest = id.substr(0, id.rfind('-'));
    for (const auto& wrong :
         {std::string("x"), manifest, manifest + "-", manifest + "-0", manifest + "-01",
          manifest + "-1x", manifest + "--1", manifest + "-99", manifest + "1",
          manifest + "-99999999999999999999999"}) {
        INFO(wrong);
        service.problem("/hotspots/" + wrong + "/why", 404);
    }
}

TEST_CASE("A parameter that the list does not take is refused", "[why]") {
    const Service service(three_clusters().build());
    const auto target = "/hotspots/" + id_of(service, "") + "/why?";
    CHECK(service.problem(target + "limit=3").at("parameter") == "limit");
    CHECK(service.problem(target + "shape=hexagon").at("parameter") == "shape");
    CHECK(service.problem(target + "f=html").at("parameter") == "f");
    CHECK(service.problem(target + "survival=maybe").at("parameter") == "survival");
    CHECK(service.json(target + "f=json").at("rank") == 1);
}
