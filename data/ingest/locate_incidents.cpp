#include "data/ingest/locate_incidents.hpp"

#include "data/geocode/geocode.hpp"

#include <future>

namespace hotspots::data {

namespace {

// Below this a thread costs more than it saves: each new one sets up PROJ anew.
constexpr std::size_t worth_a_thread = 2000;

void locate_in_order(const Gazetteer& gazetteer, std::span<Incident> incidents) {
    for (auto& incident : incidents) {
        incident.location = locate(gazetteer, incident.record);
        incident.ward_code.clear();
        if (incident.location.point) {
            if (const auto ward = gazetteer.ward_at(*incident.location.point)) {
                incident.ward_code = gazetteer.ward_code(*ward);
            }
        }
    }
}

} // namespace

void locate_incidents(const Gazetteer& gazetteer, std::span<Incident> incidents) {
    if (incidents.size() < worth_a_thread) {
        locate_in_order(gazetteer, incidents);
        return;
    }
    const std::size_t half = incidents.size() / 2;
    auto rest = std::async(std::launch::async, locate_in_order, std::cref(gazetteer),
                           incidents.subspan(half));
    locate_in_order(gazetteer, incidents.first(half));
    rest.get();
}

} // namespace hotspots::data
