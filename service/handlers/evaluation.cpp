// Back-test: how well the hotspots of one period say where the next period's incidents are.
#include "service/app.hpp"
#include "service/evaluation_request.hpp"
#include "service/handlers/analysis_answer.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/background_answer.hpp"
#include "service/handlers/collection.hpp"
#include "service/handlers/handlers.hpp"
#include "service/hotspot_result.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

constexpr std::string_view how_evaluation_works =
    "Hit rate n/N: share of the next period's incidents in the places found in the first. PAI = "
    "(n/N)/(a/A) (Chainey, Tompson & Uhlig 2008); PAIs of different area shares cannot be "
    "compared. PEI = n / the most that any area of that size could have held, by the best square "
    "cells of the next period, or the hotspots where they hold more (Hunt 2016). RRI = PAI of the "
    "next period / PAI of the first (Levine 2008). Intervals of 95 %: exact binomial for hit "
    "rate, PAI and PEI, areas and best possible taken as given; exact conditional Poisson for RRI; "
    "all take incidents for independent, so series of incidents make the truth wider. Cells: the "
    "plain ranked count of square cells of the same area, by count in the first period, then Gi*. "
    "Chance: as large a share of cells drawn at random, again and again.";

ordered_json number_json(double value, int decimals) {
    return rounded(value, decimals);
}

ordered_json estimate_json(const std::optional<geo::Estimate>& estimate, int decimals) {
    if (!estimate) {
        return nullptr;
    }
    return {{"value", number_json(estimate->value, decimals)},
            {"low", number_json(estimate->low, decimals)},
            {"high", number_json(estimate->high, decimals)}};
}

ordered_json curve_json(const geo::Forecast& forecast, double study_area_km2) {
    auto curve = ordered_json::array();
    const auto all = static_cast<double>(std::max<std::int64_t>(forecast.next.points, 1));
    for (const auto& step : forecast.curve) {
        curve.push_back(
            {{"places", step.places},
             {"area_km2", number_json(step.area_km2, 6)},
             {"area_share", number_json(std::min(step.area_km2 / study_area_km2, 1.0), 9)},
             {"incidents", step.next},
             {"share", number_json(static_cast<double>(step.next) / all, 6)}});
    }
    return curve;
}

ordered_json forecast_json(const geo::Forecast& forecast, double study_area_km2) {
    return {{"places", forecast.places},
            {"area_km2", number_json(forecast.area_km2, 6)},
            {"area_share", number_json(forecast.next.area_share, 9)},
            {"incidents_first", forecast.same.captured},
            {"incidents_next", forecast.next.captured},
            {"hit_rate_first", estimate_json(forecast.same.hit_rate, 6)},
            {"hit_rate", estimate_json(forecast.next.hit_rate, 6)},
            {"pai_first", estimate_json(forecast.same.pai, 4)},
            {"pai", estimate_json(forecast.next.pai, 4)},
            {"pei", estimate_json(forecast.pei, 6)},
            {"rri", estimate_json(forecast.rri, 6)},
            {"curve", curve_json(forecast, study_area_km2)}};
}

// What areas of the hotspots' size would have captured by chance, and PAI, which is then 1.
ordered_json chance_json(const geo::Chance& chance, bool any_incident) {
    const auto of = [&](double scale, int decimals) -> ordered_json {
        if (!any_incident || chance.simulations == 0 || !(scale > 0)) {
            return nullptr;
        }
        return {{"expected", number_json(chance.expected * scale, decimals)},
                {"low", number_json(chance.low * scale, decimals)},
                {"high", number_json(chance.high * scale, decimals)}};
    };
    return {{"area_share", number_json(chance.expected, 9)},
            {"hit_rate", of(1, 6)},
            {"pai", of(chance.expected > 0 ? 1 / chance.expected : 0, 4)},
            {"simulations", chance.simulations},
            {"seed", chance_seed}};
}

ordered_json period_json(const data::Period& period, const Selection& selection,
                         std::int64_t incidents, std::int64_t too_uncertain) {
    ordered_json json{{"period", data::format_period(period)}, {"incidents", incidents}};
    append_members(json, counts_json(selection));
    json["too_uncertain"] = too_uncertain;
    return json;
}

ordered_json document(const EvaluationParameters& parameters, const HotspotResult& hotspots,
                      const NextIncidents& next, const geo::BackTest& test) {
    const auto points = static_cast<std::int64_t>(next.points.size());
    auto next_json = period_json(parameters.next, next.selection, points, next.too_uncertain);
    next_json["in_both"] = next.in_both;
    const double area_km2 = test.study_area_km2;
    return {{"first", period_json(parameters.analysis.period, hotspots.selection,
                                  test.hotspots.same.points, hotspots.too_uncertain)},
            {"next", next_json},
            {"study_area_km2", number_json(area_km2, 3)},
            {"bandwidth_m", parameters.analysis.bandwidth_m},
            {"cell_m", number_json(hotspots.cell_m, 6)},
            {"compared_cell_m", compared_cell_m},
            {"best_possible", test.best_possible},
            {"hotspots", forecast_json(test.hotspots, area_km2)},
            {"cells", forecast_json(test.cells, area_km2)},
            {"chance", chance_json(test.chance, points > 0)},
            {"method", how_evaluation_works}};
}

} // namespace

Response get_evaluation(const AppContext& context, const Request& request, const PathParts&) {
    const auto snapshot = take_snapshot(context, request);
    const auto parameters = read_evaluation(request.query, *snapshot);
    const auto own = parameters.own_query();
    const auto etag =
        revision_etag(context, *snapshot,
                      "/hotspots/evaluation?" + parameters.analysis.canonical_query() + '&' + own);
    if (is_known(request, etag)) {
        return not_modified(etag);
    }
    // What the map shows: as quick, and what is wrong with it is told at once.
    auto hotspots = shared_hotspots(context, *snapshot, parameters.analysis);
    auto provenance = provenance_json(
        context, *snapshot, make_manifest(*snapshot, parameters.analysis, context.version, own));
    BackgroundWork work;
    work.title = "Evaluation of the hotspots";
    work.etag = etag;
    work.compute = [own_context = context_of_work(context), snapshot, parameters,
                    hotspots = std::move(hotspots),
                    provenance = std::move(provenance)](const BackgroundJobs::Progress& progress) {
        const auto next = next_incidents(*snapshot, parameters, hotspots->selection);
        progress(0.1);
        const auto test = evaluate(own_context, *snapshot, parameters, next);
        auto json = document(parameters, *hotspots, next, test);
        append_members(json, provenance);
        return json_response(json).body;
    };
    return answer_in_background(context, request, std::move(work));
}

} // namespace hotspots::service
