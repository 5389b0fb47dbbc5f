// How long a page of incidents takes with a CQL2 filter that was never asked before: 100,000
// made-up records, or as many as the first argument says. Medians of requests that differ.
#include "data/snapshot.hpp"
#include "geo/crs.hpp"
#include "service/app.hpp"
#include "service/handlers/handlers.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

using namespace hotspots;

namespace {

constexpr int requests = 21;

data::Incident make_incident(std::int64_t id, std::mt19937_64& random) {
    data::Incident incident;
    incident.id = id;
    auto& record = incident.record;
    record.incident_id = "LP-2025-" + std::to_string(id);
    const auto day = 1 + random() % 28;
    const auto month = 1 + random() % 12;
    const auto two = [](std::uint64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    record.occurred_from = *data::parse_moment("2025-" + two(month) + "-" + two(day) + "T" +
                                               two(random() % 24) + ":15");
    record.offence = random() % 3 == 0 ? "Robbery of personal property" : "Assault occasioning ABH";
    record.location_text = "O/S " + std::to_string(random() % 200) + " Granby Street, Leicester";
    record.weapon = random() % 10 == 0 ? data::Weapon::knife : data::Weapon::none;
    record.victim_age = static_cast<int>(random() % 80);
    auto& location = incident.location;
    location.status = data::GeocodeStatus::matched;
    location.level = data::GeocodeLevel::street;
    location.point = geo::BngPoint{440000.0 + static_cast<double>(random() % 60000),
                                   285000.0 + static_cast<double>(random() % 50000)};
    location.lon_lat = geo::to_lon_lat(*location.point);
    location.uncertainty_m = 50;
    location.score = 0.9;
    return incident;
}

std::shared_ptr<const data::Snapshot> make_snapshot(std::int64_t count) {
    std::mt19937_64 random(1);
    auto snapshot = std::make_shared<data::Snapshot>();
    auto& columns = snapshot->columns;
    for (std::int64_t id = 1; id <= count; ++id) {
        const auto& incident = snapshot->incidents.emplace_back(make_incident(id, random));
        const auto begin_s = incident.record.occurred_from.begin.time_since_epoch().count();
        columns.point.push_back(*incident.location.point);
        columns.mapped.push_back(1);
        columns.ward.push_back(-1);
        columns.begin_s.push_back(begin_s);
        columns.end_s.push_back(begin_s + 1);
        columns.from_end_s.push_back(begin_s + 1);
        columns.hour.push_back(-1);
        columns.weekday.push_back(-1);
        columns.uncertainty_m.push_back(50);
    }
    for (const auto& profile : data::scope_profiles()) {
        data::ScopeColumn column{&profile, {}};
        for (const auto& incident : snapshot->incidents) {
            column.decisions.push_back(profile.decide(incident.record));
        }
        snapshot->scopes.push_back(std::move(column));
    }
    snapshot->default_scope = "vrn-2021";
    return snapshot;
}

void time_filter(const service::AppContext& context, const char* name, const std::string& filter) {
    std::vector<double> times_ms;
    for (int i = 0; i < requests; ++i) {
        service::Request request;
        request.path = "/collections/incidents/items";
        request.query = {{"limit", "100"}};
        if (!filter.empty()) {
            request.query.push_back({"filter", filter + " AND " + std::to_string(i) + " >= 0"});
        }
        const auto begun = std::chrono::steady_clock::now();
        service::get_items(context, request, {{"c", "incidents"}});
        const std::chrono::duration<double, std::milli> taken =
            std::chrono::steady_clock::now() - begun;
        times_ms.push_back(taken.count());
    }
    std::sort(times_ms.begin(), times_ms.end());
    std::printf("  %-24s %6.1f ms\n", name, times_ms[times_ms.size() / 2]);
}

} // namespace

int main(int argc, char** argv) {
    const auto count = argc > 1 ? std::strtoll(argv[1], nullptr, 10) : 100'000;
    const auto snapshot = make_snapshot(count);
    service::AppContext context;
    context.snapshot = [&] { return snapshot; };
    std::printf("%zu records\n", snapshot->incidents.size());
    time_filter(context, "none", "");
    time_filter(context, "weapon", "weapon = 'knife'");
    time_filter(context, "age and time", "victim_age < 25 AND occurred_from >= DATE('2025-06-01')");
    time_filter(context, "like", "location_text LIKE '%17% Granby%'");
    time_filter(context, "casei", "CASEI(offence) LIKE CASEI('%ROBBERY%')");
    time_filter(context, "box", "S_INTERSECTS(geometry, BBOX(-1.2, 52.6, -1.1, 52.7))");
    time_filter(context, "polygon",
                "S_WITHIN(geometry, POLYGON((-1.4 52.5, -0.8 52.5, -0.7 52.8, -1.1 52.6, "
                "-1.5 52.8, -1.4 52.5)))");
    return 0;
}
