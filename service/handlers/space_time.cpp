// Cells that have lately become hot, stay hot, cool, or are hot now and then.
#include "geo/cell_statistics.hpp"
#include "geo/crs.hpp"
#include "service/app.hpp"
#include "service/cell_result.hpp"
#include "service/handlers/analysis_answer.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/background_answer.hpp"
#include "service/handlers/collection.hpp"
#include "service/handlers/handlers.hpp"
#include "service/space_time_request.hpp"
#include "tiles/geojson.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <numeric>

namespace hotspots::service {

namespace {

using geo::SpaceTimePattern;
using nlohmann::ordered_json;

// In the order of the answer.
constexpr std::array<SpaceTimePattern, 4> patterns{
    SpaceTimePattern::newly_hot, SpaceTimePattern::persistent, SpaceTimePattern::fading,
    SpaceTimePattern::sporadic};

constexpr std::string_view how_space_time_works =
    "A cell is hot in a slice where Gi* of the slice's counts, of the cell and those that touch it "
    "among all cells of the study area, is significant at a false discovery rate of 5 % and they "
    "hold at least 3 incidents. new: hot in at least two slices, all in the newest quarter. "
    "fading: "
    "hot in at least two slices and a quarter of all, and the trend is significantly down. "
    "persistent: hot in at least three quarters. sporadic: hot in at least two. none: hot in one. "
    "The trend is Mann-Kendall's (with ties, two-sided) of the incidents of the cell and those "
    "that "
    "touch it; it counts as significant at a false discovery rate of 5 % over the cells that were "
    "ever hot. Slices are whole and not adjusted for their length or the season; those that the "
    "record does "
    "not cover are left out.";

std::int64_t incidents_of(const geo::SpaceTimeCell& cell) {
    return std::accumulate(cell.counts.begin(), cell.counts.end(), std::int64_t{0});
}

std::string_view direction(const geo::SpaceTimeCell& cell) {
    return !cell.trend_significant ? "none" : cell.trend.s > 0 ? "up" : "down";
}

struct Computed {
    geo::SpaceTime found;
    std::int64_t cells = 0; // of the study area
};

Computed compute(const data::Snapshot& snapshot, const SpaceTimeEvents& events) {
    const auto& lattice = events.lattice;
    const auto in_area = geo::cells_touching(lattice, snapshot.study_area);
    const auto neighbours = geo::neighbours_within(
        lattice.shape, lattice.cell_m, geo::usual_band_m(lattice.shape, lattice.cell_m));
    return {geo::space_time(lattice, in_area, events.points, events.slice,
                            static_cast<std::uint16_t>(events.slices.size()), neighbours),
            std::count(in_area.begin(), in_area.end(), 1)};
}

// Those with a pattern: by pattern, then most incidents first, then from the south-west.
std::vector<const geo::SpaceTimeCell*> listed(const geo::SpaceTime& found) {
    std::vector<const geo::SpaceTimeCell*> cells;
    for (const auto pattern : patterns) {
        const auto begin = static_cast<std::ptrdiff_t>(cells.size());
        for (const auto& cell : found.cells) {
            if (cell.pattern == pattern) {
                cells.push_back(&cell);
            }
        }
        std::stable_sort(cells.begin() + begin, cells.end(), [](const auto* a, const auto* b) {
            return incidents_of(*a) > incidents_of(*b);
        });
    }
    return cells;
}

ordered_json properties(const SpaceTimeEvents& events, const geo::SpaceTimeCell& cell,
                        std::size_t rank) {
    const auto first = std::ranges::find(cell.hot, 1) - cell.hot.begin();
    const auto last = std::find(cell.hot.rbegin(), cell.hot.rend(), 1);
    const auto centre = events.lattice.centre(events.lattice.cell(cell.offset));
    return {{"rank", rank},
            {"pattern", to_text(cell.pattern)},
            {"incidents", incidents_of(cell)},
            {"hot_slices", std::ranges::count(cell.hot, 1)},
            {"first_hot", events.slices[static_cast<std::size_t>(first)].label},
            {"last_hot", events.slices[static_cast<std::size_t>(cell.hot.rend() - last) - 1].label},
            {"trend", direction(cell)},
            {"trend_tau", rounded(cell.trend.tau, 6)},
            {"trend_z", rounded(cell.trend.z, 6)},
            {"trend_p", rounded(cell.trend.p, 9)},
            {"hot", cell.hot},
            {"counts", cell.counts},
            {"counts_with_neighbours", cell.around},
            {"easting", rounded(centre.easting_m, 3)},
            {"northing", rounded(centre.northing_m, 3)}};
}

ordered_json slices_json(const SpaceTimeEvents& events, const geo::SpaceTime& found) {
    auto slices = ordered_json::array();
    for (std::size_t i = 0; i < events.slices.size(); ++i) {
        slices.push_back({{"label", events.slices[i].label},
                          {"incidents", found.in_slice[i]},
                          {"hot_cells", found.hot_cells[i]}});
    }
    return slices;
}

ordered_json members(const SpaceTimeParameters& parameters, const SpaceTimeEvents& events,
                     const Computed& computed, std::size_t matched) {
    ordered_json counts;
    for (const auto pattern : patterns) {
        counts[std::string(to_text(pattern))] =
            std::ranges::count(computed.found.cells, pattern, &geo::SpaceTimeCell::pattern);
    }
    counts["none"] = std::ranges::count(computed.found.cells, SpaceTimePattern::none,
                                        &geo::SpaceTimeCell::pattern);
    ordered_json json{
        {"type", "FeatureCollection"}, {"numberMatched", matched}, {"numberReturned", matched}};
    append_members(json, counts_json(events.selection));
    const bool square = events.lattice.shape == geo::CellShape::square;
    append_members(json, {{"period", data::format_period(parameters.cells.period)},
                          {"time_too_coarse", events.time_too_coarse},
                          {"in_no_slice", events.in_no_slice},
                          {"in_no_cell", computed.found.beyond},
                          {"on_default_points", events.on_default_points},
                          {"shape", square ? "square" : "hexagon"},
                          {"cell_m", rounded(events.lattice.cell_m, 6)},
                          {"cells", computed.cells},
                          {"slice", to_text(parameters.length)},
                          {"slices", slices_json(events, computed.found)},
                          {"slices_without_record", events.without_record},
                          {"patterns", counts},
                          {"method", how_space_time_works}});
    return json;
}

// What an answer is besides its figures.
struct SpaceTimeForm {
    std::string address; // of the first page, with all parameters but those of the page
    std::string media_type;
};

// This page, and those before and after it.
ordered_json page_links_json(const SpaceTimeParameters& parameters, const SpaceTimeForm& form,
                             std::size_t matched) {
    auto links = ordered_json::array();
    const auto add = [&](const char* rel, std::int64_t offset) {
        links.push_back({{"rel", rel},
                         {"type", form.media_type},
                         {"href", form.address + "&limit=" + std::to_string(parameters.limit) +
                                      "&offset=" + std::to_string(offset)}});
    };
    add("self", parameters.offset);
    const auto all = static_cast<std::int64_t>(matched);
    if (parameters.offset + parameters.limit < all) {
        add("next", parameters.offset + parameters.limit);
    }
    if (parameters.offset > 0) {
        add("prev", std::max(parameters.offset - parameters.limit, std::int64_t{0}));
    }
    return links;
}

void append_cell(std::string& out, const SpaceTimeEvents& events, const geo::SpaceTimeCell& cell,
                 std::size_t rank) {
    const auto index = events.lattice.cell(cell.offset);
    out.append(out.ends_with('[') ? "\n" : ",\n").append("{\"type\":\"Feature\",\"id\":");
    tiles::append_json_string(out, cell_id(events.lattice, index));
    out.append(",\"geometry\":");
    tiles::append_geometry(out, geo::to_lon_lat({{events.lattice.outline(index), {}}}));
    out.append(",\"properties\":").append(properties(events, cell, rank).dump());
    out.push_back('}');
}

std::string space_time_body(const SpaceTimeParameters& parameters, const SpaceTimeEvents& events,
                            const Computed& computed, const SpaceTimeForm& form,
                            const ordered_json& provenance) {
    const auto cells = listed(computed.found);
    const auto all = static_cast<std::int64_t>(cells.size());
    const auto begin = std::min(parameters.offset, all);
    const auto end = std::min(begin + parameters.limit, all);
    auto json = members(parameters, events, computed, cells.size());
    json["numberReturned"] = end - begin;
    append_members(json, provenance);
    json["links"] = page_links_json(parameters, form, cells.size());
    auto out = json.dump();
    out.pop_back(); // the features follow
    out.append(",\"features\":[");
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
        append_cell(out, events, *cells[i], i + 1);
    }
    return out.append("\n]}\n");
}

} // namespace

