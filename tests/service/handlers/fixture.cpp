#include "tests/service/handlers/fixture.hpp"

#include "geo/crs.hpp"
#include "service/router.hpp"
#include "tests/catch.hpp"

#include <algorithm>

namespace hotspots::tests {

namespace {

geo::MultiPolygon<geo::BngPoint> rectangle(double west, double south, double east, double north) {
    return {{{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}, {}}};
}

data::Instant instant(std::string_view text) {
    return data::parse_moment(text).value().begin;
}

std::int32_t ward_at(const data::Snapshot& snapshot, const geo::BngPoint& at) {
    for (std::size_t ward = 0; ward < snapshot.wards.size(); ++ward) {
        if (geo::bounds(snapshot.ward_outlines_bng[ward]).contains(at)) {
            return static_cast<std::int32_t>(ward);
        }
    }
    return -1;
}

data::Location location_of(const Event& event) {
    data::Location location;
    location.status = event.status;
    if (event.status == data::GeocodeStatus::matched ||
        event.status == data::GeocodeStatus::outside) {
        location.level = data::GeocodeLevel::given;
        location.point = event.at;
        location.lon_lat = geo::to_lon_lat(event.at);
        location.uncertainty_m = event.uncertainty_m;
        location.score = 1;
        location.rule = "given_coordinates";
    }
    return location;
}

void add_columns(data::IncidentColumns& columns, const Event& event, const data::RawRecord& record,
                 std::int32_t ward) {
    const bool mapped = event.status == data::GeocodeStatus::matched;
    const auto& when = record.occurred_from;
    const auto end = record.occurred_to.value_or(when).end;
    const auto london = data::london_time(when.begin);
    const bool exact = when.precision == data::TimePrecision::exact;
    const bool day_known = when.precision != data::TimePrecision::month;
    const auto begin_s = when.begin.time_since_epoch().count();
    columns.point.push_back(event.at);
    columns.mapped.push_back(mapped ? 1 : 0);
    columns.ward.push_back(mapped ? ward : -1);
    columns.begin_s.push_back(begin_s);
    columns.end_s.push_back(std::max<std::int64_t>(end.time_since_epoch().count(), begin_s + 1));
    columns.from_end_s.push_back(
        std::max<std::int64_t>(when.end.time_since_epoch().count(), begin_s + 1));
    columns.hour.push_back(exact ? static_cast<std::int8_t>(london.hour) : std::int8_t{-1});
    columns.weekday.push_back(day_known ? static_cast<std::int8_t>(london.weekday)
                                        : std::int8_t{-1});
    columns.uncertainty_m.push_back(mapped ? static_cast<float>(event.uncertainty_m) : 0.0F);
}

} // namespace

SnapshotBuilder::SnapshotBuilder() {
    auto& s = m_snapshot;
    s.revision = {7, instant("2025-10-01T00:00:00Z")};
    const std::vector<std::string> names{"North", "Castle", "Fosse"};
    for (std::size_t i = 0; i < names.size(); ++i) {
        const double west = 456000 + 2000 * static_cast<double>(i);
        const auto outline = rectangle(west, 304000, west + 2000, 306000);
        const bool beta = i == 2;
        s.wards.push_back({"E0500000" + std::to_string(i + 1), names[i],
                           beta ? "E07000002" : "E07000001", beta ? "Beta" : "Alpha",
                           geo::to_lon_lat(outline), false});
        s.ward_outlines_bng.push_back(outline);
        s.ward_area_km2.push_back(4);
        s.ward_population.push_back(beta ? std::nullopt : std::optional<std::int64_t>(1000));
    }
    s.authorities = {
        {"E07000001", "Alpha", geo::to_lon_lat(rectangle(456000, 304000, 460000, 306000))},
        {"E07000002", "Beta", geo::to_lon_lat(rectangle(460000, 304000, 462000, 306000))}};
    s.study_area = rectangle(456000, 304000, 462000, 306000);
    s.study_area_km2 = 12;
    for (const auto& profile : data::scope_profiles()) {
        s.scopes.push_back({&profile, {}});
    }
    s.default_scope = "vrn-2021";
    s.default_period = data::parse_period("2023-10-01/2025-09-30");
}

SnapshotBuilder& SnapshotBuilder::add(const Event& event, int times) {
    auto& s = m_snapshot;
    for (int i = 0; i < times; ++i) {
        data::Incident incident;
        incident.id = static_cast<std::int64_t>(s.incidents.size()) + 1;
        incident.record.incident_id = "I-" + std::to_string(incident.id);
        incident.record.source = event.source;
        incident.record.format = "vrn";
        incident.record.occurred_from = data::parse_moment(event.when).value();
        if (!event.until.empty()) {
            incident.record.occurred_to = data::parse_moment(event.until).value();
        }
        incident.record.location_text = event.text;
        incident.record.weapon = event.weapon;
        incident.record.victim_age = event.victim_age;
        incident.location = location_of(event);
        const auto ward = ward_at(s, event.at);
        add_columns(s.columns, event, incident.record, ward);
        for (auto& scope : s.scopes) {
            scope.decisions.push_back({event.decision, "hand_made", event.group});
        }
        s.incidents.push_back(std::move(incident));
    }
    return *this;
}

SnapshotBuilder& SnapshotBuilder::add_place(const std::string& name, data::PlaceKind kind,
                                            geo::BngPoint at) {
    data::NamedPlace place;
    place.name = name;
    place.kind = kind;
    place.point = geo::to_lon_lat(at).value();
    m_snapshot.places.push_back(std::move(place));
    m_snapshot.place_points.push_back(at);
    return *this;
}

SnapshotBuilder& SnapshotBuilder::with_gazetteer() {
    m_snapshot.gazetteer = std::make_shared<const data::Gazetteer>(
        data::ReferenceData{m_snapshot.wards, m_snapshot.places, {}});
    return *this;
}

SnapshotBuilder& SnapshotBuilder::revision(std::int64_t number) {
    m_snapshot.revision.number = number;
    return *this;
}

SnapshotBuilder& SnapshotBuilder::without_wards() {
    m_snapshot.wards.clear();
    m_snapshot.ward_outlines_bng.clear();
    m_snapshot.ward_area_km2.clear();
    m_snapshot.ward_population.clear();
    m_snapshot.authorities.clear();
    m_snapshot.study_area.clear();
    m_snapshot.study_area_km2 = 0;
    std::fill(m_snapshot.columns.ward.begin(), m_snapshot.columns.ward.end(), -1);
    return *this;
}

std::shared_ptr<const data::Snapshot> SnapshotBuilder::build() const {
    return std::make_shared<const data::Snapshot>(m_snapshot);
}

SnapshotBuilder three_clusters() {
    SnapshotBuilder builder;
    builder.add({north_centre}, 20).add({castle_centre}, 10).add({fosse_centre}, 3);
    builder.add_place("Granby Street", data::PlaceKind::street, {457050, 305050});
    builder.add_place("Halford Street", data::PlaceKind::street, {457100, 305100});
    builder.add_place("Museum", data::PlaceKind::poi, {457030, 305030});
    builder.add_place("Castle Gardens", data::PlaceKind::place, {459300, 305300});
    return builder;
}

Service::Service(std::shared_ptr<const data::Snapshot> snapshot) {
    context.snapshot = [snapshot] { return snapshot; };
    context.version = "1.2.3";
}

service::Response Service::get(std::string_view target,
                               std::vector<service::Header> headers) const {
    service::Request request;
    auto parsed = service::parse_target(target);
    REQUIRE(parsed);
    request.path = parsed->first;
    request.query = parsed->second;
    request.headers = std::move(headers);
    request.caller = {service::Role::inspector, "test", {}};
    return service::dispatch(context, request);
}

nlohmann::json Service::json(std::string_view target) const {
    const auto response = get(target);
    INFO(target << "\n" << response.body_view().substr(0, 500));
    REQUIRE(response.status == 200);
    return nlohmann::json::parse(response.body_view());
}

nlohmann::json Service::problem(std::string_view target, int status) const {
    const auto response = get(target);
    INFO(target << "\n" << response.body_view().substr(0, 500));
    REQUIRE(response.status == status);
    REQUIRE(response.content_type == "application/problem+json");
    return nlohmann::json::parse(response.body_view());
}

std::string header_of(const service::Response& response, std::string_view name) {
    for (const auto& header : response.headers) {
        if (header.name == name) {
            return header.value;
        }
    }
    return {};
}

} // namespace hotspots::tests
