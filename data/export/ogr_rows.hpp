// Fields, rows and polygons as OGR takes them: what the writers of vector files share. For them
// alone, as it needs GDAL's headers.
#pragma once

#include "data/export/document.hpp"
#include "data/export/geopackage.hpp"
#include "data/moment.hpp"
#include "geo/geometry.hpp"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <memory>
#include <string>
#include <vector>

namespace hotspots::data {

// As OGR_CURRENT_DATE takes it: without it GDAL writes the time of day into files.
std::string ogr_date(Instant written);

// These throw DataError where GDAL does not take it.
void add_ogr_fields(OGRLayer& layer, const std::vector<Field>& fields);
void add_ogr_row(OGRLayer& layer, const std::vector<FieldValue>& values,
                 std::unique_ptr<OGRGeometry> geometry);
// A table `manifest` of name and value.
void add_about_table(GDALDataset& dataset, const NamedTexts& about);

// `place`: a point's x and y.
template <class Point, class Place>
std::unique_ptr<OGRMultiPolygon> multi_polygon(const geo::MultiPolygon<Point>& polygons,
                                               const Place& place) {
    const auto add_ring = [&](OGRPolygon& polygon, const geo::Ring<Point>& ring) {
        auto added = std::make_unique<OGRLinearRing>();
        added->setNumPoints(static_cast<int>(ring.size()), FALSE);
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const auto [x, y] = place(ring[i]);
            added->setPoint(static_cast<int>(i), x, y);
        }
        polygon.addRingDirectly(added.release());
    };
    auto result = std::make_unique<OGRMultiPolygon>();
    for (const auto& polygon : polygons) {
        auto part = std::make_unique<OGRPolygon>();
        add_ring(*part, polygon.exterior);
        for (const auto& hole : polygon.holes) {
            add_ring(*part, hole);
        }
        result->addGeometryDirectly(part.release());
    }
    return result;
}

} // namespace hotspots::data
