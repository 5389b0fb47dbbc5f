// Filters over HTTP: OGC API - Features Part 3 (OGC 19-079r2), and the schemas of Part 5.
#include "geo/crs.hpp"
#include "service/handlers/collection.hpp"
#include "service/handlers/collection_properties.hpp"
#include "service/handlers/incident_columns.hpp"
#include "service/parameters.hpp"
#include "tests/catch.hpp"
#include "tests/service/handlers/fixture.hpp"

#include <set>

using namespace hotspots;
using nlohmann::json;
using tests::Event;
using tests::header_of;
using tests::Service;
using tests::SnapshotBuilder;
using tests::three_clusters;

namespace {

std::string filtered(const std::string& collection, const std::string& filter,
                     const std::string& more = {}) {
    return "/collections/" + collection + "/items?filter=" + service::encode_query_value(filter) +
           more;
}

int matched(const Service& service, const std::string& filter, const std::string& more = {}) {
    return service.json(filtered("incidents", filter, more)).at("numberMatched").get<int>();
}

std::string link(const json& document, const std::string& rel) {
    for (const auto& candidate : document.at("links")) {
        if (candidate.at("rel") == rel) {
            return candidate.at("href");
        }
    }
    return {};
}

// Records whose times are known differently: a month, a day, a time in the night of two days (half
// past midnight in London is the day before in UTC), and a window.
SnapshotBuilder of_different_times() {
    SnapshotBuilder builder;
    Event event;
    for (const char* when : {"2025-07", "2025-07-01", "2025-07-02T00:30", "2025-06-30T12:00"}) {
        event.when = when;
        builder.add(event);
    }
    event.when = "2025-07-03";
    event.until = "2025-07-05";
    return builder.add(event);
}

const std::vector<std::string> with_items{"wards", "authorities", "hotspots",
                                          "cells", "isobands",    "incidents"};

} // namespace

TEST_CASE("A filter leaves the features that it is true of, before pages are cut", "[filters]") {
    const Service service(three_clusters().build());
    const auto page = service.json(filtered("incidents", "ward = 'Castle'", "&limit=4"));
    CHECK(page.at("numberMatched") == 10);
    CHECK(page.at("numberReturned") == 4);
    std::set<json> ids;
    std::size_t walked = 0;
    for (auto next = page; !next.is_null();) {
        for (const auto& feature : next.at("features")) {
            CHECK(feature.at("properties").at("ward") == "Castle");
            ids.insert(feature.at("id"));
            ++walked;
        }
        const auto href = link(next, "next");
        next = href.empty() ? json() : service.json(href);
    }
    CHECK(walked == 10);
    CHECK(ids.size() == 10);
}

TEST_CASE("Every collection can be filtered, with its other parameters", "[filters]") {
    const Service service(three_clusters().build());
    const auto count = [&](const std::string& collection, const std::string& filter,
                           const std::string& more = {}) {
        return service.json(filtered(collection, filter, more)).at("numberMatched").get<int>();
    };
    CHECK(count("wards", "incidents >= 10") == 2);
    CHECK(count("wards", "incidents >= 10 AND NOT name LIKE 'N%'") == 1);
    CHECK(count("authorities", "CASEI(name) = CASEI('ALPHA')") == 1);
    CHECK(count("authorities", "suppressed = FALSE") == 2);
    CHECK(count("cells", "incidents > 5") == 2);
    CHECK(count("cells", "incidents > 5", "&shape=hexagon") == 2);
    CHECK(count("hotspots", "A_CONTAINS(wards, ('Castle'))", "&top=5") == 1);
    CHECK(count("hotspots", "A_OVERLAPS(wards, ('Castle', 'North'))", "&top=5") == 2);
    const auto bands = service.json("/collections/isobands/items").at("numberMatched").get<int>();
    CHECK(count("isobands", "to_per_km2 IS NULL") == 1);
    CHECK(count("isobands", "to_per_km2 > from_per_km2") == bands - 1);
    CHECK(count("incidents", "ward = 'North' OR ward = 'Fosse'") == 23);
    CHECK(count("incidents", "ward = 'North'", "&bbox=0,0,1,1") == 0);
    CHECK(count("incidents", "ward = 'North'", "&datetime=2024-01") == 0);
}

