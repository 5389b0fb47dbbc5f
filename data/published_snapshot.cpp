#include "data/published_snapshot.hpp"

#include "data/release/release.hpp"

#include <utility>

namespace hotspots::data {

namespace {

void take_public_areas(Snapshot& view, const Snapshot& live) {
    view.demo = live.demo;
    view.reference_revision = live.reference_revision;
    view.wards = live.wards;
    view.ward_outlines_bng = live.ward_outlines_bng;
    view.ward_area_km2 = live.ward_area_km2;
    view.ward_population = live.ward_population;
    view.authorities = live.authorities;
    view.study_area = live.study_area;
    view.study_area_km2 = live.study_area_km2;
}

// The profiles that there are are no secret; which records they take is.
void take_profiles(Snapshot& view, const Snapshot& live) {
    for (const auto& column : live.scopes) {
        view.scopes.push_back({column.profile, {}});
    }
    if (!view.scopes.empty()) {
        view.default_scope = view.scopes.front().profile->name();
    }
}

} // namespace

std::shared_ptr<const Snapshot> published_snapshot(const Snapshot& live,
                                                   std::shared_ptr<const Release> release) {
    auto view = std::make_shared<Snapshot>();
    take_public_areas(*view, live);
    take_profiles(*view, live);
    if (release) {
        view->revision = {release->number, release->created};
        view->default_scope = release->profile;
        view->default_period = release->years.front().period();
    }
    view->published = Published{std::move(release)};
    return view;
}

} // namespace hotspots::data
