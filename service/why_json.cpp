#include "service/why_json.hpp"

#include "data/quality/hit_rate.hpp"
#include "geo/rates.hpp"
#include "service/handlers/collection.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t most_streets = 5;
constexpr int decimals = 6;

ordered_json number(std::optional<double> value, int digits = decimals) {
    return value ? ordered_json(rounded(*value, digits)) : ordered_json();
}

ordered_json share_json(std::int64_t part, std::int64_t whole) {
    return whole > 0 ? number(static_cast<double>(part) / static_cast<double>(whole))
                     : ordered_json();
}

template <std::size_t N>
ordered_json numbers(const std::array<double, N>& values) {
    auto all = ordered_json::array();
    for (const double value : values) {
        all.push_back(rounded(value, 4));
    }
    return all;
}

ordered_json times_json(const data::HourTable& table) {
    auto days = ordered_json::array();
    for (const auto& day : table.cells) {
        days.push_back(numbers(day));
    }
    return {{"clock", "Europe/London"},
            {"weekdays", {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}},
            {"incidents", std::move(days)},
            {"hour_unknown", numbers(table.hour_unknown)},
            {"unknown", table.time_unknown},
            {"spread", table.spread},
            {"rule", "weekdays by hours 0 to 23 of the calendar day; a record that is only known "
                     "to lie between two times is spread over the hours between them"}};
}

ordered_json groups_json(const std::array<std::int64_t, 4>& counts) {
    auto groups = ordered_json::array();
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const bool known = i + 1 < counts.size();
        groups.push_back(
            {{"group", known ? ordered_json(data::to_text(static_cast<data::OffenceGroup>(i)))
                             : ordered_json()},
             {"incidents", counts[i]}});
    }
    return groups;
}

ordered_json weapons_json(const std::array<std::int64_t, 6>& counts) {
    auto weapons = ordered_json::array();
    const auto words = data::words<data::Weapon>();
    for (std::size_t i = 0; i < counts.size(); ++i) {
        weapons.push_back({{"weapon", words[i]}, {"incidents", counts[i]}});
    }
    return weapons;
}

ordered_json sources_json(const WhyCard& card) {
    auto views = ordered_json::array();
    for (const auto& view : card.agreement.sources) {
        views.push_back({{"source", data::to_text(view.source)},
                         {"incidents", view.incidents},
                         {"of_all", view.all},
                         {"share_of_source", share_json(view.incidents, view.all)},
                         {"location_quotient", rounded(view.location_quotient, 3)},
                         {"rank", view.rank ? ordered_json(*view.rank) : ordered_json()},
                         {"ranked", card.result->hotspots.size()},
                         {"own_hotspots", view.own_hotspots},
                         {"covered_by_own", rounded(view.covered, 4)},
                         {"peak_in_own", view.peak_covered},
                         {"hot_alone", view.hot_alone()}});
    }
    return {{"each", std::move(views)}, {"agreement", card.agreement.sentence}};
}

ordered_json streets_json(const WhyCard& card) {
    if (!card.streets) {
        return {{"top", nullptr}, {"reason", "no named streets are loaded"}};
    }
    ordered_json json{{"top", top_streets_json(*card.streets, card.on_streets, most_streets)},
                      {"streets_with_incidents", card.on_streets.streets.size()},
                      {"on_no_street", card.on_streets.on_no_street},
                      {"too_uncertain", card.on_streets.too_uncertain},
                      {"several_named", card.on_streets.several_named},
                      {"rule", street_rule()}};
    return json;
}

ordered_json hit_rate_json(const AreaHitRate& hit_rate) {
    return {{"value", number(hit_rate.rate)},
            {"of", hit_rate.of},
            {"placed", hit_rate.placed},
            {"missed", hit_rate.missed},
            {"below_gate",
             hit_rate.rate ? ordered_json(*hit_rate.rate < data::least_hit_rate) : ordered_json()},
            {"least", data::least_hit_rate}};
}

