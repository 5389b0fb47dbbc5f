// Incidents as features: every record, mapped or not, with the decision of the chosen scope.
#include "service/handlers/collection.hpp"
#include "service/handlers/incident_columns.hpp"
#include "service/handlers/incident_text.hpp"
#include "service/point_index.hpp"

#include <algorithm>
#include <charconv>

namespace hotspots::service {

namespace {

struct Rows {
    std::shared_ptr<const data::Snapshot> snapshot;
    const data::ScopeColumn* scope = nullptr; // the snapshot's
};

// Null for the enums' own `unknown`.
template <class Enum>
tiles::Value known(Enum value) {
    return value == Enum::unknown ? tiles::Value()
                                  : tiles::Value(std::string(data::to_text(value)));
}

template <class Enum>
tiles::Value optional_text(const std::optional<Enum>& value) {
    return value ? tiles::Value(std::string(data::to_text(*value))) : tiles::Value();
}

tiles::Value optional_moment(const std::optional<data::Moment>& moment) {
    return moment ? tiles::Value(data::format_moment(*moment)) : tiles::Value();
}

tiles::Value optional_whole(const std::optional<int>& value) {
    return value ? tiles::Value(std::int64_t{*value}) : tiles::Value();
}

// Only matched points are mapped; coordinates given outside the area stay properties.
tiles::Geometry to_geometry(const data::Location& location) {
    const bool mapped = location.status == data::GeocodeStatus::matched && location.lon_lat;
    return mapped ? tiles::Geometry(*location.lon_lat) : tiles::Geometry();
}

tiles::Value metres(const std::optional<geo::BngPoint>& point, double geo::BngPoint::*part) {
    return point ? tiles::Value(rounded((*point).*part, 2)) : tiles::Value();
}

std::vector<tiles::Property> what_happened(const data::RawRecord& record,
                                           const data::ScopeDecision& decision) {
    return {{"incident_id", record.incident_id},
            {"source", std::string(data::to_text(record.source))},
            {"occurred_from", data::format_moment(record.occurred_from)},
            {"occurred_to", optional_moment(record.occurred_to)},
            {"time_precision", std::string(precision_word(record.occurred_from.precision))},
            {"offence_code", text_or_null(record.offence_code)},
            {"offence", text_or_null(record.offence)},
            {"group", optional_text(decision.group)},
            {"scope_decision", std::string(data::to_text(decision.decision))},
            {"scope_reason", text_or_null(decision.reason)}};
}

void append_where(std::vector<tiles::Property>& properties, const data::Snapshot& snapshot,
                  std::uint32_t row) {
    const auto& incident = snapshot.incidents[row];
    const auto& location = incident.location;
    const auto ward = snapshot.columns.ward[row];
    const auto* in_ward = ward >= 0 ? &snapshot.wards[static_cast<std::size_t>(ward)] : nullptr;
    const std::vector<tiles::Property> where{
        {"location_text", text_or_null(incident.record.location_text)},
        {"status", std::string(data::to_text(location.status))},
        {"level", optional_text(location.level)},
        {"uncertainty_m", number_or_null(location.uncertainty_m)},
        {"score", number_or_null(location.point ? std::optional(location.score) : std::nullopt)},
        {"easting", metres(location.point, &geo::BngPoint::easting_m)},
        {"northing", metres(location.point, &geo::BngPoint::northing_m)},
        {"ward_code", text_or_null(in_ward ? in_ward->code : std::string_view())},
        {"ward", text_or_null(in_ward ? in_ward->name : std::string_view())}};
    properties.insert(properties.end(), where.begin(), where.end());
}

tiles::Feature to_feature(const Rows& rows, std::uint32_t row) {
    const auto& incident = rows.snapshot->incidents[row];
    const auto& record = incident.record;
    auto properties = what_happened(record, rows.scope->decisions[row]);
    append_where(properties, *rows.snapshot, row);
    properties.push_back({"place_type", known(record.place_type)});
    properties.push_back({"domestic", known(record.domestic)});
    properties.push_back({"weapon", known(record.weapon)});
    properties.push_back({"victim_age", optional_whole(record.victim_age)});
    properties.push_back({"injury", text_or_null(record.injury)});
    return {incident.id, to_geometry(incident.location), std::move(properties)};
}

// The row of an id that is one, if there is it; incidents are in the order of their ids.
std::vector<std::uint32_t> rows_of_id(const data::Snapshot& snapshot, const std::string& id) {
    std::int64_t wanted = 0;
    const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), wanted);
    const auto found = std::lower_bound(
        snapshot.incidents.begin(), snapshot.incidents.end(), wanted,
        [](const data::Incident& incident, std::int64_t other) { return incident.id < other; });
    const bool known = error == std::errc() && end == id.data() + id.size() &&
                       found != snapshot.incidents.end() && found->id == wanted;
    const auto row = found - snapshot.incidents.begin();
    return known ? std::vector{static_cast<std::uint32_t>(row)} : std::vector<std::uint32_t>();
}

} // namespace

FeatureSet find_incidents(const AppContext& context, const FeatureQuery& query) {
    const Rows rows{query.snapshot, &scope_column(*query.snapshot, query.parameters.scope)};
    FeatureSet set;
    if (query.id) {
        set.rows =
            select_among(*query.snapshot, query.parameters, rows_of_id(*query.snapshot, *query.id));
    } else if (query.box) {
        set.rows = select_among(*query.snapshot, query.parameters,
                                shared_points(context, *query.snapshot)->rows_in(*query.box));
    } else {
        set.rows = select_all(*query.snapshot, query.parameters);
    }
    set.append = [rows](std::string& out, std::uint32_t row, const tiles::PositionStyle& style) {
        append_incident(out, *rows.snapshot, *rows.scope, row, style);
    };
    set.feature = [rows](std::uint32_t row) { return to_feature(rows, row); };
    set.has_id = [rows](std::uint32_t row, std::string_view id) {
        return std::to_string(rows.snapshot->incidents[row].id) == id;
    };
    set.column = [rows](std::string_view name) {
        return incident_column(*rows.snapshot, *rows.scope, name);
    };
    return set;
}

} // namespace hotspots::service
