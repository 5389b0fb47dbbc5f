#include "data/errors.hpp"
#include "data/store/rows.hpp"

#include <nlohmann/json.hpp>

namespace hotspots::data::store {

std::string candidates_to_json(const std::vector<Candidate>& candidates) {
    if (candidates.empty()) {
        return {};
    }
    auto list = nlohmann::json::array();
    for (const auto& candidate : candidates) {
        list.push_back({{"label", candidate.label},
                        {"level", to_text(candidate.level)},
                        {"easting", candidate.point.easting_m},
                        {"northing", candidate.point.northing_m},
                        {"uncertainty_m", candidate.uncertainty_m}});
    }
    // A label that is not UTF-8 must not end an import: it is shown with replacement characters.
    return list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<Candidate> candidates_from_json(std::string_view json) {
    std::vector<Candidate> candidates;
    if (json.empty()) {
        return candidates;
    }
    try {
        for (const auto& entry : nlohmann::json::parse(json)) {
            const auto level = from_text<GeocodeLevel>(entry.at("level").get<std::string>());
            candidates.push_back(
                {entry.at("label").get<std::string>(),
                 level.value(),
                 {entry.at("easting").get<double>(), entry.at("northing").get<double>()},
                 entry.at("uncertainty_m").get<double>()});
        }
    } catch (const std::exception& error) {
        throw StoreError("table 'incidents': candidates is '" + std::string(json.substr(0, 200)) +
                         "', not a list of candidates: " + error.what());
    }
    return candidates;
}

} // namespace hotspots::data::store