TEST_CASE("Geometries in filters are in the system that filter-crs names", "[filters]") {
    const Service service(three_clusters().build());
    const std::string crs = "&filter-crs=http://www.opengis.net/def/crs/";
    const std::string castle = "S_INTERSECTS(geometry, BBOX(458000, 304000, 460000, 306000))";
    CHECK(matched(service, castle, crs + "EPSG/0/27700") == 10);
    CHECK(matched(service,
                  "S_WITHIN(geometry, POLYGON((458000 304000, 460000 304000, "
                  "460000 306000, 458000 306000, 458000 304000)))",
                  crs + "EPSG/0/27700") == 10);
    const auto at = geo::to_lon_lat(tests::castle_centre);
    REQUIRE(at);
    const auto box = [&](bool lat_first) {
        const auto corner = [&](double by) {
            const auto lon = service::number_text(at->lon_deg + by);
            const auto lat = service::number_text(at->lat_deg + by);
            return lat_first ? lat + "," + lon : lon + "," + lat;
        };
        return "S_INTERSECTS(geometry,BBOX(" + corner(-0.001) + "," + corner(0.001) + "))";
    };
    CHECK(matched(service, box(false)) == 10);
    CHECK(matched(service, box(false), crs + "OGC/1.3/CRS84") == 10);
    CHECK(matched(service, box(true), crs + "EPSG/0/4326") == 10);
    CHECK(matched(service, box(true)) == 0);
    const auto page = service.json(filtered("incidents", castle, crs + "EPSG/0/27700&limit=1"));
    CHECK_THAT(link(page, "next"), Catch::Contains("filter-crs=http://www.opengis.net/def/crs/"
                                                   "EPSG/0/27700"));
    CHECK(service.json(link(page, "next")).at("numberMatched") == 10);
    CHECK_THAT(service.problem(filtered("incidents", castle)).at("detail").get<std::string>(),
               Catch::Contains("is not in CRS84"));
    CHECK(service.problem(filtered("incidents", castle, crs + "EPSG/0/32630")).at("parameter") ==
          "filter-crs");
}

TEST_CASE("Both encodings and every spelling of a filter are one answer, with one validator",
          "[filters]") {
    const Service service(three_clusters().build());
    const auto text = service.get(filtered("incidents", "ward='Castle' and (weapon is null)"));
    const auto spaced = service.get(
        filtered("incidents", "ward = 'Castle' AND weapon IS NULL", "&filter-lang=cql2-text"));
    const auto in_json = service.get(
        filtered("incidents",
                 R"({"op":"and","args":[{"op":"=","args":[{"property":"ward"},"Castle"]},)"
                 R"({"op":"isNull","args":[{"property":"weapon"}]}]})",
                 "&filter-lang=cql2-json"));
    REQUIRE(text.status == 200);
    CHECK(text.body == spaced.body);
    CHECK(text.body == in_json.body);
    CHECK(header_of(text, "etag") == header_of(in_json, "etag"));
    CHECK(header_of(text, "etag") !=
          header_of(service.get(filtered("incidents", "ward = 'Castle'")), "etag"));
    CHECK(service.get(link(json::parse(text.body), "self")).body == text.body);
}

TEST_CASE("Times in filters are compared at the precision they are known at, days in London",
          "[filters]") {
    const Service service(of_different_times().build());
    CHECK(matched(service, "occurred_from = DATE('2025-07-01')") == 2);  // the month, the day
    CHECK(matched(service, "occurred_from = DATE('2025-07-02')") == 2);  // the month, the night
    CHECK(matched(service, "occurred_from >= DATE('2025-07-02')") == 3); // and the window
    CHECK(matched(service, "occurred_from < DATE('2025-07-01')") == 1);
    CHECK(matched(service, "occurred_from = '2025-07'") == 4);
    CHECK(matched(service, "occurred_from = TIMESTAMP('2025-07-01T23:30:00Z')") == 2);
    CHECK(matched(service, "occurred_from > TIMESTAMP('2025-07-01T23:30:01Z')") == 1);
    CHECK(matched(service, "occurred_to IS NOT NULL") == 1);
    CHECK(matched(service, "T_CONTAINS(INTERVAL('2025-07-01','2025-07-31'), "
                           "INTERVAL(occurred_from, occurred_to))") == 1);
    // What datetime finds of times without a window, the same filter finds.
    CHECK(matched(service, "occurred_from >= DATE('2025-07-01') AND "
                           "occurred_from <= DATE('2025-07-02') AND occurred_to IS NULL") ==
          matched(service, "occurred_to IS NULL", "&datetime=2025-07-01/2025-07-02"));
    CHECK(matched(service, "occurred_from > DATE('0001-01-01')") == 5);
    CHECK(matched(service, "occurred_from < DATE('9999-12-31')") == 5);
}

