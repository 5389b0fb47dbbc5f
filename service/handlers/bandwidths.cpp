// Bandwidths that rules of the literature suggest for the selected incidents. They are shown, none
// is taken: the default stays.
#include "geo/bandwidths.hpp"

#include "data/quality/traps.hpp"
#include "service/app.hpp"
#include "service/density_parameters.hpp"
#include "service/handlers/analysis_answer.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/background_answer.hpp"
#include "service/handlers/collection.hpp"
#include "service/handlers/handlers.hpp"
#include "service/problem.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

constexpr std::string_view scott_method =
    "Scott 1992: standard deviation of each axis x n^(-1/6), made for incidents of one normal "
    "distribution; bandwidth_m is the geometric mean of both axes, null where an axis has no "
    "spread.";
constexpr std::string_view silverman_method =
    "Silverman 1986: the smaller of the standard deviation and the interquartile range / 1.34 of "
    "each axis, x n^(-1/6); bandwidth_m is the root of the mean of both squares.";
constexpr std::string_view likelihood_method =
    "Likelihood cross-validation (Silverman 1986, 3.4.4): the bandwidth from 50 to 5000 m under "
    "which the other places' incidents make each incident most likely, exact at the incidents. "
    "Incidents in one place say nothing of each other: points that are snapped or repeated would "
    "else draw the bandwidth to 0. A share 1/n is spread evenly over the study area, so that one "
    "lonely incident does not decide.";
constexpr std::string_view advice =
    "Suggestions alone; the default stays. All are the kernel's bandwidth, rules of one standard "
    "deviation being taken as equal. On clustered crime they disagree widely, from some 200 m to "
    "several kilometres: the rules of thumb take all incidents for one normal distribution and "
    "smooth towns away, cross-validation follows the spacing of snapped points. Keep one bandwidth "
    "for maps that are to be compared.";

struct Asked {
    AnalysisParameters parameters; // filters and kernel
    std::vector<geo::BngPoint> points;
    double study_area_km2 = 0;
};

AnalysisParameters read(const Request& request, const data::Snapshot& snapshot) {
    auto parameters = read_filters(request.query, snapshot, {"kernel", "f"});
    static constexpr std::array<std::string_view, 2> own{"kernel", "f"};
    std::vector<QueryParameter> query;
    for (const auto& parameter : request.query) {
        if (std::ranges::find(own, parameter.name) != own.end()) {
            query.push_back(parameter);
        }
    }
    const Parameters others(query, own);
    parameters.kernel = read_kernel(others);
    if (const auto format = others.find("f")) {
        static constexpr std::array<std::string_view, 1> formats{"json"};
        choice("f", *format, formats);
    }
    return parameters;
}

ordered_json metres_json(const std::optional<double>& value) {
    return value ? ordered_json(rounded(*value, 1)) : ordered_json();
}

ordered_json rule_json(std::string_view name, const geo::AxisRule& rule, std::string_view method) {
    return {{"rule", name},
            {"bandwidth_m", metres_json(rule.both_m)},
            {"easting_m", metres_json(rule.easting_m)},
            {"northing_m", metres_json(rule.northing_m)},
            {"method", method}};
}

ordered_json likelihood_json(const std::optional<geo::LikelihoodBandwidth>& found) {
    return {{"rule", "likelihood"},
            {"bandwidth_m", found ? metres_json(found->bandwidth_m) : ordered_json()},
            {"log_likelihood",
             found ? ordered_json(rounded(found->log_likelihood, 6)) : ordered_json()},
            {"at_limit", found ? ordered_json(found->at_limit) : ordered_json()},
            {"method", likelihood_method}};
}

ordered_json suggestions(const Asked& asked) {
    const auto kernel = asked.parameters.kernel;
    const auto places = geo::collapse(asked.points);
    return {
        {"points", asked.points.size()},
        {"places", places.size()},
        {"kernel", kernel_name(kernel)},
        {"default_m", AnalysisParameters().bandwidth_m},
        {"suggestions",
         {rule_json("scott", geo::scott_bandwidth(asked.points, kernel), scott_method),
          rule_json("silverman", geo::silverman_bandwidth(asked.points, kernel), silverman_method),
          likelihood_json(geo::likelihood_bandwidth(places, kernel, least_bandwidth_m,
                                                    most_bandwidth_m, asked.study_area_km2))}},
        {"advice", advice}};
}

} // namespace

Response get_bandwidths(const AppContext& context, const Request& request, const PathParts&) {
    const auto snapshot = take_snapshot(context, request);
    auto asked = std::make_shared<Asked>();
    asked->parameters = read(request, *snapshot);
    if (snapshot->study_area.empty()) {
        throw Problem(409, "No wards loaded",
                      "bandwidths are judged over the study area, and no wards are loaded; load "
                      "them with: llr-hotspots reference wards FILE");
    }
    const auto etag = revision_etag(context, *snapshot,
                                    "/analysis/bandwidths?" + asked->parameters.canonical_query());
    if (is_known(request, etag)) {
        return not_modified(etag);
    }
    const auto selection = select(*snapshot, asked->parameters);
    for (const auto i : selection.incidents) {
        asked->points.push_back(snapshot->columns.point[i]);
    }
    asked->study_area_km2 = snapshot->study_area_km2;
    auto head = counts_json(selection);
    head["on_default_points"] =
        data::count_on_default_points(*data::traps_of(*snapshot), selection.incidents);
    head["period"] = data::format_period(asked->parameters.period);
    auto provenance = provenance_json(context, *snapshot,
                                      make_manifest(*snapshot, asked->parameters, context.version));
    BackgroundWork work;
    work.title = "Bandwidth suggestions";
    work.etag = etag;
    work.compute = [asked, head = std::move(head),
                    provenance = std::move(provenance)](const BackgroundJobs::Progress&) {
        auto json = head;
        append_members(json, suggestions(*asked));
        append_members(json, provenance);
        return json_response(json).body;
    };
    return answer_in_background(context, request, std::move(work));
}

} // namespace hotspots::service
