// Isobands as features, one a band.
#include "service/app.hpp"
#include "service/bounding_box.hpp"
#include "service/handlers/collection.hpp"
#include "service/isoband_result.hpp"
#include "service/manifest.hpp"
#include "tiles/geojson.hpp"

#include <algorithm>

namespace hotspots::service {

namespace {

using Outline = geo::MultiPolygon<geo::LonLat>;

struct Run {
    std::shared_ptr<const IsobandResult> result;
    std::string manifest_id;
    std::optional<geo::Box<geo::LonLat>> tile_box; // empty: whole outlines
};

// The same for the same parameters, revision and version.
std::string id_of(const Run& run, std::uint32_t row) {
    return run.manifest_id + '-' + std::to_string(row + 1);
}

geo::Box<geo::LonLat> ring_bounds(const geo::Ring<geo::LonLat>& ring) {
    geo::Box<geo::LonLat> box;
    for (const auto& point : ring) {
        box.extend(point);
    }
    return box;
}

// What of an outline a tile can show: a band may be of tens of thousands of rings all over the
// area. Holes beyond the tile leave nothing out of it.
Outline near(const Outline& outline, const geo::Box<geo::LonLat>& box) {
    Outline parts;
    for (const auto& polygon : outline) {
        if (box.intersects(ring_bounds(polygon.exterior))) {
            auto& part = parts.emplace_back();
            part.exterior = polygon.exterior;
            std::ranges::copy_if(
                polygon.holes, std::back_inserter(part.holes),
                [&](const auto& hole) { return box.intersects(ring_bounds(hole)); });
        }
    }
    return parts;
}

tiles::Feature to_feature(const Run& run, std::uint32_t row) {
    const auto& band = run.result->bands[row];
    tiles::Geometry geometry = &band.outline;
    if (run.tile_box) {
        geometry = near(band.outline, *run.tile_box);
    }
    return {id_of(run, row),
            std::move(geometry),
            {{"from_per_km2", band.from_per_km2},
             {"to_per_km2",
              band.to_per_km2 ? tiles::Value(*band.to_per_km2) : tiles::Value(tiles::Null())},
             {"area_km2", rounded(band.area_km2, 6)}}};
}

std::vector<tiles::Property> members(const IsobandResult& result,
                                     const AnalysisParameters& parameters) {
    auto members = count_members(result.selection);
    const std::vector<tiles::Property> own{{"too_uncertain", result.too_uncertain},
                                           {"on_default_points", result.on_default_points},
                                           {"peak_per_km2", rounded(result.peak_per_km2, 3)},
                                           {"period", data::format_period(parameters.period)},
                                           {"bandwidth_m", parameters.bandwidth_m},
                                           {"cell_m", rounded(result.cell_m, 6)}};
    members.insert(members.end(), own.begin(), own.end());
    return members;
}

// All levels, also those of bands without an area: a legend's scale, to ask for again.
std::string levels_json(const IsobandResult& result) {
    std::string out = "[";
    for (const double level : result.levels_per_km2) {
        out.append(out.size() > 1 ? "," : "");
        tiles::append_json_number(out, level);
    }
    return out.append("]");
}

} // namespace

FeatureSet find_isobands(const AppContext& context, const FeatureQuery& query) {
    const Run run{shared_isobands(context, *query.snapshot, query.parameters),
                  make_manifest(*query.snapshot, query.parameters, context.version).id,
                  query.purpose == Purpose::tile && query.box
                      ? std::optional(query.box->sides().front().hull)
                      : std::nullopt};
    FeatureSet set;
    const auto& bands = run.result->bands;
    for (std::uint32_t row = 0; row < bands.size(); ++row) {
        if (!query.box ||
            (query.box->may_touch(bands[row].bounds) && query.box->touches(bands[row].outline))) {
            set.rows.push_back(row);
        }
    }
    set.members = members(*run.result, query.parameters);
    set.documents = {{"levels_per_km2", levels_json(*run.result)}};
    set.feature = [run](std::uint32_t row) { return to_feature(run, row); };
    set.has_id = [run](std::uint32_t row, std::string_view id) { return id_of(run, row) == id; };
    return set;
}

} // namespace hotspots::service
