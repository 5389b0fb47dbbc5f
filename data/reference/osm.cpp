#include "data/reference/osm.hpp"

#include "data/errors.hpp"
#include "data/reference/osm_streets.hpp"
#include "data/reference/osm_tags.hpp"

#include <cpl_conv.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <memory>
#include <optional>
#include <utility>

namespace hotspots::data {
namespace {

struct CloseDataset {
    void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};
using Dataset = std::unique_ptr<GDALDataset, CloseDataset>;

// GDAL reports errors to the terminal unless told otherwise: we say them ourselves.
class QuietErrors {
public:
    QuietErrors() { CPLPushErrorHandler(CPLQuietErrorHandler); }
    ~QuietErrors() { CPLPopErrorHandler(); }
    QuietErrors(const QuietErrors&) = delete;
    QuietErrors& operator=(const QuietErrors&) = delete;
};

Dataset open(const std::string& path) {
    GDALAllRegister();
    constexpr const char* drivers[] = {"OSM", nullptr};
    Dataset dataset(GDALDataset::FromHandle(
        GDALOpenEx(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers, nullptr, nullptr)));
    if (!dataset) {
        const std::string why = CPLGetLastErrorMsg();
        throw InputError(path + ": not OpenStreetMap data that GDAL can read" +
                         (why.empty() ? "" : " (" + why + ")") + "; expected .osm.pbf or .osm");
    }
    return dataset;
}

// The feature's value of an attribute, be it a column or among the other tags.
std::string tag(const OGRFeature& feature, const char* name) {
    const int field = feature.GetFieldIndex(name);
    if (field >= 0) {
        return feature.IsFieldSetAndNotNull(field) ? feature.GetFieldAsString(field) : "";
    }
    const int others = feature.GetFieldIndex("other_tags");
    return others >= 0 && feature.IsFieldSetAndNotNull(others)
               ? hstore_value(feature.GetFieldAsString(others), name)
               : "";
}

std::vector<geo::LonLat> points_of(const OGRLineString& line) {
    std::vector<geo::LonLat> points;
    points.reserve(static_cast<std::size_t>(line.getNumPoints()));
    for (int i = 0; i < line.getNumPoints(); ++i) {
        points.push_back({line.getX(i), line.getY(i)});
    }
    return points;
}

struct Middle {
    geo::LonLat point;
    std::optional<double> radius_m;
};

// A node itself; the centroid of an area with half of its larger side.
std::optional<Middle> middle_of(const OGRGeometry& geometry) {
    if (wkbFlatten(geometry.getGeometryType()) == wkbPoint) {
        const OGRPoint& point = *geometry.toPoint();
        return Middle{{point.getX(), point.getY()}, std::nullopt};
    }
    OGRPoint centre;
    if (geometry.Centroid(&centre) != OGRERR_NONE || centre.IsEmpty()) {
        return std::nullopt;
    }
    OGREnvelope box;
    geometry.getEnvelope(&box);
    const geo::LonLat middle{centre.getX(), centre.getY()};
    return Middle{middle, half_side_m({box.MinX, box.MinY}, {box.MaxX, box.MaxY})};
}

// A railway station's name is that of its town.
std::string station_name(const std::string& name) {
    return name.find("Station") == name.npos ? name + " Railway Station" : name;
}

class Reader {
public:
    void take(const OGRFeature& feature) {
        const OGRGeometry* geometry = feature.GetGeometryRef();
        if (!geometry) {
            return;
        }
        if (wkbFlatten(geometry->getGeometryType()) == wkbLineString) {
            take_line(feature, *geometry->toLineString());
        } else if (const auto middle = middle_of(*geometry)) {
            take_site(feature, *middle);
        }
    }

    std::vector<NamedPlace> finish() && {
        auto places = std::move(m_streets).finish();
        places.insert(places.end(), std::make_move_iterator(m_sites.begin()),
                      std::make_move_iterator(m_sites.end()));
        return places;
    }

private:
    void take_line(const OGRFeature& feature, const OGRLineString& line) {
        const std::string highway = tag(feature, "highway");
        if (!is_street(highway)) {
            return;
        }
        const auto points = points_of(line);
        for (const char* key : {"name", "ref"}) {
            if (const std::string name = tag(feature, key); !name.empty()) {
                m_streets.add(name, points, highway == "motorway");
            }
        }
    }

    void take_site(const OGRFeature& feature, const Middle& middle) {
        if (tag(feature, "highway") == "motorway_junction") {
            m_streets.add_junction(tag(feature, "ref"), middle.point);
            return;
        }
        const auto get = [&](const char* key) { return tag(feature, key); };
        const auto site = site_of(get);
        const std::string name = tag(feature, "name");
        if (!site || name.empty()) {
            return;
        }
        NamedPlace place;
        place.name =
            site->category == "station" || site->category == "halt" ? station_name(name) : name;
        place.kind = site->kind;
        place.category = site->category;
        place.point = middle.point;
        place.radius_m = middle.radius_m ? middle.radius_m : site->radius_m;
        m_sites.push_back(std::move(place));
    }

    OsmStreets m_streets;
    std::vector<NamedPlace> m_sites;
};

} // namespace

std::vector<NamedPlace> read_osm(const std::string& path) {
    const QuietErrors quiet;
    CPLErrorReset();
    const Dataset dataset = open(path);
    Reader reader;
    // The driver hands out features of all layers interleaved: a single pass over the file.
    OGRLayer* layer = nullptr;
    while (const OGRFeatureUniquePtr feature{
        dataset->GetNextFeature(&layer, nullptr, nullptr, nullptr)}) {
        reader.take(*feature);
    }
    if (CPLGetLastErrorType() >= CE_Failure) {
        throw InputError(path + ": cannot be read to its end (" + CPLGetLastErrorMsg() + ")");
    }
    return std::move(reader).finish();
}

} // namespace hotspots::data
