#include "service/stability_result.hpp"

#include "geo/density_estimate.hpp"
#include "geo/hotspots.hpp"
#include "service/app.hpp"
#include "service/density_result.hpp"
#include "service/hotspot_result.hpp"
#include "service/number_parameters.hpp"
#include "service/parameters.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace hotspots::service {

namespace {

constexpr std::int64_t most_runs = 999;
constexpr std::int64_t most_seed = 4'294'967'295;

std::string key_of(const data::Snapshot& snapshot, const StabilityParameters& parameters) {
    return std::to_string(snapshot.revision.number) + '?' + parameters.analysis.canonical_query() +
           '&' + parameters.own_query();
}

std::optional<double> median_of_all(std::vector<float> values) {
    if (values.empty()) {
        return std::nullopt;
    }
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    const double upper = *middle;
    const bool even = values.size() % 2 == 0;
    return even ? (upper + *std::max_element(values.begin(), middle)) / 2 : upper;
}

StabilityResult compute(const AppContext& context, const data::Snapshot& snapshot,
                        const StabilityParameters& parameters,
                        const std::function<void(double)>& progress) {
    const auto density = shared_density(context, snapshot, parameters.analysis);
    const auto rule = hotspot_rule(parameters.analysis);
    const auto set =
        geo::find_hotspots(density->points, density->raster, snapshot.study_area, rule);
    std::vector<float> uncertainty_m;
    uncertainty_m.reserve(density->incident.size());
    for (const auto incident : density->incident) {
        uncertainty_m.push_back(snapshot.columns.uncertainty_m[incident]);
    }
    geo::StabilityRuns runs;
    runs.jitter = parameters.runs;
    runs.bootstrap = parameters.runs;
    runs.seed = static_cast<std::uint64_t>(parameters.seed);
    runs.progress = [&](int done, int all) { progress(static_cast<double>(done) / all); };
    geo::StabilityInput input{density->points,      uncertainty_m, snapshot.study_area,
                              density->raster.grid, rule,          set.hotspots};
    const auto& asked = parameters.analysis;
    if (asked.edge != geo::EdgeCorrection::none || asked.adaptive) {
        input.density = [&](std::span<const geo::BngPoint> points, const geo::GridSpec& grid,
                            double bandwidth_m) {
            const geo::DensityRule of_run{asked.kernel, bandwidth_m, asked.edge, asked.adaptive};
            return geo::estimate_density(points, density->outside, snapshot.study_area, grid,
                                         of_run, {1, 0});
        };
    }
    auto survival = geo::hotspot_survival(input, runs);
    return {std::move(survival), median_of_all(std::move(uncertainty_m))};
}

} // namespace

std::string StabilityParameters::own_query() const {
    return "runs=" + std::to_string(runs) + "&seed=" + std::to_string(seed);
}

StabilityParameters read_stability(const std::vector<QueryParameter>& query,
                                   const data::Snapshot& snapshot) {
    StabilityParameters out;
    out.analysis = read_analysis(query, snapshot, {"runs", "seed", "f"});
    for (const auto& [name, value] : query) {
        if (name == "runs") {
            out.runs = static_cast<int>(whole_number_between(name, value, 1, most_runs));
        } else if (name == "seed") {
            out.seed = whole_number_between(name, value, 0, most_seed);
        } else if (name == "f") {
            static constexpr std::array<std::string_view, 1> formats{"json"};
            choice("f", value, formats);
        }
    }
    return out;
}

std::shared_ptr<const StabilityResult>
shared_stability(const AppContext& context, const data::Snapshot& snapshot,
                 const StabilityParameters& parameters,
                 const std::function<void(double share)>& progress) {
    return context.stability->get(key_of(snapshot, parameters), [&] {
        return std::make_shared<const StabilityResult>(
            compute(context, snapshot, parameters, progress));
    });
}

std::shared_ptr<const StabilityResult> known_stability(const AppContext& context,
                                                       const data::Snapshot& snapshot,
                                                       const StabilityParameters& parameters) {
    return context.stability->find(key_of(snapshot, parameters));
}

} // namespace hotspots::service
