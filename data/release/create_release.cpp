#include "data/release/create_release.hpp"

#include "data/errors.hpp"
#include "data/release/document.hpp"
#include "data/release/protection.hpp"

#include <algorithm>
#include <utility>

namespace hotspots::data {

namespace {

using KeyedFigures = std::vector<std::pair<CellKey, Figure>>;

const ScopeColumn& scope_of(const Snapshot& snapshot, const std::string& profile) {
    std::string known;
    for (const auto& scope : snapshot.scopes) {
        if (scope.profile->name() == profile) {
            return scope;
        }
        known += (known.empty() ? "" : ", ") + scope.profile->name();
    }
    throw DataError("release: there is no scope profile '" + profile + "'; there are " + known);
}

// Tables of two profiles that count the same records would tell of each other, and are not
// attacked together.
void check_other_profiles(const Snapshot& snapshot, const ScopeColumn& scope,
                          const std::vector<CountedRelease>& earlier) {
    for (const auto& other : snapshot.scopes) {
        const auto has_release =
            std::any_of(earlier.begin(), earlier.end(), [&](const auto& entry) {
                return entry.release.profile == other.profile->name();
            });
        if (&other == &scope || !has_release) {
            continue;
        }
        for (std::size_t row = 0; row < snapshot.incidents.size(); ++row) {
            if (scope.decisions[row].decision == Decision::in &&
                other.decisions[row].decision == Decision::in) {
                throw DataError("release: the profiles " + scope.profile->name() + " and " +
                                other.profile->name() +
                                " count some of the same records, and there are releases of the "
                                "latter; releases of both would tell of hidden figures");
            }
        }
    }
}

ReleaseSpan span_of(const Snapshot& snapshot, const ScopeColumn& scope) {
    // The demo lies where it lies, whatever the clock says.
    const auto not_after =
        snapshot.demo ? std::nullopt : std::optional(snapshot.revision.published);
    const auto span = covered_span(snapshot, scope, not_after, most_release_years);
    if (!span) {
        throw DataError("release: a release needs records of four whole quarters one after the "
                        "other; those that " +
                        scope.profile->name() + " counts cover fewer");
    }
    return *span;
}

std::vector<ReleasedArea> areas_of(const Snapshot& snapshot) {
    std::vector<ReleasedArea> areas;
    for (const auto& ward : snapshot.wards) {
        areas.push_back({AreaLevel::ward, ward.code, ward.name, ward.authority_code});
    }
    for (const auto& authority : snapshot.authorities) {
        areas.push_back({AreaLevel::authority, authority.code, authority.name, {}});
    }
    areas.push_back({AreaLevel::whole,
                     std::string(whole_area_code),
                     "Leicester, Leicestershire and Rutland",
                     {}});
    return areas;
}

// What is known of the release before a figure is chosen.
Release frame_of(const Snapshot& snapshot, const ScopeProfile& profile, const ReleaseSpan& span,
                 std::int64_t number, const std::string& version) {
    Release release;
    release.number = number;
    release.profile = profile.name();
    release.profile_version = profile.version();
    release.title = profile.title();
    release.description = profile.description();
    release.version = version;
    release.revision = snapshot.revision.number;
    release.revision_time = snapshot.revision.published;
    release.demo = snapshot.demo;
    release.rule = profile.disclosure();
    release.areas = areas_of(snapshot);
    auto periods = periods_of(span);
    release.years = std::move(periods.years);
    release.quarters = std::move(periods.quarters);
    release.months = std::move(periods.months);
    return release;
}

ReleaseLeftOut figures_of(const LeftOutCounts& counts, const DisclosureRule& rule) {
    return {figure_of(counts.unmapped, rule),        figure_of(counts.outside, rule),
            figure_of(counts.review, rule),          figure_of(counts.without_ward, rule),
            figure_of(counts.time_too_coarse, rule), figure_of(counts.without_quarter, rule),
            figure_of(counts.without_month, rule),   figure_of(counts.age_unknown, rule)};
}

// The figure of the newest release of the profile that still publishes the cell.
const Figure* published_figure(const std::vector<CountedRelease>& earlier,
                               const std::string& profile, const CellKey& key) {
    for (auto entry = earlier.rbegin(); entry != earlier.rend(); ++entry) {
        if (entry->release.profile == profile && !entry->release.withdrawn) {
            if (const auto* figure = entry->release.find(key.area, key.period, key.category)) {
                return figure;
            }
        }
    }
    return nullptr;
}

// Every cell's count, through the same sums that the attack is made of.
std::vector<std::int64_t> counts_of(const ReleaseCounts& counts, const std::vector<CellKey>& keys,
                                    const DisclosureRule& rule) {
    KeyedFigures unknown;
    for (const auto& key : keys) {
        unknown.emplace_back(key, Figure{std::nullopt, Hiding::added});
    }
    SystemBuilder builder(rule);
    builder.add(1, counts, unknown, rule);
    std::vector<std::int64_t> values;
    for (const auto& cell : builder.take().cells) {
        values.push_back(cell.truth);
    }
    return values;
}

class ReleaseMaker {
public:
    ReleaseMaker(const std::vector<CountedRelease>& earlier, CountedRelease made)
        : m_earlier(earlier), m_made(std::move(made)) {}

