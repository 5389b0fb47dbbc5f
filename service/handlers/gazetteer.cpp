// Street and place names, for labels on the map.
#include "service/handlers/collection.hpp"

namespace hotspots::service {

namespace {

std::string_view to_text(data::PlaceKind kind) {
    switch (kind) {
    case data::PlaceKind::street:
        return "street";
    case data::PlaceKind::place:
        return "place";
    case data::PlaceKind::poi:
        break;
    }
    return "poi";
}

} // namespace

FeatureSet find_gazetteer(const AppContext&, const FeatureQuery& query) {
    FeatureSet set;
    const auto& places = query.snapshot->places;
    for (std::uint32_t row = 0; row < places.size(); ++row) {
        if (!query.box || query.box->holds(places[row].point)) {
            set.rows.push_back(row);
        }
    }
    set.feature = [snapshot = query.snapshot](std::uint32_t row) -> tiles::Feature {
        const auto& place = snapshot->places[row];
        return {tiles::Null(),
                place.point,
                {{"name", place.name},
                 {"kind", std::string(to_text(place.kind))},
                 {"category", text_or_null(place.category)}}};
    };
    set.has_id = [](std::uint32_t, std::string_view) { return false; };
    return set;
}

} // namespace hotspots::service