TEST_CASE("A bad filter is answered with what is wrong and where", "[filters]") {
    const Service service(three_clusters().build());
    const auto problem =
        service.problem(filtered("incidents", "ward = 'Castle' AND weapn = 'knife'"));
    CHECK(problem.at("parameter") == "filter");
    CHECK(problem.at("position") == 20);
    const auto detail = problem.at("detail").get<std::string>();
    CHECK_THAT(detail, Catch::StartsWith("filter: there is no property 'weapn'; there are "
                                         "incident_id, source, occurred_from"));
    CHECK_THAT(detail, Catch::EndsWith("(line 1, character 21)\nward = 'Castle' AND weapn = "
                                       "'knife'\n                    ^"));
    const auto syntax = service.problem(filtered("wards", "name LIKE 5 5"));
    CHECK(syntax.at("position") == 12);
    CHECK(service.problem(filtered("wards", "name LIKE 5")).at("position") == 10);
    CHECK(service.problem(filtered("wards", "")).at("position") == 0);
    const auto json_error = service.problem(
        filtered("wards", R"({"op":"=","args":[{"property":"x"},1]})", "&filter-lang=cql2-json"));
    CHECK(json_error.at("position") == 18);
    CHECK(service.problem(filtered("wards", "name = 'x'", "&filter-lang=ecql")).at("parameter") ==
          "filter-lang");
    // Checked also where there is no filter to use them.
    service.problem("/collections/wards/items?filter-lang=sql");
    service.problem("/collections/wards/items?filter-crs=EPSG:4326");
    CHECK(service.json("/collections/wards/items?filter-lang=cql2-json").at("numberMatched") == 3);
    service.problem("/collections/wards/items/E05000001?filter=TRUE");
}

TEST_CASE("What a filter hides does not change what a collection says of itself", "[filters]") {
    const Service service(three_clusters().build());
    const auto all = service.json("/collections/wards/items");
    const auto none = service.json(filtered("wards", "FALSE"));
    CHECK(none.at("numberMatched") == 0);
    for (const auto* member : {"in_scope", "unmapped", "outside", "review", "hit_rate"}) {
        CHECK(none.at(member) == all.at(member));
    }
}

TEST_CASE("Queryables are the properties that features have, and all of them can be filtered by",
          "[filters]") {
    const Service service(three_clusters().build());
    for (const auto& collection : with_items) {
        CAPTURE(collection);
        const auto path = "/collections/" + collection + "/queryables";
        CHECK(service.get(path).content_type == "application/schema+json");
        const auto schema = service.json(path);
        CHECK(schema.at("$schema") == "https://json-schema.org/draft/2020-12/schema");
        CHECK(schema.at("$id") == path);
        CHECK(schema.at("type") == "object");
        CHECK(schema.at("additionalProperties") == false);
        std::set<std::string> names;
        for (const auto& [name, property] : schema.at("properties").items()) {
            CAPTURE(name);
            CHECK_FALSE(property.at("title").get<std::string>().empty());
            CHECK(service.get(filtered(collection, name + " IS NOT NULL")).status == 200);
            if (name == "geometry") {
                CHECK_FALSE(property.contains("type"));
                CHECK_THAT(property.at("format").get<std::string>(),
                           Catch::StartsWith("geometry-"));
            } else {
                CHECK(property.at("type").is_string());
                names.insert(name);
            }
        }
        const auto page = service.json("/collections/" + collection + "/items?limit=1");
        std::set<std::string> carried;
        for (const auto& [name, value] : page.at("features").at(0).at("properties").items()) {
            carried.insert(name);
        }
        CHECK(names == carried);
    }
    const auto incidents = service.json("/collections/incidents/queryables").at("properties");
    CHECK(incidents.at("occurred_from").at("format") == "date-time");
    CHECK(incidents.at("weapon").at("enum") == json{"knife", "firearm", "blunt", "other", "none"});
    CHECK(incidents.at("victim_age").at("type") == "integer");
    CHECK(service.problem("/collections/incidents/queryables?f=html").at("parameter") == "f");
    service.problem("/collections/gazetteer/queryables", 404);
}

TEST_CASE("The schema describes features: identifier, types, and where null may stand",
          "[filters]") {
    const Service service(three_clusters().build());
    for (const auto& collection : with_items) {
        CAPTURE(collection);
        const auto path = "/collections/" + collection + "/schema";
        const auto schema = service.json(path);
        CHECK(service.get(path).content_type == "application/schema+json");
        CHECK(schema.at("$id") == path);
        const auto& properties = schema.at("properties");
        CHECK(properties.at("id").at("x-ogc-role") == "id");
        CHECK(properties.at("geometry").at("x-ogc-role") == "primary-geometry");
        const auto page = service.json("/collections/" + collection + "/items");
        for (const auto& feature : page.at("features")) {
            for (const auto& [name, value] : feature.at("properties").items()) {
                CAPTURE(name, value);
                const auto& type = properties.at(name).at("type");
                const std::string found = value.is_null()             ? "null"
                                          : value.is_string()         ? "string"
                                          : value.is_boolean()        ? "boolean"
                                          : value.is_array()          ? "array"
                                          : value.is_number_integer() ? "integer"
                                                                      : "number";
                const auto allowed = type.is_array() ? type : json::array({type});
                const bool whole_number = found == "integer" && allowed.front() == "number";
                CHECK((whole_number ||
                       std::find(allowed.begin(), allowed.end(), json(found)) != allowed.end()));
                if (properties.at(name).contains("enum")) {
                    const auto& words = properties.at(name).at("enum");
                    CHECK(std::find(words.begin(), words.end(), value) != words.end());
                }
            }
        }
    }
}

