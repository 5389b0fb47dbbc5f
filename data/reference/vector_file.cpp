#include "data/reference/vector_file.hpp"

#include "data/errors.hpp"
#include "data/reference/column_names.hpp"
#include "geo/crs.hpp"

#include <gdal_priv.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <stdexcept>

namespace hotspots::data {

namespace {

struct DestroyTransformation {
    void operator()(OGRCoordinateTransformation* transformation) const {
        OGRCoordinateTransformation::DestroyCT(transformation);
    }
};
using Transformation = std::unique_ptr<OGRCoordinateTransformation, DestroyTransformation>;

[[noreturn]] void fail_file(const std::string& path, const std::string& what) {
    const std::string message = CPLGetLastErrorMsg();
    throw InputError(path + ": " + what + (message.empty() ? "" : ": " + message));
}

GDALDatasetUniquePtr open_vector_file(const std::string& path) {
    // OGR also takes addresses and connection strings for names: a path is asked for here.
    if (!std::filesystem::exists(path)) {
        throw InputError(path + ": no such file");
    }
    GDALAllRegister();
    const bool is_zip = std::filesystem::path(path).extension() == ".zip";
    CPLErrorReset();
    GDALDatasetUniquePtr dataset(GDALDataset::Open(((is_zip ? "/vsizip/" : "") + path).c_str(),
                                                   GDAL_OF_VECTOR | GDAL_OF_VERBOSE_ERROR));
    if (!dataset) {
        fail_file(path, "not a file of areas that GDAL reads, such as GeoJSON, a shapefile or a "
                        "GeoPackage");
    }
    return dataset;
}

std::vector<std::string> columns_of(OGRLayer& layer) {
    std::vector<std::string> names;
    const OGRFeatureDefn& definition = *layer.GetLayerDefn();
    for (int field = 0; field < definition.GetFieldCount(); ++field) {
        names.emplace_back(definition.GetFieldDefn(field)->GetNameRef());
    }
    return names;
}

OGRLayer& find_layer(GDALDataset& dataset, const std::string& path, const std::string& wanted,
                     const std::function<bool(std::span<const std::string>)>& is_wanted) {
    std::string found;
    for (OGRLayer* layer : dataset.GetLayers()) {
        const auto columns = columns_of(*layer);
        if (is_wanted(columns)) {
            return *layer;
        }
        found += std::string("; layer '") + layer->GetName() + "' has " +
                 (columns.empty() ? "none" : list_names(columns));
    }
    throw InputError(path + ": no layer has the columns " + wanted +
                     (found.empty() ? "; it has no layer" : found));
}

bool is_bng(const OGRSpatialReference& system) {
    int count = 0;
    int* confidence = nullptr;
    const auto matches = system.FindMatches(nullptr, &count, &confidence);
    bool found = false;
    for (int i = 0; i < count; ++i) {
        const auto* match = OGRSpatialReference::FromHandle(matches[i]);
        const char* code = match->GetAuthorityCode(nullptr);
        found = found || (confidence[i] >= 70 && code && std::strcmp(code, "27700") == 0);
    }
    OSRFreeSRSArray(matches);
    CPLFree(confidence);
    return found;
}

template <class Point>
geo::Ring<Point> ring_of(const OGRLinearRing& ring) {
    geo::Ring<Point> points;
    for (int i = 0; i < ring.getNumPoints(); ++i) {
        if (!std::isfinite(ring.getX(i)) || !std::isfinite(ring.getY(i))) {
            throw std::domain_error("a coordinate is not a finite number");
        }
        points.push_back({ring.getX(i), ring.getY(i)});
    }
    if (points.size() < 4 || points.front() != points.back()) {
        throw std::domain_error("a ring is not closed, or of fewer than four points");
    }
    return points;
}

template <class Point>
geo::MultiPolygon<Point> polygons_of(const OGRGeometry& geometry) {
    const auto type = wkbFlatten(geometry.getGeometryType());
    if (type == wkbMultiPolygon) {
        geo::MultiPolygon<Point> polygons;
        for (const OGRPolygon* part : *geometry.toMultiPolygon()) {
            auto one = polygons_of<Point>(*part);
            polygons.insert(polygons.end(), one.begin(), one.end());
        }
        return polygons;
    }
    if (type != wkbPolygon) {
        throw std::domain_error(std::string("its geometry is a ") + geometry.getGeometryName() +
                                "; expected a polygon");
    }
    geo::Polygon<Point> polygon;
    for (const OGRLinearRing* ring : *geometry.toPolygon()) {
        const bool is_first = ring == geometry.toPolygon()->getExteriorRing();
        auto points = ring_of<Point>(*ring);
        (is_first ? polygon.exterior : polygon.holes.emplace_back()) = std::move(points);
    }
    return polygon.exterior.empty() ? geo::MultiPolygon<Point>{}
                                    : geo::MultiPolygon<Point>{polygon};
}

// Reads outlines of one layer, whatever its coordinate reference system.
class OutlineReader {
public:
    OutlineReader(OGRLayer& layer, const std::string& path) {
        if (layer.GetGeomType() == wkbNone) {
            throw InputError(path + ": layer '" + layer.GetName() +
                             "' is a table without outlines; expected areas, such as a GeoJSON, "
                             "a shapefile or a GeoPackage of polygons");
        }
        OGRSpatialReference wgs84;
        wgs84.importFromEPSG(4326);
        wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        const OGRSpatialReference* system = layer.GetSpatialRef();
        if (!system) {
            require_degrees(layer, path);
            return;
        }
        m_bng = is_bng(*system);
        OGRSpatialReference source(*system);
        source.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        if (m_bng || source.IsSame(&wgs84)) {
            return;
        }
        OGRCoordinateTransformationOptions options;
        options.SetBallparkAllowed(false);
        m_transformation.reset(OGRCreateCoordinateTransformation(&source, &wgs84, options));
        if (!m_transformation) {
            fail_file(path, std::string("its coordinate reference system '") + source.GetName() +
                                "' cannot be transformed to WGS 84");
        }
    }