ordered_json rates_json(const std::optional<CountedChange>& counted) {
    if (!counted) {
        return nullptr;
    }
    const auto& rates = counted->rates;
    return {{"now", rates.now},
            {"before", rates.before},
            {"in_either", counted->in_either},
            {"difference", rates.now - rates.before},
            {"rate_ratio", number(rates.ratio)},
            {"rate_ratio_low", number(rates.ratio_low)},
            {"rate_ratio_high", number(rates.ratio_high)},
            {"z", number(rates.z, 3)}};
}

constexpr std::string_view change_method =
    "rate_ratio: of incidents a day, with the exact conditional interval of 95 % (binomial, "
    "Clopper and Pearson 1934); null where nothing was counted before, no upper end likewise. z: 2 "
    "(sqrt now - sqrt before), beyond 3 either way is the alarm. in_either: may have happened in "
    "either period, in neither count. A place is on this list because it has many incidents now: "
    "some rise since before is to be expected for that alone (regression to the mean), so compare "
    "it with the whole area's and with fixed places.";

ordered_json change_json(const HotspotChange& change, const AnalysisParameters& parameters) {
    const auto period = [&](const auto& get) {
        return change.before ? ordered_json(get(*change.before)) : ordered_json();
    };
    return {{"period", data::format_period(parameters.period)},
            {"period_before",
             period([](const auto& before) { return data::format_period(before.period); })},
            {"days", period([](const auto& before) { return before.days_now; })},
            {"days_before", period([](const auto& before) { return before.days; })},
            {"here", rates_json(change.here)},
            {"area", rates_json(change.area)},
            {"reason", change.reason.empty() ? ordered_json() : ordered_json(change.reason)},
            {"method", change_method}};
}

} // namespace

ordered_json to_json(const KnownShare& share) {
    ordered_json json{
        {"incidents", share.incidents}, {"known", share.known},
        {"unknown", share.unknown},     {"share", share_json(share.incidents, share.known)},
        {"share_low", nullptr},         {"share_high", nullptr}};
    if (share.known > 0) {
        const auto interval = geo::share_interval(share.incidents, share.known);
        json["share_low"] = rounded(interval.low, decimals);
        json["share_high"] = rounded(interval.high, decimals);
    }
    return json;
}

ordered_json top_streets_json(const data::NamedStreets& streets, const data::StreetCounts& counts,
                              std::size_t most) {
    auto top = ordered_json::array();
    for (std::size_t i = 0; i < std::min(most, counts.streets.size()); ++i) {
        const auto& count = counts.streets[i];
        const auto& street = streets.street(count.street);
        top.push_back({{"name", street.name},
                       {"label", street.label},
                       {"incidents", count.incidents},
                       {"by_name", count.by_name}});
    }
    return top;
}

ordered_json to_json(const WhyCard& card, const AnalysisParameters& parameters) {
    const auto& hotspot = card.hotspot();
    const auto& result = *card.result;
    const auto incidents = static_cast<std::int64_t>(hotspot.incidents.size());
    const auto mapped = static_cast<std::int64_t>(result.selection.incidents.size());
    return {{"rank", card.index + 1},
            {"of", result.hotspots.size()},
            {"label", hotspot.label},
            {"incidents", incidents},
            {"share", share_json(incidents, mapped)},
            {"share_of_certain", share_json(incidents, mapped - result.too_uncertain)},
            {"area_km2", rounded(hotspot.area_km2, decimals)},
            {"peak_per_km2", rounded(hotspot.peak_per_km2, 3)},
            {"top_percent", parameters.top_percent},
            {"wards", hotspot.wards},
            {"period", data::format_period(parameters.period)},
            {"times", times_json(card.times)},
            {"groups", groups_json(card.groups)},
            {"weapons", weapons_json(card.weapons)},
            {"knife", to_json(card.knife)},
            {"under_25", to_json(card.under_25)},
            {"sources", sources_json(card)},
            {"streets", streets_json(card)},
            {"median_uncertainty_m", rounded(card.median_uncertainty_m, 1)},
            {"on_default_points", card.on_default_points},
            {"hit_rate", hit_rate_json(card.hit_rate)},
            {"change", change_json(card.change, parameters)}};
}

} // namespace hotspots::service
