#include "service/handlers/review_json.hpp"

#include "geo/crs.hpp"
#include "service/handlers/json_values.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <cmath>

namespace hotspots::service {

using nlohmann::ordered_json;

namespace {

constexpr std::size_t longest_text = 500;

ordered_json candidates_json(const std::vector<data::Candidate>& candidates) {
    auto list = ordered_json::array();
    for (const auto& candidate : candidates) {
        ordered_json json{{"candidate", list.size()},
                          {"label", candidate.label},
                          {"level", data::to_text(candidate.level)}};
        put_point(json, candidate.point);
        json["uncertainty_m"] = candidate.uncertainty_m;
        list.push_back(std::move(json));
    }
    return list;
}

double number_of(const ordered_json& object, const char* name, const std::string& parameter) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_number()) {
        throw bad_parameter(parameter, std::string("needs the number ") + name +
                                           "; expected longitude and latitude, or easting and "
                                           "northing");
    }
    return found->get<double>();
}

void allow_members(const ordered_json& object, const std::string& parameter,
                   std::span<const std::string_view> names) {
    for (const auto& [name, value] : object.items()) {
        if (std::find(names.begin(), names.end(), name) == names.end()) {
            throw bad_parameter(parameter.empty() ? name : parameter,
                                "unknown member " + service::quoted(name) + "; expected " +
                                    join_choices(names));
        }
    }
}

geo::BngPoint read_point(const ordered_json& json) {
    static constexpr std::array<std::string_view, 4> names{"longitude", "latitude", "easting",
                                                           "northing"};
    if (!json.is_object()) {
        throw bad_parameter("point", "expected an object with longitude and latitude, or easting "
                                     "and northing");
    }
    allow_members(json, "point", names);
    const bool in_degrees = json.contains("longitude") || json.contains("latitude");
    if (in_degrees && (json.contains("easting") || json.contains("northing"))) {
        throw bad_parameter("point", "given in degrees and in metres; leave one of the two out");
    }
    if (!in_degrees) {
        const geo::BngPoint point{number_of(json, "easting", "point"),
                                  number_of(json, "northing", "point")};
        if (!geo::to_lon_lat(point)) {
            throw bad_parameter("point", "beyond the British National Grid (0 to 700,000 m east, "
                                         "0 to 1,300,000 m north)");
        }
        return point;
    }
    const geo::LonLat degrees{number_of(json, "longitude", "point"),
                              number_of(json, "latitude", "point")};
    const auto point = geo::to_bng(degrees);
    if (!point) {
        throw bad_parameter("point", "beyond the British National Grid (longitude -9 to 2, "
                                     "latitude 49 to 61)");
    }
    return *point;
}

// A person who cannot say it better than this has an area, not a place.
double read_uncertainty(const ordered_json& body) {
    constexpr double usual_m = 25; // a click on a street map
    constexpr double least_m = 1;
    constexpr double most_m = 250;
    const auto found = body.find("uncertainty_m");
    if (found == body.end()) {
        return usual_m;
    }
    const double value = found->is_number() ? found->get<double>() : 0;
    if (!(value >= least_m && value <= most_m)) {
        throw bad_parameter("uncertainty_m", "expected metres from 1 to 250; what is less certain "
                                             "cannot_be_placed");
    }
    return value;
}

std::string read_text(const ordered_json& body, const char* name) {
    const auto found = body.find(name);
    if (found == body.end() || found->is_null()) {
        return {};
    }
    if (!found->is_string() || found->get_ref<const std::string&>().size() > longest_text) {
        throw bad_parameter(name, "expected a text of at most 500 bytes");
    }
    return found->get<std::string>();
}

bool read_flag(const ordered_json& body, const char* name, bool otherwise) {
    const auto found = body.find(name);
    if (found == body.end()) {
        return otherwise;
    }
    if (!found->is_boolean()) {
        throw bad_parameter(name, "expected true or false");
    }
    return found->get<bool>();
}

ordered_json parse_body(std::string_view body) {
    static constexpr std::array<std::string_view, 8> names{
        "point", "candidate", "cannot_be_placed", "automatic", "uncertainty_m", "label",
        "alias", "note"};
    auto json = ordered_json::parse(body, nullptr, false);
    if (!json.is_object()) {
        throw Problem(400, "Bad request",
                      "the body is no JSON object; expected one such as "
                      "{\"candidate\": 0} or {\"point\": {\"longitude\": "
                      "-1.13, \"latitude\": 52.63}}");
    }
    allow_members(json, {}, names);
    return json;
}

