// One location text, or a list of them, geocoded as imports and the command line do.
#include "data/geocode/geocode.hpp"

#include "data/ingest/utf8.hpp"
#include "data/snapshot.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/geocode.hpp"
#include "service/handlers/json_values.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

namespace hotspots::service {

namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::string_view expected_body =
    R"(expected a JSON list of texts, ["High Street, Oakham", ...], or {"texts": [...]})";

ordered_json in_steps(double value, double steps_per_unit) {
    return std::round(value * steps_per_unit) / steps_per_unit;
}

ordered_json to_json(const data::Candidate& candidate) {
    ordered_json document{{"label", candidate.label}, {"level", data::to_text(candidate.level)}};
    put_point(document, candidate.point);
    document["uncertainty_m"] = in_steps(candidate.uncertainty_m, 10);
    return document;
}

const data::Ward* ward_at(const data::Snapshot& snapshot, const data::Location& location) {
    const auto ward = location.point ? snapshot.gazetteer->ward_at(*location.point) : std::nullopt;
    if (!ward) {
        return nullptr;
    }
    const auto& code = snapshot.gazetteer->ward_code(*ward);
    const auto found = std::find_if(snapshot.wards.begin(), snapshot.wards.end(),
                                    [&](const data::Ward& w) { return w.code == code; });
    return found != snapshot.wards.end() ? &*found : nullptr;
}

ordered_json answer_to(const data::Snapshot& snapshot, const std::string& text) {
    const auto location = data::geocode_text(*snapshot.gazetteer, text);
    ordered_json document{
        {"query", text}, {"status", data::to_text(location.status)}, {"level", nullptr}};
    if (location.level) {
        document["level"] = data::to_text(*location.level);
    }
    put_point(document, location.lon_lat, location.point);
    const auto* ward = ward_at(snapshot, location);
    document["uncertainty_m"] =
        location.uncertainty_m ? in_steps(*location.uncertainty_m, 10) : ordered_json();
    document["score"] = location.point ? in_steps(location.score, 1000) : ordered_json();
    document["matched_text"] = text_or_null_json(location.matched_text);
    document["rule"] = text_or_null_json(location.rule);
    document["ward_code"] = text_or_null_json(ward ? ward->code : std::string_view());
    document["ward"] = text_or_null_json(ward ? ward->name : std::string_view());
    document["candidates"] = ordered_json::array();
    for (const auto& candidate : location.candidates) {
        document["candidates"].push_back(to_json(candidate));
    }
    return document;
}

std::shared_ptr<const data::Snapshot> snapshot_to_ask(const AppContext& context,
                                                      const Request& request) {
    auto snapshot = take_snapshot(context, request);
    if (!snapshot->gazetteer) {
        throw Problem(503, "No gazetteer",
                      "no reference data is loaded yet; load streets, "
                      "postcodes and wards with 'llr-hotspots reference'");
    }
    return snapshot;
}

Problem bad_body(const std::string& what) {
    return Problem(400, "Bad request body", what + "; " + std::string(expected_body));
}

// The list of a body, be it bare or a member.
const json& list_of(const json& body) {
    if (body.is_array()) {
        return body;
    }
    if (!body.is_object()) {
        throw bad_body("the body is a JSON " + std::string(body.type_name()));
    }
    for (const auto& [name, value] : body.items()) {
        if (name != "texts") {
            throw bad_body("the member " + quoted(std::string_view(name)) + " is not known");
        }
        if (!value.is_array()) {
            throw bad_body("'texts' is a JSON " + std::string(value.type_name()));
        }
    }
    if (!body.contains("texts")) {
        throw bad_body("the body has no member 'texts'");
    }
    return body.at("texts");
}

json parse_body(const std::string& body) {
    if (body.empty()) {
        throw bad_body("the body is empty");
    }
    try {
        return json::parse(body);
    } catch (const json::parse_error& error) {
        throw bad_body("the body is not JSON, at byte " + std::to_string(error.byte));
    }
}

void check(const json& texts) {
    if (texts.empty()) {
        throw bad_body("the list is empty");
    }
    if (texts.size() > most_geocode_texts) {
        throw Problem(413, "Too many texts",
                      "the list has " + std::to_string(texts.size()) + " texts; at most " +
                          std::to_string(most_geocode_texts) + " are taken at once");
    }
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (!texts[i].is_string()) {
            throw bad_body("text " + std::to_string(i + 1) + " of the list is a JSON " +
                           std::string(texts[i].type_name()));
        }
    }
}

Response unkept(Response response) {
    response.headers.push_back({"cache-control", "no-store"});
    return response;
}

} // namespace

Response get_geocode(const AppContext& context, const Request& request, const PathParts&) {
    static constexpr std::array<std::string_view, 2> allowed{"q", "f"};
    const Parameters parameters(request.query, allowed);
    if (const auto format = parameters.find("f")) {
        static constexpr std::array<std::string_view, 1> formats{"json"};
        choice("f", *format, formats);
    }
    const auto text = parameters.find("q");
    if (!text || text->find_first_not_of(" \t\r\n") == text->npos) {
        throw bad_parameter("q", std::string(text ? "q is empty" : "q is missing") +
                                     "; expected a location text, such as q=High Street, Oakham");
    }
    if (const auto at = data::first_invalid_utf8(*text)) {
        throw bad_parameter("q", "q is not UTF-8 from byte " + std::to_string(*at + 1) +
                                     " on; expected percent-encoded UTF-8");
    }
    const auto snapshot = snapshot_to_ask(context, request);
    return unkept(json_response(answer_to(*snapshot, std::string(*text))));
}

Response post_geocode(const AppContext& context, const Request& request, const PathParts&) {
    allow_json_only(request);
    const json body = parse_body(request.body);
    const json& texts = list_of(body);
    check(texts);
    const auto snapshot = snapshot_to_ask(context, request);
    ordered_json answers = ordered_json::array();
    for (const auto& text : texts) {
        answers.push_back(answer_to(*snapshot, text.get_ref<const std::string&>()));
    }
    // As it was asked: a list for a list.
    return unkept(json_response(body.is_array() ? answers : ordered_json{{"answers", answers}}));
}

} // namespace hotspots::service