Response get_space_time(const AppContext& context, const Request& request, const PathParts&) {
    const auto snapshot = take_snapshot(context, request);
    const auto parameters = read_space_time(request.query, *snapshot);
    const auto own = parameters.own_query();
    BackgroundWork work;
    work.title = "Space-time patterns";

    const auto json = std::ranges::any_of(
        request.query, [](const auto& p) { return p.name == "f" && p.value == "json"; });
    work.content_type = json ? "application/json" : "application/geo+json";
    const SpaceTimeForm form{base_url(context, request) + "/analysis/space-time?" +
                                 parameters.cells.canonical_query() + '&' + own +
                                 (json ? "&f=json" : ""),
                             work.content_type};
    work.etag = revision_etag(context, *snapshot,
                              form.address + "&limit=" + std::to_string(parameters.limit) +
                                  "&offset=" + std::to_string(parameters.offset));
    if (is_known(request, work.etag)) {
        return not_modified(work.etag);
    }
    auto events = std::make_shared<const SpaceTimeEvents>(space_time_events(*snapshot, parameters));
    auto provenance = provenance_json(
        context, *snapshot, make_manifest(*snapshot, parameters.cells, context.version, own));
    work.compute = [snapshot, parameters, events = std::move(events), form,
                    provenance = std::move(provenance)](const BackgroundJobs::Progress& progress) {
        progress(0);
        const auto computed = compute(*snapshot, *events);
        progress(0.9);
        return space_time_body(parameters, *events, computed, form, provenance);
    };
    return answer_in_background(context, request, std::move(work));
}

} // namespace hotspots::service