data::HandAnswer read_answer(const ordered_json& body) {
    static constexpr std::array<std::pair<const char*, data::HandAnswer>, 4> answers{{
        {"point", data::HandAnswer::point},
        {"candidate", data::HandAnswer::candidate},
        {"cannot_be_placed", data::HandAnswer::cannot_be_placed},
        {"automatic", data::HandAnswer::automatic},
    }};
    std::optional<data::HandAnswer> given;
    for (const auto& [name, answer] : answers) {
        if (!body.contains(name)) {
            continue;
        }
        if (given) {
            throw bad_parameter(name, "beside another decision; expected exactly one of point, "
                                      "candidate, cannot_be_placed and automatic");
        }
        given = answer;
    }
    if (!given) {
        throw bad_parameter("point", "missing; expected exactly one of point, candidate, "
                                     "cannot_be_placed and automatic");
    }
    return *given;
}

// The label, where the client sends it, says which candidate it was shown under the number.
data::Candidate read_candidate(const ordered_json& body,
                               const std::vector<data::Candidate>& candidates) {
    const auto& index = body.at("candidate");
    const bool fits = index.is_number_unsigned() && index.get<std::uint64_t>() < candidates.size();
    if (!fits) {
        throw bad_parameter("candidate", candidates.empty()
                                             ? "this record has no candidates; give a point"
                                             : "expected a number from 0 to " +
                                                   std::to_string(candidates.size() - 1));
    }
    const auto& chosen = candidates[index.get<std::size_t>()];
    if (const auto label = read_text(body, "label"); !label.empty() && label != chosen.label) {
        throw Problem(409, "Candidates changed",
                      "candidate " + index.dump() + " is now '" + chosen.label + "', not '" +
                          label + "'; ask for the record again and choose anew",
                      "candidate");
    }
    return chosen;
}

} // namespace

ordered_json review_json(const data::Incident& incident, const data::Gazetteer& gazetteer,
                         std::optional<data::ReviewReason> reason) {
    const auto& record = incident.record;
    const auto& location = incident.location;
    ordered_json json{
        {"id", incident.id},
        {"incident_id", record.incident_id},
        {"source", data::to_text(record.source)},
        {"occurred_from", data::format_moment(record.occurred_from)},
        {"location_text", text_or_null_json(record.location_text)},
        {"reason", reason ? ordered_json(data::to_text(*reason)) : ordered_json()},
        {"status", data::to_text(location.status)},
        {"level", location.level ? ordered_json(data::to_text(*location.level)) : ordered_json()}};
    put_point(json, location.point);
    json["uncertainty_m"] = number_or_null_json(location.uncertainty_m);
    json["score"] = location.point ? ordered_json(location.score) : ordered_json();
    json["matched_text"] = text_or_null_json(location.matched_text);
    json["rule"] = location.rule;
    json["ward_code"] = text_or_null_json(incident.ward_code);
    json["candidates"] = candidates_json(data::candidates_of(incident, gazetteer));
    return json;
}

ordered_json history_json(const std::vector<data::HandDecision>& decisions) {
    auto list = ordered_json::array();
    for (const auto& decision : decisions) {
        ordered_json json{{"decided", data::format_utc(decision.decided)},
                          {"decided_by", text_or_null_json(decision.decided_by)},
                          {"decision", data::to_text(decision.answer)}};
        put_point(json, decision.location.point);
        json["uncertainty_m"] = number_or_null_json(decision.location.uncertainty_m);
        json["label"] = text_or_null_json(decision.location.matched_text);
        json["alias"] = decision.teaches;
        json["note"] = text_or_null_json(decision.note);
        json["answer_before"] = ordered_json::parse(decision.answer_before, nullptr, false);
        list.push_back(std::move(json));
    }
    return list;
}

data::ReviewRequest read_decision(std::string_view body,
                                  const std::vector<data::Candidate>& candidates) {
    const auto json = parse_body(body);
    data::ReviewRequest request;
    request.answer = read_answer(json);
    request.teaches = read_flag(json, "alias", true);
    request.note = read_text(json, "note");
    auto& location = request.location;
    switch (request.answer) {
    case data::HandAnswer::point:
        location.level = data::GeocodeLevel::given;
        location.point = read_point(json["point"]);
        location.uncertainty_m = read_uncertainty(json);
        location.matched_text = read_text(json, "label");
        return request;
    case data::HandAnswer::candidate: {
        const auto chosen = read_candidate(json, candidates);
        location.level = chosen.level;
        location.point = chosen.point;
        location.uncertainty_m =
            json.contains("uncertainty_m") ? read_uncertainty(json) : chosen.uncertainty_m;
        location.matched_text = chosen.label;
        return request;
    }
    case data::HandAnswer::cannot_be_placed:
    case data::HandAnswer::automatic:
        break;
    }
    const std::string name(data::to_text(request.answer));
    if (!read_flag(json, name.c_str(), false)) {
        throw bad_parameter(name, "expected true");
    }
    return request;
}

} // namespace hotspots::service
