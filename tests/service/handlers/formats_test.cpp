// Which format an answer has: f, then Accept (RFC 9110, 12.5.1); pages for people.
#include "service/html/text.hpp"
#include "service/negotiation.hpp"
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <array>

using namespace hotspots;
using tests::Event;
using tests::header_of;
using tests::Service;
using tests::SnapshotBuilder;
using tests::three_clusters;

namespace {

const std::string browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

// Every start tag has its end tag, in order; none stands where it may not be looked for.
bool is_well_nested(std::string_view html) {
    std::vector<std::string> open;
    for (auto at = html.find('<'); at != html.npos; at = html.find('<', at + 1)) {
        const auto end = html.find('>', at);
        if (end == html.npos) {
            return false;
        }
        const auto tag = html.substr(at + 1, end - at - 1);
        const bool closes = tag.starts_with('/');
        const auto name = std::string(tag.substr(closes ? 1 : 0, tag.find(' ') - (closes ? 1 : 0)));
        if (name == "meta" || name == "link" || name.starts_with('!')) {
            continue;
        }
        if (!closes) {
            open.push_back(name);
        } else if (open.empty() || open.back() != name) {
            return false;
        } else {
            open.pop_back();
        }
    }
    return open.empty();
}

} // namespace

TEST_CASE("The most specific range of Accept says how much a type is wanted", "[formats]") {
    using service::accept_quality;
    CHECK(accept_quality("", "text/html") == 1);
    CHECK(accept_quality("nonsense", "text/html") == 1);
    CHECK(accept_quality("*/*", "text/html") == 1);
    CHECK(accept_quality(browser, "text/html; charset=utf-8") == 1);
    CHECK(accept_quality(browser, "application/json") == 0.8);
    CHECK(accept_quality("text/*;q=0.3, text/html;q=0.7, */*;q=0.1", "text/html") == 0.7);
    CHECK(accept_quality("text/*;q=0.3, text/html;q=0.7, */*;q=0.1", "text/csv") == 0.3);
    CHECK(accept_quality("text/*;q=0.3, text/html;q=0.7, */*;q=0.1", "image/png") == 0.1);
    CHECK(accept_quality("text/html;q=0", "text/html") == 0);
    CHECK(accept_quality("*/*, text/html;q=0", "text/html") == 0);
    CHECK(accept_quality("TEXT/HTML ; level=1 ; Q=0.5", "text/html") == 0.5);
    CHECK(accept_quality("text/html;q=2", "text/html") == 0);
    CHECK(accept_quality(",,;q=,/", "text/html") == 0);
    CHECK(accept_quality("application/json", "text/html") == 0);
}

TEST_CASE("Every OGC resource comes in the format that f or Accept asks for", "[formats]") {
    const Service service(three_clusters().build());
    const auto type = [&](const std::string& path, const std::string& accept) {
        return service.get(path, {{"accept", accept}}).content_type;
    };
    const std::string html = "text/html; charset=utf-8";
    for (const std::string path :
         {"/api", "/conformance", "/collections", "/collections/wards", "/collections/wards/items",
          "/collections/wards/items/E05000001"}) {
        CAPTURE(path);
        CHECK(type(path, browser) == html);
        CHECK(type(path + "?f=html", "application/json") == html);
        CHECK(type(path, "application/json") == "application/json");
        CHECK(type(path + "?f=json", browser).find("json") != std::string::npos);
        CHECK(type(path, "*/*").find("json") != std::string::npos);
        CHECK(header_of(service.get(path), "vary") == "accept");
        const auto refused = service.get(path, {{"accept", "image/png"}});
        CHECK(refused.status == 406);
        CHECK_THAT(std::string(refused.body_view()), Catch::Contains("text/html"));
        CHECK(service.problem(path + "?f=xml").at("parameter") == "f");
        CHECK(service.get(path + "?f=json", {{"accept", "image/png"}}).status == 200);
        const auto etag = header_of(service.get(path + "?f=json"), "etag");
        CHECK((etag.empty() || etag != header_of(service.get(path + "?f=html"), "etag")));
    }
    for (const std::string path : {"/collections/wards/queryables", "/collections/wards/schema"}) {
        CHECK(type(path, "application/json") == "application/json");
        CHECK(type(path, "*/*") == "application/schema+json");
        CHECK(service.get(path, {{"accept", "text/html"}}).status == 406);
    }
    CHECK(type("/collections/wards/items", "application/geo+json") == "application/geo+json");
    CHECK(type("/api", "application/vnd.oai.openapi+json;version=3.0") ==
          "application/vnd.oai.openapi+json;version=3.0");
    CHECK(type("/connect", browser) == html);
}

