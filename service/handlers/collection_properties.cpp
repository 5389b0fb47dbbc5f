#include "service/handlers/collection_properties.hpp"

#include "data/record.hpp"
#include "data/scope.hpp"

#include <array>
#include <stdexcept>
#include <string>
#include <utility>

namespace hotspots::service {

namespace {

using Kind = PropertyKind;
using Properties = std::vector<PropertyInfo>;

// All words of an enum but `unknown`, which features show as null.
template <class Enum>
std::vector<std::string_view> words() {
    std::vector<std::string_view> known;
    for (const auto word : data::words<Enum>()) {
        if (word != "unknown") {
            known.push_back(word);
        }
    }
    return known;
}

constexpr bool nullable = true;
constexpr std::string_view how_times_read =
    "As precisely as it is known: a month (2025-07), a day (2025-07-01, in London) or a UTC time. "
    "In filters it is compared at the coarser of two precisions: a month is equal to each of its "
    "days, and a time to its London day; DATE is a London day";

const Properties& areas() {
    static const Properties all{
        {"code", Kind::text, "Code of the Office for National Statistics"},
        {"name", Kind::text, "Name"},
        {"authority_code", Kind::text, "Code of the authority", nullable},
        {"authority", Kind::text, "Authority", nullable},
        {"area_km2", Kind::number, "Area", false, {}, "km2"},
        {"population", Kind::whole_number, "Residents", nullable},
        {"incidents", Kind::whole_number, "Incidents under the parameters"},
        {"suppressed", Kind::boolean, "Whether figures are hidden"},
        {"rate_per_1000", Kind::number, "Incidents per 1,000 residents", nullable},
        {"per_km2", Kind::number, "Incidents per square kilometre", nullable, {}, "km-2"},
        {"geometry", Kind::area, "Outline"}};
    return all;
}

const Properties& hotspots() {
    static const Properties all{
        {"rank", Kind::whole_number, "Rank, 1 for the highest peak"},
        {"label", Kind::text, "Nearest names"},
        {"incidents", Kind::whole_number, "Incidents in it"},
        {"share", Kind::number, "Share of all incidents under the parameters"},
        {"area_km2", Kind::number, "Area", false, {}, "km2"},
        {"peak_per_km2", Kind::number, "Highest density in it", false, {}, "km-2"},
        {"top_percent",
         Kind::number,
         "Share of the area that hotspots are made of",
         false,
         {},
         "%"},
        {"wards", Kind::texts, "Names of the wards it touches"},
        {"hit_rate", Kind::number, "Share of incidents that could be mapped", nullable},
        {"manifest", Kind::text, "What it can be made again from"},
        {"geometry", Kind::area, "Outline"}};
    return all;
}

const Properties& cells() {
    static const Properties all{
        {"rank", Kind::whole_number, "Rank, 1 for the most incidents"},
        {"incidents", Kind::whole_number, "Incidents in it"},
        {"gi_star_z", Kind::number, "Gi* of it and the cells that touch it, as a z score"},
        {"p", Kind::number, "One-sided p of Gi*"},
        {"fdr_significant", Kind::boolean, "Significant at a false discovery rate of 5 %"},
        {"easting", Kind::number, "Easting of its centre (EPSG:27700)", false, {}, "m"},
        {"northing", Kind::number, "Northing of its centre (EPSG:27700)", false, {}, "m"},
        {"geometry", Kind::area, "Outline"}};
    return all;
}

const Properties& isobands() {
    static const Properties all{
        {"from_per_km2", Kind::number, "Density that it begins at", false, {}, "km-2"},
        {"to_per_km2", Kind::number, "Density that it ends at", nullable, {}, "km-2"},
        {"area_km2", Kind::number, "Area", false, {}, "km2"},
        {"geometry", Kind::area, "Outline"}};
    return all;
}

Properties what_happened() {
    return {{"incident_id", Kind::text, "The source's own identifier"},
            {"source", Kind::text, "Who recorded it", false, words<data::Source>()},
            {"occurred_from",
             Kind::time,
             "When it happened, or the earliest",
             false,
             {},
             {},
             how_times_read},
            {"occurred_to", Kind::time, "The latest it happened", nullable, {}, {}, how_times_read},
            {"time_precision",
             Kind::text,
             "Precision of occurred_from",
             false,
             {"month", "day", "exact"}},
            {"offence_code", Kind::text, "Offence code; text: 4.1 is not 4.10", nullable},
            {"offence", Kind::text, "Offence", nullable},
            {"group",
             Kind::text,
             "Group of offences",
             nullable,
             {data::to_text(data::OffenceGroup::homicide),
              data::to_text(data::OffenceGroup::violence_with_injury),
              data::to_text(data::OffenceGroup::robbery)}},
            {"scope_decision",
             Kind::text,
             "Whether it counts under the scope profile",
             false,
             {data::to_text(data::Decision::in), data::to_text(data::Decision::out),
              data::to_text(data::Decision::review)}},
            {"scope_reason", Kind::text, "Why", nullable}};
}

Properties where() {
    return {{"location_text", Kind::text, "Location as recorded", nullable},
            {"status", Kind::text, "Whether it was found", false, words<data::GeocodeStatus>()},
            {"level", Kind::text, "How it was found", nullable, words<data::GeocodeLevel>()},
            {"uncertainty_m",
             Kind::number,
             "Radius that holds the true place about 68 % of the time",
             nullable,
             {},
             "m"},
            {"score", Kind::number, "Probability that the place is right", nullable},
            {"easting", Kind::number, "Easting (EPSG:27700)", nullable, {}, "m"},
            {"northing", Kind::number, "Northing (EPSG:27700)", nullable, {}, "m"},
            {"ward_code", Kind::text, "Code of the ward", nullable},
            {"ward", Kind::text, "Ward", nullable}};
}

Properties who_and_how() {
    return {{"place_type", Kind::text, "Kind of place", nullable, words<data::PlaceType>()},
            {"domestic", Kind::text, "Whether domestic", nullable, words<data::Domestic>()},
            {"weapon", Kind::text, "Weapon", nullable, words<data::Weapon>()},
            {"victim_age", Kind::whole_number, "Age of the victim", nullable, {}, "a"},
            {"injury", Kind::text, "Injury", nullable},
            {"geometry", Kind::point, "Place; null where it could not be mapped", nullable}};
}

const Properties& incidents() {
    static const Properties all = [] {
        auto properties = what_happened();
        for (const auto& more : {where(), who_and_how()}) {
            properties.insert(properties.end(), more.begin(), more.end());
        }
        return properties;
    }();
    return all;
}

} // namespace

std::span<const PropertyInfo> properties_of(std::string_view collection) {
    static constexpr std::array<std::pair<std::string_view, const Properties& (*)()>, 6> tables{
        {{"wards", areas},
         {"authorities", areas},
         {"hotspots", hotspots},
         {"cells", cells},
         {"isobands", isobands},
         {"incidents", incidents}}};
    for (const auto& [name, properties] : tables) {
        if (name == collection) {
            return properties();
        }
    }
    throw std::logic_error("the properties of " + std::string(collection) + " are not described");
}

filter::Type filter_type(PropertyKind kind) {
    switch (kind) {
    case Kind::text:
        return filter::Type::text;
    case Kind::number:
    case Kind::whole_number:
        return filter::Type::number;
    case Kind::boolean:
        return filter::Type::boolean;
    case Kind::time:
        return filter::Type::time;
    case Kind::texts:
        return filter::Type::list;
    default:
        return filter::Type::geometry;
    }
}

} // namespace hotspots::service
