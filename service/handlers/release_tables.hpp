// What pages and documents for panels share: a release's figures as tables of texts, with the
// sentences that explain them.
#pragma once

#include "data/release/release.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hotspots::service {

// A ward or authority as it is now; its figures are the release's.
struct AreaFacts {
    std::string code;
    std::string name;
    double area_km2 = 0;
    std::optional<std::int64_t> population; // empty unless known for every part
};

// A figure as it is printed: "45", "*", "–". Null where there is none, as the area is newer.
nlohmann::ordered_json figure_text(const data::Figure* figure);

// {"caption", "columns", "rows": [{"title", "datetime", "cells"}]}: the years of one area, newest
// first, as the signs and rounded numbers of the release, and rates made of them.
nlohmann::ordered_json years_table(const data::Release& release, const AreaFacts& area);

// The same figures for programs: [{"datetime", "category", "incidents", "hidden", …}].
nlohmann::ordered_json year_figures(const data::Release& release, const AreaFacts& area);

// What happened in the newest year: sentences.
std::vector<std::string> newest_year_sentences(const data::Release& release,
                                               const std::string& code, const std::string& name);

// [{"title", "sentences"}]: the signs, what counts, what was left out, where it comes from.
nlohmann::ordered_json release_notes(const data::Release& release);

// {"number", "created", "scope", …}: a release without its figures.
nlohmann::ordered_json release_head(const data::Release& release, const std::string& base);

} // namespace hotspots::service
