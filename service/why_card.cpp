#include "service/why_card.hpp"

#include "data/quality/traps.hpp"

#include <algorithm>
#include <utility>

namespace hotspots::service {

namespace {

constexpr int young_years = 25;

// The middle of the values, or half way between the two in the middle. Precondition: not empty.
double median(std::vector<float> values) {
    std::sort(values.begin(), values.end());
    const auto middle = values.size() / 2;
    const auto upper = static_cast<double>(values[middle]);
    return values.size() % 2 == 1 ? upper : (upper + static_cast<double>(values[middle - 1])) / 2;
}

void count_records(WhyCard& card, const data::Snapshot& snapshot,
                   const AnalysisParameters& parameters) {
    const auto& decisions = scope_column(snapshot, parameters.scope).decisions;
    for (const auto i : card.hotspot().incidents) {
        const auto& record = snapshot.incidents[i].record;
        const auto group = decisions[i].group;
        ++card.groups.at(group ? static_cast<std::size_t>(*group) : card.groups.size() - 1);
        ++card.weapons.at(static_cast<std::size_t>(record.weapon));
        const bool weapon_known = record.weapon != data::Weapon::unknown;
        ++(weapon_known ? card.knife.known : card.knife.unknown);
        card.knife.incidents += record.weapon == data::Weapon::knife ? 1 : 0;
        ++(record.victim_age ? card.under_25.known : card.under_25.unknown);
        card.under_25.incidents += record.victim_age && *record.victim_age < young_years ? 1 : 0;
    }
}

double median_uncertainty_m(const data::Snapshot& snapshot, const DrawnHotspot& hotspot) {
    std::vector<float> uncertainties;
    uncertainties.reserve(hotspot.incidents.size());
    for (const auto i : hotspot.incidents) {
        uncertainties.push_back(snapshot.columns.uncertainty_m[i]);
    }
    return median(std::move(uncertainties));
}

} // namespace

WhyCard make_why_card(const AppContext& context, const data::Snapshot& snapshot,
                      const AnalysisParameters& parameters,
                      std::shared_ptr<const HotspotResult> result, std::size_t index) {
    WhyCard card;
    card.result = std::move(result);
    card.index = index;
    const auto& hotspot = card.hotspot();
    card.times = data::make_hour_table(snapshot.incidents, hotspot.incidents);
    count_records(card, snapshot, parameters);
    card.agreement = agreement_on(context, snapshot, parameters, *card.result, index);
    card.streets = shared_streets(context, snapshot);
    if (card.streets) {
        card.on_streets = data::count_on_streets(*card.streets, snapshot, hotspot.incidents);
    }
    card.median_uncertainty_m = median_uncertainty_m(snapshot, hotspot);
    card.on_default_points =
        data::count_on_default_points(*data::traps_of(snapshot), hotspot.incidents);
    card.hit_rate =
        hit_rate_around(context, snapshot, parameters, card.result->selection, hotspot.incidents);
    card.change = change_of(snapshot, parameters, *card.result, hotspot);
    return card;
}

} // namespace hotspots::service
