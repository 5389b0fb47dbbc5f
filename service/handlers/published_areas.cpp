#include "service/handlers/published_areas.hpp"

#include "service/parameters.hpp"
#include "service/problem.hpp"

namespace hotspots::service {

namespace {

// Of the filters, those that no table of areas is by.
std::string_view unreleased_filter(const AnalysisParameters& parameters) {
    return parameters.group    ? "group"
           : parameters.weapon ? "weapon"
           : parameters.source ? "source"
           : parameters.hours  ? "hours"
           : parameters.days   ? "days"
                               : "";
}

std::string periods_text(const std::vector<data::ReleasePeriod>& periods) {
    std::string text;
    for (const auto& period : periods) {
        text.append(text.empty() ? "" : ", ").append(period.text());
    }
    return text;
}

Problem not_released(const data::Release& release, data::AreaLevel level) {
    auto periods = periods_text(release.years);
    if (level != data::AreaLevel::ward) {
        periods.append("; ").append(periods_text(release.quarters));
    }
    return bad_parameter("datetime", "datetime is none of the periods of release " +
                                         std::to_string(release.number) + "; it must be one of " +
                                         periods);
}

} // namespace

void check_published(const AnalysisParameters& parameters, const data::Snapshot& snapshot,
                     data::AreaLevel level) {
    if (const auto name = unreleased_filter(parameters); !name.empty()) {
        throw Problem(403, "Not allowed",
                      std::string(name) +
                          " needs the role inspector; without it the figures are those of the "
                          "latest release, of all ages or of age=under-25",
                      std::string(name));
    }
    const auto& release = snapshot.published->release;
    if (!release) {
        return; // no figure is shown, whatever is asked for
    }
    if (parameters.scope != release->profile) {
        throw bad_parameter("scope", "scope is " + service::quoted(parameters.scope) +
                                         "; release " + std::to_string(release->number) +
                                         " is of " + release->profile);
    }
    const auto period = release->period_of(parameters.period);
    const bool has =
        period &&
        (period->kind == data::PeriodKind::year ||
         (period->kind == data::PeriodKind::quarter && level == data::AreaLevel::authority));
    if (!has) {
        throw not_released(*release, level);
    }
}

const data::Figure* published_figure(const data::Snapshot& snapshot, std::string_view area_code,
                                     const AnalysisParameters& parameters) {
    const auto& release = snapshot.published->release;
    const auto period = release ? release->period_of(parameters.period) : std::nullopt;
    return period ? release->find(area_code, *period,
                                  parameters.under_25 ? data::ReleaseCategory::under_25
                                                      : data::ReleaseCategory::all)
                  : nullptr;
}

} // namespace hotspots::service