    // Throws std::domain_error saying why there is no usable outline.
    geo::MultiPolygon<geo::LonLat> read(const OGRGeometry* geometry) const {
        if (!geometry || geometry->IsEmpty()) {
            throw std::domain_error("it has no geometry");
        }
        const std::unique_ptr<OGRGeometry> linear(geometry->getLinearGeometry());
        if (m_bng) {
            return geo::to_lon_lat(polygons_of<geo::BngPoint>(*linear));
        }
        if (m_transformation && linear->transform(m_transformation.get()) != OGRERR_NONE) {
            throw std::domain_error("it cannot be transformed to WGS 84");
        }
        return polygons_of<geo::LonLat>(*linear);
    }

private:
    static void require_degrees(OGRLayer& layer, const std::string& path) {
        OGREnvelope box;
        if (layer.GetExtent(&box) == OGRERR_NONE && box.MinX >= -180 && box.MaxX <= 180 &&
            box.MinY >= -90 && box.MaxY <= 90) {
            return;
        }
        throw InputError(path + ": it names no coordinate reference system, and its coordinates "
                                "are no degrees; give it one (ogr2ogr -a_srs EPSG:27700 …)");
    }

    bool m_bng = false;
    Transformation m_transformation; // null where the coordinates are as wanted
};

AreaFeature read_feature(const OGRFeature& feature, const OutlineReader& outlines) {
    AreaFeature area;
    for (int field = 0; field < feature.GetFieldCount(); ++field) {
        area.values.emplace_back(
            feature.IsFieldSetAndNotNull(field) ? feature.GetFieldAsString(field) : "");
    }
    try {
        area.outline = outlines.read(feature.GetGeometryRef());
    } catch (const std::domain_error& error) {
        area.fault = error.what();
    }
    return area;
}

} // namespace

AreaLayer read_areas(const std::string& path, const std::string& wanted,
                     const std::function<bool(std::span<const std::string>)>& is_wanted) {
    const CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    const auto dataset = open_vector_file(path);
    auto& layer = find_layer(*dataset, path, wanted, is_wanted);
    const OutlineReader outlines(layer, path);
    AreaLayer areas;
    areas.columns = columns_of(layer);
    CPLErrorReset();
    for (const auto& feature : layer) {
        areas.features.push_back(read_feature(*feature, outlines));
    }
    // OGR ends a layer that it cannot read further like one that is read through.
    if (CPLGetLastErrorType() >= CE_Failure) {
        fail_file(path, "damaged after " + std::to_string(areas.features.size()) + " areas");
    }
    return areas;
}

} // namespace hotspots::data
