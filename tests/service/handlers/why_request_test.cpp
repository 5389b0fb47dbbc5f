// Which cards there are, and what comes with them: ids, links, validators, refusals.
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

TEST_CASE("A card has links to what it is of, and its stability once that was computed", "[why]") {
    const Service service(three_clusters().build());
    const auto id = id_of(service, "bandwidth=400");
    const std::string target = "/hotspots/" + id + "/why?bandwidth=400";
    const auto before = service.get(target);
    const auto card = json::parse(before.body_view());
    const auto query = card.at("manifest").at("parameters").get<std::string>();
    CHECK(card.at("links")[0].at("href") == "/hotspots/" + id + "/why?" + query);
    CHECK(service.json(card.at("links")[1].at("href").get<std::string>()).at("id") == id);
    CHECK(card.at("stability").at("survival").is_null());
    const auto href = card.at("stability").at("href").get<std::string>();
    CHECK(href == "/analysis/stability?" + query);

    const auto stability = service.json(href);
    const auto after = service.get(target);
    const auto survival = json::parse(after.body_view()).at("stability").at("survival");
    CHECK(survival == stability.at("hotspots")[0].at("survival"));
    CHECK(header_of(after, "etag") != header_of(before, "etag"));
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
    CHECK(service.json(target + "f=json").at("rank") == 1);
}
