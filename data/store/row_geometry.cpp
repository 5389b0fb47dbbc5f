// The geometry of a row to and from our types.
#include "data/store/database.hpp"

#include <ogrsf_frmts.h>

namespace hotspots::data::store {

namespace {

template <class Curve>
void fill(Curve& curve, const std::vector<geo::LonLat>& points) {
    curve.setNumPoints(static_cast<int>(points.size()), FALSE);
    int at = 0;
    for (const auto& point : points) {
        curve.setPoint(at++, point.lon_deg, point.lat_deg);
    }
}

std::vector<geo::LonLat> points_of(const OGRSimpleCurve& curve) {
    std::vector<geo::LonLat> points;
    points.reserve(static_cast<std::size_t>(curve.getNumPoints()));
    for (int at = 0; at < curve.getNumPoints(); ++at) {
        points.push_back({curve.getX(at), curve.getY(at)});
    }
    return points;
}

} // namespace

std::optional<geo::LonLat> Row::point() const {
    const OGRGeometry* geometry = m_feature->GetGeometryRef();
    if (!geometry || geometry->IsEmpty() || wkbFlatten(geometry->getGeometryType()) != wkbPoint) {
        return std::nullopt;
    }
    return geo::LonLat{geometry->toPoint()->getX(), geometry->toPoint()->getY()};
}

geo::MultiPolygon<geo::LonLat> Row::polygons() const {
    geo::MultiPolygon<geo::LonLat> polygons;
    const OGRGeometry* geometry = m_feature->GetGeometryRef();
    if (!geometry || wkbFlatten(geometry->getGeometryType()) != wkbMultiPolygon) {
        return polygons;
    }
    for (const OGRPolygon* part : *geometry->toMultiPolygon()) {
        geo::Polygon<geo::LonLat> polygon;
        for (const OGRLinearRing* ring : *part) {
            auto points = points_of(*ring);
            if (ring == part->getExteriorRing()) {
                polygon.exterior = std::move(points);
            } else {
                polygon.holes.push_back(std::move(points));
            }
        }
        polygons.push_back(std::move(polygon));
    }
    return polygons;
}

Lines Row::lines() const {
    Lines lines;
    const OGRGeometry* geometry = m_feature->GetGeometryRef();
    if (!geometry || wkbFlatten(geometry->getGeometryType()) != wkbMultiLineString) {
        return lines;
    }
    for (const OGRLineString* part : *geometry->toMultiLineString()) {
        lines.push_back(points_of(*part));
    }
    return lines;
}

void Row::set_point(const std::optional<geo::LonLat>& point) {
    if (!point) {
        m_feature->SetGeometryDirectly(nullptr);
        return;
    }
    const OGRPoint geometry(point->lon_deg, point->lat_deg);
    m_feature->SetGeometry(&geometry);
}

void Row::set_polygons(const geo::MultiPolygon<geo::LonLat>& polygons) {
    OGRMultiPolygon geometry;
    for (const auto& polygon : polygons) {
        OGRPolygon part;
        OGRLinearRing exterior;
        fill(exterior, polygon.exterior);
        part.addRing(&exterior);
        for (const auto& hole : polygon.holes) {
            OGRLinearRing ring;
            fill(ring, hole);
            part.addRing(&ring);
        }
        geometry.addGeometry(&part);
    }
    m_feature->SetGeometry(&geometry);
}

void Row::set_lines(const Lines& lines) {
    OGRMultiLineString geometry;
    for (const auto& points : lines) {
        OGRLineString line;
        fill(line, points);
        geometry.addGeometry(&line);
    }
    m_feature->SetGeometry(&geometry);
}

} // namespace hotspots::data::store
