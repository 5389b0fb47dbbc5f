#include "service/handlers/release_tables.hpp"

#include "service/handlers/collection.hpp"
#include "service/ward_words.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <cstdio>
#include <utility>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

const data::Figure* figure_of(const data::Release& release, const std::string& code,
                              const data::ReleasePeriod& year, data::ReleaseCategory category) {
    return release.find(code, year, category);
}

std::optional<double> rate_of(const data::Figure* figure, double amount) {
    return figure && figure->value && amount > 0
               ? std::optional(static_cast<double>(*figure->value) / amount)
               : std::nullopt;
}

ordered_json rate_text(const data::Figure* figure, double amount) {
    const auto rate = rate_of(figure, amount);
    if (!rate) {
        return figure && amount > 0 ? figure_text(figure) : ordered_json();
    }
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f", *rate);
    return text.data();
}

double thousands_of(const AreaFacts& area) {
    return static_cast<double>(area.population.value_or(0)) / 1000;
}

ordered_json rate_json(const data::Figure* figure, double amount) {
    const auto rate = rate_of(figure, amount);
    return rate ? ordered_json(rounded(*rate, 3)) : ordered_json();
}

ordered_json hiding_json(const data::Figure& figure) {
    switch (figure.hiding) {
    case data::Hiding::small:
        return "small";
    case data::Hiding::added:
        return "added";
    case data::Hiding::none:
        break;
    }
    return nullptr;
}

std::string left_out_sentence(const char* what, const data::Figure& figure) {
    return std::string(what) + ": " + figure_text(&figure).get<std::string>() + '.';
}

ordered_json left_out_sentences(const data::ReleaseLeftOut& left_out) {
    return {"Of the records in scope these are in no table, or only in some.",
            left_out_sentence("No place found", left_out.unmapped),
            left_out_sentence("Outside Leicester, Leicestershire and Rutland", left_out.outside),
            left_out_sentence("A person has yet to say whether it counts", left_out.review),
            left_out_sentence("In no ward", left_out.without_ward),
            left_out_sentence("The time is not known well enough for any table",
                              left_out.time_too_coarse),
            left_out_sentence("Counted in years only, as the quarter is not known",
                              left_out.without_quarter),
            left_out_sentence("Counted, but never as under 25, as the age is not known",
                              left_out.age_unknown)};
}

} // namespace

ordered_json figure_text(const data::Figure* figure) {
    if (!figure) {
        return nullptr;
    }
    const auto text = data::to_text(*figure);
    return text == "-" ? "–" : text; // in print a dash looks like one
}

ordered_json years_table(const data::Release& release, const AreaFacts& area) {
    auto rows = ordered_json::array();
    for (const auto& year : release.years) {
        const auto* all = figure_of(release, area.code, year, data::ReleaseCategory::all);
        const auto* young = figure_of(release, area.code, year, data::ReleaseCategory::under_25);
        rows.push_back({{"title", period_words(year)},
                        {"datetime", year.text()},
                        {"cells",
                         {figure_text(all), figure_text(young), rate_text(all, area.area_km2),
                          rate_text(all, thousands_of(area))}}});
    }
    return {{"caption", area.name + ": incidents in 12 months to each quarter's end"},
            {"columns", {"Period", "All ages", "Under 25", "Per km²", "Per 1,000 residents"}},
            {"rows", rows}};
}

ordered_json year_figures(const data::Release& release, const AreaFacts& area) {
    auto figures = ordered_json::array();
    for (const auto& year : release.years) {
        for (const auto category : {data::ReleaseCategory::all, data::ReleaseCategory::under_25}) {
            if (const auto* figure = figure_of(release, area.code, year, category)) {
                figures.push_back(
                    {{"datetime", year.text()},
                     {"category", data::to_text(category)},
                     {"incidents", figure->value ? ordered_json(*figure->value) : ordered_json()},
                     {"suppressed", !figure->value},
                     {"hidden", hiding_json(*figure)},
                     {"rate_per_1000", rate_json(figure, thousands_of(area))},
                     {"per_km2", rate_json(figure, area.area_km2)}});
            }
        }
    }
    return figures;
}

std::vector<std::string> newest_year_sentences(const data::Release& release,
                                               const std::string& code, const std::string& name) {
    const auto& year = release.years.front();
    const auto* now = figure_of(release, code, year, data::ReleaseCategory::all);
    if (!now) {
        return {"Release " + std::to_string(release.number) + " has no figures of " + name +
                ": it is a newer area."};
    }
    const data::ReleasePeriod before{year.kind, year.last - std::chrono::months(12)};
    std::vector<std::string> sentences{count_sentence(name, *now, year)};
    const auto change =
        change_sentence(*now, figure_of(release, code, before, data::ReleaseCategory::all));
    if (!change.empty()) {
        sentences.back() += ' ' + change;
    }
    const auto* young = figure_of(release, code, year, data::ReleaseCategory::under_25);
    if (now->value && *now->value > 0 && young && young->value) {
        sentences.push_back(*young->value == 0
                                ? "In none of them was the victim known to be under 25."
                                : "In about " + std::to_string(*young->value) +
                                      " of them the victim was known to be under 25.");
    }
    return sentences;
}

ordered_json release_notes(const data::Release& release) {
    const auto number = std::to_string(release.number);
    return {{{"title", "What the signs mean"}, {"sentences", sign_sentences(release.rule)}},
            {{"title", "What is counted"}, {"sentences", {release.description}}},
            {{"title", "What is not counted"},
             {"sentences", left_out_sentences(release.report.left_out)}},
            {{"title", "Where this comes from"},
             {"sentences",
              {"Release " + number + " of " + data::format_utc(release.created).substr(0, 10) +
                   ", made under scope profile " + release.profile + ", version " +
                   std::to_string(release.profile_version) +
                   ". A figure that has been published is never changed.",
               "SHA-256 of the release: " + release.sha256}}}};
}

ordered_json release_head(const data::Release& release, const std::string& base) {
    const auto href = base + "/releases/" + std::to_string(release.number);
    return {{"number", release.number},
            {"created", data::format_utc(release.created)},
            {"scope", {{"profile", release.profile}, {"version", release.profile_version}}},
            {"version", release.version},
            {"demo", release.demo},
            {"newest_year", release.years.front().text()},
            {"sha256", release.sha256},
            {"withdrawn", release.withdrawn ? ordered_json(data::format_utc(*release.withdrawn))
                                            : ordered_json()},
            {"withdrawn_reason",
             release.withdrawn ? ordered_json(release.withdrawn_reason) : ordered_json()},
            {"links", ordered_json::array({{{"href", href},
                                            {"rel", "item"},
                                            {"type", "application/json"},
                                            {"title", "The release"}}})}};
}

} // namespace hotspots::service
