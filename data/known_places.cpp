#include "data/known_places.hpp"

namespace hotspots::data {

KnownPlaces read_known_places(IncidentStore& store) {
    auto stored = store.reference();
    HandDecisions decisions(store.reviews());
    const Gazetteer gazetteer(ReferenceData{std::move(stored.wards), std::move(stored.places),
                                            std::move(stored.postcodes)});
    auto taught = gazetteer.with_aliases(decisions.aliases());
    return {std::move(decisions), std::move(taught)};
}

} // namespace hotspots::data
