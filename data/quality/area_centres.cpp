#include "data/quality/area_centres.hpp"

#include "data/geocode/postcode_areas.hpp"
#include "geo/geos.hpp"

#include <map>

namespace hotspots::data {

namespace {

// Twice a signed area, and the same weighted by position.
struct Moments {
    double area = 0;
    double easting = 0;
    double northing = 0;
    void add(const Moments& other, double weight = 1) {
        area += weight * other.area;
        easting += weight * other.easting;
        northing += weight * other.northing;
    }
    geo::BngPoint centroid() const { return {easting / area, northing / area}; }
};

// Taken from the ring's first point: grid coordinates squared would cost figures.
Moments moments_of(const geo::Ring<geo::BngPoint>& ring) {
    Moments sum;
    if (ring.empty()) {
        return sum;
    }
    const auto origin = ring.front();
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const double x0 = ring[i - 1].easting_m - origin.easting_m;
        const double y0 = ring[i - 1].northing_m - origin.northing_m;
        const double x1 = ring[i].easting_m - origin.easting_m;
        const double y1 = ring[i].northing_m - origin.northing_m;
        const double cross = x0 * y1 - x1 * y0;
        sum.area += cross;
        sum.easting += (x0 + x1) * cross / 3;
        sum.northing += (y0 + y1) * cross / 3;
    }
    const double sign = sum.area < 0 ? -1 : 1;
    return {sign * sum.area, sign * (sum.easting + origin.easting_m * sum.area),
            sign * (sum.northing + origin.northing_m * sum.area)};
}

Moments moments_of(const geo::MultiPolygon<geo::BngPoint>& polygons) {
    Moments sum;
    for (const auto& polygon : polygons) {
        sum.add(moments_of(polygon.exterior));
        for (const auto& hole : polygon.holes) {
            sum.add(moments_of(hole), -1);
        }
    }
    return sum;
}

geo::BngPoint middle(const geo::Box<geo::BngPoint>& box) {
    return {(box.min.easting_m + box.max.easting_m) / 2,
            (box.min.northing_m + box.max.northing_m) / 2};
}

struct Whole {
    std::string name;
    Moments moments;
    geo::Box<geo::BngPoint> bounds;
};

void add_centres(std::vector<AreaCentre>& centres, const Whole& whole, const std::string& what) {
    if (whole.moments.area > 0) {
        centres.push_back({whole.moments.centroid(), whole.name, "the centroid of " + what});
        centres.push_back(
            {middle(whole.bounds), whole.name, "the middle of the bounds of " + what});
    }
}

} // namespace

std::vector<AreaCentre> area_centres(const Snapshot& snapshot) {
    std::vector<AreaCentre> centres;
    std::map<std::string, Whole> authorities;
    for (std::size_t i = 0; i < snapshot.wards.size(); ++i) {
        const auto& ward = snapshot.wards[i];
        const auto& outline = snapshot.ward_outlines_bng[i];
        const Whole whole{ward.name, moments_of(outline), geo::bounds(outline)};
        add_centres(centres, whole, "the ward " + ward.name);
        if (whole.moments.area > 0) {
            centres.push_back({geo::point_on_surface(outline), ward.name,
                               "a point inside the ward " + ward.name});
        }
        auto& authority = authorities[ward.authority];
        authority.name = ward.authority;
        authority.moments.add(whole.moments);
        authority.bounds.extend(whole.bounds.min);
        authority.bounds.extend(whole.bounds.max);
    }
    for (const auto& [name, whole] : authorities) {
        if (!name.empty()) {
            add_centres(centres, whole, "the authority " + name);
        }
    }
    if (snapshot.gazetteer) {
        for (const auto& area : postcode_areas(*snapshot.gazetteer)) {
            centres.push_back(
                {area.mean, area.code, "the mean point of the postcodes of " + area.code});
        }
    }
    return centres;
}

} // namespace hotspots::data
