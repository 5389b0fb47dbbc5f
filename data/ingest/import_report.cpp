#include "data/ingest/import_report.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace hotspots::data {

ImportReport::ImportReport(std::span<const ScopeProfile> profiles)
    : m_profiles(profiles), m_decisions(profiles.size()) {}

void ImportReport::add(const Incident& incident) {
    ++m_status[std::string(to_text(incident.location.status))];
    if (incident.location.level) {
        ++m_level[std::string(to_text(*incident.location.level))];
    }
    for (std::size_t i = 0; i < m_profiles.size(); ++i) {
        ++m_decisions[i][m_profiles[i].decide(incident.record).decision];
    }
}

void ImportReport::add_left_out(const std::vector<std::string>& names) {
    m_left_out.insert(m_left_out.end(), names.begin(), names.end());
}

std::string ImportReport::formats() const {
    std::vector<std::string> formats;
    std::string text;
    for (const auto& table : m_tables) {
        if (std::find(formats.begin(), formats.end(), table.format) == formats.end()) {
            text += (formats.empty() ? "" : ",") + table.format;
            formats.push_back(table.format);
        }
    }
    return text;
}

std::string ImportReport::to_json(const geo::CrsOperation& operation) const {
    auto scope = nlohmann::json::object();
    for (std::size_t i = 0; i < m_profiles.size(); ++i) {
        auto& profile = scope[m_profiles[i].name()];
        profile["version"] = m_profiles[i].version();
        for (const auto decision : {Decision::in, Decision::out, Decision::review}) {
            const auto found = m_decisions[i].find(decision);
            profile[std::string(to_text(decision))] =
                found == m_decisions[i].end() ? 0 : found->second;
        }
    }
    auto tables = nlohmann::json::array();
    for (const auto& table : m_tables) {
        tables.push_back({{"name", table.name},
                          {"format", table.format},
                          {"rows", table.rows},
                          {"rejected", table.rejected},
                          {"unmapped_columns", table.unmapped_columns},
                          {"unmapped_words", table.unmapped_words}});
    }
    const nlohmann::json report = {
        {"status", m_status},
        {"level", m_level},
        {"scope", std::move(scope)},
        {"crs",
         {{"operation", operation.name},
          {"accuracy_m", operation.accuracy_m},
          {"grid_used", operation.grid_used}}},
        {"tables", std::move(tables)},
        {"left_out", m_left_out},
    };
    // File names may be any bytes.
    return report.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace hotspots::data