TEST_CASE("Pages are whole, have one heading, need no script and no other host", "[formats]") {
    const Service service(three_clusters().build());
    for (const std::string path :
         {"/connect", "/api?f=html", "/conformance?f=html", "/collections?f=html",
          "/collections/incidents?f=html", "/collections/incidents/items?f=html&limit=5",
          "/collections/hotspots/items?f=html", "/collections/incidents/items/1?f=html",
          "/collections/wards/items/E05000001?f=html"}) {
        CAPTURE(path);
        const auto response = service.get(path);
        REQUIRE(response.status == 200);
        const auto page = std::string(response.body_view());
        CHECK(page.starts_with("<!doctype html>\n<html lang=\"en-GB\">"));
        CHECK(is_well_nested(page));
        CHECK(page.find("<style") == page.npos);
        CHECK(page.find(" style=") == page.npos);
        const auto heading = page.find("<h1>");
        CHECK(heading != page.npos);
        CHECK(page.find("<h1>", heading + 1) == page.npos);
        CHECK(page.find("<script") == page.npos);
        CHECK(page.find("src=") == page.npos);
        CHECK(page.find("<main id=\"content\">") != page.npos);
    }
}

TEST_CASE("What records bring is text on pages, never markup", "[formats]") {
    CHECK(service::html_text("<b a=\"c\" d='e'>&amp;") ==
          "&lt;b a=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;");
    Event event;
    event.text = "<script>alert(1)</script> & \"High St\"";
    const Service service(SnapshotBuilder().add(event).build());
    for (const std::string path :
         {"/collections/incidents/items?f=html", "/collections/incidents/items/1?f=html"}) {
        const auto page = std::string(service.get(path).body_view());
        CHECK(page.find("<script") == page.npos);
        CHECK_THAT(page, Catch::Contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;High"));
    }
}

TEST_CASE("A page of items leads to the ones before and after it, at its revision", "[formats]") {
    const Service service(three_clusters().build());
    const auto page = std::string(
        service.get("/collections/incidents/items?f=html&limit=10&offset=10").body_view());
    CHECK_THAT(page, Catch::Contains("11 to 20 of 33"));
    CHECK_THAT(page, Catch::Contains("rel=\"next\""));
    CHECK_THAT(page, Catch::Contains("rel=\"prev\""));
    CHECK_THAT(page, Catch::Contains("revision=7&amp;f=html&amp;limit=10&amp;offset=20"));
    CHECK_THAT(page, Catch::Contains("OFFICIAL-SENSITIVE"));
}

TEST_CASE("The manifest that features lead to is that of their page", "[formats]") {
    const Service service(three_clusters().build());
    for (const std::string target :
         {"/collections/hotspots/items?top=5", "/collections/wards/items?group=robbery",
          "/collections/authorities/items"}) {
        const auto page = service.json(target);
        REQUIRE_FALSE(page.at("features").empty());
        for (const auto& feature : page.at("features")) {
            const auto& link = feature.at("links").at(0);
            CHECK(link.at("rel") == "describedby");
            const auto manifest = service.json(link.at("href").get<std::string>());
            CHECK(manifest.at("manifest") == page.at("manifest"));
            CHECK(manifest.at("timeStamp") == page.at("timeStamp"));
        }
    }
    service.problem("/collections/wards/manifest?revision=6", 410);
    CHECK(service.problem("/collections/wards/manifest?top=1").at("parameter") == "top");
}