    CountedRelease run(const LeftOutCounts& left_out, const ReleaseProgress& progress) {
        auto& release = m_made.release;
        release.report.left_out = figures_of(left_out, release.rule);
        choose_figures();
        auto system = known_system();
        const auto additions = protect(system, progress);
        for (const auto& addition : additions) {
            note_addition(system, addition);
        }
        write_report();
        release.document = write_release(release);
        return std::move(m_made);
    }

private:
    void choose_figures() {
        auto& release = m_made.release;
        const ReleasePeriods periods{release.years, release.quarters, release.months};
        auto keys = lattice_cells(release.areas, periods, release.rule.categories);
        const auto counts = counts_of(m_made.counts, keys, release.rule);
        for (std::size_t i = 0; i < keys.size(); ++i) {
            auto figure = figure_of(counts[i], release.rule);
            if (const auto* published = published_figure(m_earlier, release.profile, keys[i])) {
                ++release.report.repeated;
                if (!range_of(*published, release.rule).holds(counts[i])) {
                    release.notes.push_back(
                        "repeated as published though the count has changed: " + to_text(keys[i]) +
                        " is " + to_text(*published) + ", would be " + to_text(figure));
                }
                figure = *published;
            }
            release.set(keys[i].area, keys[i].period, keys[i].category, figure);
            m_cells.emplace_back(std::move(keys[i]), figure);
        }
    }

    // All releases of the profile, withdrawn ones too: what was public once stays known.
    TableSystem known_system() const {
        const auto& release = m_made.release;
        SystemBuilder builder(release.rule);
        for (const auto& entry : m_earlier) {
            if (entry.release.profile == release.profile) {
                builder.add(entry.release.number, entry.counts, cells_of(entry.release),
                            entry.release.rule);
                builder.add_report(entry.release.report.left_out, entry.release.rule);
            }
        }
        builder.add(release.number, m_made.counts, m_cells, release.rule);
        builder.add_report(release.report.left_out, release.rule);
        builder.set_new([&](const CellKey& key) {
            return published_figure(m_earlier, release.profile, key) != nullptr;
        });
        return builder.take();
    }

    void note_addition(const TableSystem& system, const Addition& addition) {
        auto& release = m_made.release;
        const auto& hidden = system.cells[addition.hidden];
        const auto& kept = system.cells[addition.protects];
        release.set(hidden.key.area, hidden.key.period, hidden.key.category, hidden.figure);
        release.notes.push_back("hidden in addition: " + to_text(hidden.key) +
                                "; shown, it would narrow " + to_text(kept.key) + " to " +
                                std::to_string(addition.narrowed.lower) + " to " +
                                std::to_string(addition.narrowed.upper));
    }

    void write_report() {
        auto& release = m_made.release;
        for (const auto& [key, figure] : cells_of(release)) {
            ++release.report.cells;
            release.report.zeros += figure.value == std::int64_t{0} ? 1 : 0;
            release.report.hidden += figure.hiding == Hiding::small ? 1 : 0;
            release.report.hidden_in_addition += figure.hiding == Hiding::added ? 1 : 0;
        }
    }

    const std::vector<CountedRelease>& m_earlier;
    CountedRelease m_made;
    KeyedFigures m_cells;
};

} // namespace

CountedRelease create_release(const Snapshot& snapshot, const std::string& profile,
                              const std::vector<CountedRelease>& earlier,
                              const std::string& version, const ReleaseProgress& progress) {
    const auto& scope = scope_of(snapshot, profile);
    check_other_profiles(snapshot, scope, earlier);
    const auto span = span_of(snapshot, scope);
    auto counted = count_records(snapshot, scope, span);
    const auto number = earlier.empty() ? 1 : earlier.back().release.number + 1;
    CountedRelease made{frame_of(snapshot, *scope.profile, span, number, version),
                        std::move(counted.counts)};
    auto result = ReleaseMaker(earlier, std::move(made)).run(counted.left_out, progress);
    auto notes = std::move(result.release.notes);
    result.release = read_release(result.release.document);
    result.release.notes = std::move(notes);
    return result;
}

} // namespace hotspots::data
