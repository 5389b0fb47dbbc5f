#include "service/quality_json.hpp"

#include "data/snapshot.hpp"
#include "service/handlers/collection.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <vector>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

constexpr int share_decimals = 6;

ordered_json share(std::optional<double> value) {
    return value ? ordered_json(rounded(*value, share_decimals)) : ordered_json();
}

ordered_json share(std::int64_t part, std::int64_t whole) {
    return whole > 0 ? share(std::optional(static_cast<double>(part) / static_cast<double>(whole)))
                     : ordered_json();
}

ordered_json text_or_none(const std::string& text) {
    return text.empty() ? ordered_json() : ordered_json(text);
}

// Every word of an enum with its count, and the count's share of `whole`.
template <class Enum, std::size_t N>
ordered_json by_word(const std::array<std::int64_t, N>& counts, std::int64_t whole) {
    ordered_json all = ordered_json::object();
    const auto words = data::words<Enum>();
    for (std::size_t i = 0; i < N; ++i) {
        all[std::string(words[i])] = {{"records", counts[i]}, {"share", share(counts[i], whole)}};
    }
    return all;
}

void add_counts(ordered_json& out, const data::LocationCounts& counts) {
    out["records"] = counts.records;
    out["mapped"] = counts.mapped;
    out["unmapped"] = counts.tried() - counts.mapped;
    out["outside"] = counts.records - counts.tried();
    out["hit_rate"] = share(counts.hit_rate());
    out["below_gate"] = counts.hit_rate() ? ordered_json(counts.below_gate()) : ordered_json();
    out["on_default_points"] = counts.on_default_points;
    out["default_point_share"] = share(counts.default_point_share());
    out["statuses"] = by_word<data::GeocodeStatus>(counts.by_status, counts.records);
    out["levels"] = by_word<data::GeocodeLevel>(counts.by_level, counts.tried());
}

ordered_json to_json(const data::Grouping& grouping) {
    ordered_json groups = ordered_json::array();
    for (const auto& group : grouping.groups) {
        ordered_json one{{"key", group.key}, {"label", group.label}};
        add_counts(one, group.counts);
        groups.push_back(std::move(one));
    }
    return {{"by", grouping.name},
            {"rule", grouping.rule},
            {"groups_with_rate", grouping.groups_with_rate},
            {"groups_below_gate", grouping.groups_below_gate},
            {"share_of_groups_below_gate",
             share(grouping.groups_below_gate, grouping.groups_with_rate)},
            {"records_below_gate", grouping.records_below_gate},
            {"share_of_records_below_gate",
             share(grouping.records_below_gate, grouping.records_with_rate)},
            {"groups", std::move(groups)}};
}

ordered_json to_json(const data::Dependence& dependence) {
    const auto& association = dependence.association;
    return {{"on", dependence.on},
            {"n", association.records},
            {"rows", association.rows},
            {"columns", association.columns},
            {"cramers_v", share(association.v)},
            {"cramers_v_corrected", share(association.v_corrected)},
            {"reading", data::reading_of(association)}};
}

ordered_json to_json(const data::TrapUse& use) {
    const auto& trap = use.trap;
    const auto metres = [](double value) { return rounded(value, 1); };
    const auto degrees = [](double value) { return rounded(value, 6); };
    const auto& at = trap.point;
    const auto& lon_lat = trap.lon_lat;
    return {{"kind", data::to_text(trap.kind)},
            {"reason", trap.reason},
            {"name", text_or_none(trap.name)},
            {"level", trap.level ? ordered_json(data::to_text(*trap.level)) : ordered_json()},
            {"easting", at ? ordered_json(metres(at->easting_m)) : ordered_json()},
            {"northing", at ? ordered_json(metres(at->northing_m)) : ordered_json()},
            {"longitude", lon_lat ? ordered_json(degrees(lon_lat->lon_deg)) : ordered_json()},
            {"latitude", lon_lat ? ordered_json(degrees(lon_lat->lat_deg)) : ordered_json()},
            {"records", use.chosen},
            {"records_in_all", trap.records}};
}

template <class Parts>
ordered_json list(const Parts& parts) {
    ordered_json all = ordered_json::array();
    for (const auto& part : parts) {
        all.push_back(to_json(part));
    }
    return all;
}

} // namespace

ordered_json to_json(const data::QualityReport& report) {
    ordered_json out;
    add_counts(out, report.all);
    out["gate"] = {{"least_hit_rate", data::least_hit_rate},
                   {"source", "Ratcliffe 2004: a minimum for counts by area; points need more"}};
    out["groupings"] = list(report.groupings);
    out["dependence"] = list(report.dependences);
    out["dependence_source"] =
        "Cramér's V of placed or missed; corrected as Bergsma 2013; in words as Cohen 1988 has w: "
        "0.1 small, 0.3 medium, 0.5 large. No p values: on many records any difference has a small "
        "one";
    out["traps"] = list(report.traps);
    return out;
}

ordered_json quality_of_import(const data::Snapshot& snapshot, std::int64_t import_id) {
    std::vector<std::uint32_t> incidents;
    for (std::uint32_t i = 0; i < snapshot.incidents.size(); ++i) {
        if (snapshot.incidents[i].import_id == import_id) {
            incidents.push_back(i);
        }
    }
    const auto traps = data::traps_of(snapshot);
    return to_json(data::make_quality_report(snapshot, *traps, incidents));
}

} // namespace hotspots::service