TEST_CASE("A column of incidents holds what the feature's property does", "[filters]") {
    auto builder = of_different_times();
    Event event;
    event.weapon = data::Weapon::knife;
    event.victim_age = 24;
    event.text = "High Street";
    event.source = data::Source::ed;
    builder.add(event);
    event.status = data::GeocodeStatus::unmatched;
    event.group.reset();
    builder.add(event);
    const auto snapshot = builder.build();
    const Service service(snapshot);
    const auto& collection = service::find_collection("incidents");
    service::FeatureQuery query{snapshot, {}, {}, service::Purpose::items};
    query.parameters = service::read_parameters(collection, {}, *snapshot, {});
    const auto set = collection.find(service.context, query);
    REQUIRE(set.rows.size() == 7);
    for (const auto& property : service::properties_of("incidents")) {
        if (property.name == "geometry") {
            continue;
        }
        const auto column = set.column(property.name);
        for (const auto row : set.rows) {
            CAPTURE(property.name, row);
            const auto value = column(row);
            const auto feature = set.feature(row);
            const auto found =
                std::find_if(feature.properties.begin(), feature.properties.end(),
                             [&](const tiles::Property& p) { return p.name == property.name; });
            REQUIRE(found != feature.properties.end());
            if (const auto* text = std::get_if<std::string>(&found->value)) {
                const auto* moment = std::get_if<service::filter::Instant>(&value);
                const auto* view = std::get_if<std::string_view>(&value);
                REQUIRE((moment || view));
                CHECK((moment ? data::parse_moment(*text)->begin.time_since_epoch().count() *
                                        1'000'000 ==
                                    moment->first_us
                              : *view == *text));
            } else if (const auto* whole = std::get_if<std::int64_t>(&found->value)) {
                CHECK(std::get<double>(value) == static_cast<double>(*whole));
            } else if (const auto* number = std::get_if<double>(&found->value)) {
                CHECK(std::get<double>(value) == *number);
            } else {
                CHECK(std::holds_alternative<service::filter::Null>(value));
            }
        }
    }
}

TEST_CASE("Collections link to queryables and schema; conformance names the classes", "[filters]") {
    const Service service(three_clusters().build());
    const auto collections = service.json("/collections").at("collections");
    REQUIRE(collections.size() == with_items.size());
    for (const auto& collection : collections) {
        for (const std::string rel : {"queryables", "schema"}) {
            const auto href = link(collection, "http://www.opengis.net/def/rel/ogc/1.0/" + rel);
            CHECK(href == "/collections/" + collection.at("id").get<std::string>() + "/" + rel);
            CHECK(service.get(href).status == 200);
        }
        const auto url = "/collections/" + collection.at("id").get<std::string>();
        CHECK(link(service.json(url + "/items?limit=1"),
                   "http://www.opengis.net/def/rel/ogc/1.0/queryables") == url + "/queryables");
    }
    const auto classes = service.json("/conformance").at("conformsTo").get<std::set<std::string>>();
    for (const std::string name :
         {"ogcapi-features-3/1.0/conf/queryables", "ogcapi-features-3/1.0/conf/filter",
          "ogcapi-features-3/1.0/conf/features-filter", "ogcapi-common-3/1.0/conf/schemas",
          "cql2/1.0/conf/cql2-text", "cql2/1.0/conf/cql2-json", "cql2/1.0/conf/basic-cql2",
          "cql2/1.0/conf/case-insensitive-comparison", "cql2/1.0/conf/temporal-functions"}) {
        CHECK(classes.contains("http://www.opengis.net/spec/" + name));
    }
    CHECK_FALSE(classes.contains("http://www.opengis.net/spec/cql2/1.0/conf/functions"));
    const auto parameters = service.json("/api").at("components").at("parameters");
    CHECK(parameters.at("filter-lang").at("schema").at("default") == "cql2-text");
    CHECK(parameters.at("filter-lang").at("schema").at("enum") == json{"cql2-text", "cql2-json"});
    CHECK(parameters.at("filter-crs").at("schema").at("enum").size() == 4);
}
