#include "service/handlers/item_rows.hpp"

#include "service/app.hpp"
#include "service/field_values.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/collection_properties.hpp"
#include "service/manifest.hpp"

#include <stdexcept>

namespace hotspots::service {

namespace {

using data::FieldType;

FieldType field_type(PropertyKind kind) {
    switch (kind) {
    case PropertyKind::number:
        return FieldType::real;
    case PropertyKind::whole_number:
        return FieldType::integer;
    case PropertyKind::boolean:
        return FieldType::boolean;
    default:
        return FieldType::text;
    }
}

data::FilePoint file_point(const geo::LonLat& place, filter::Crs crs) {
    const auto served = as_served(place, crs);
    if (!served) {
        throw std::domain_error("a feature lies outside " + std::string(uri_of(crs)));
    }
    return {served->x, served->y};
}

geo::MultiPolygon<data::FilePoint> file_area(const geo::MultiPolygon<geo::LonLat>& polygons,
                                             filter::Crs crs) {
    const auto placed = [&](const geo::Ring<geo::LonLat>& ring) {
        geo::Ring<data::FilePoint> out;
        out.reserve(ring.size());
        for (const auto& point : ring) {
            out.push_back(file_point(point, crs));
        }
        return out;
    };
    geo::MultiPolygon<data::FilePoint> out;
    for (const auto& polygon : polygons) {
        auto& part = out.emplace_back();
        part.exterior = placed(polygon.exterior);
        for (const auto& hole : polygon.holes) {
            part.holes.push_back(placed(hole));
        }
    }
    return out;
}

struct PlaceGeometry {
    data::FeatureRow& row;
    filter::Crs crs;
    void operator()(tiles::Null) const { row.geometry = std::monostate(); }
    void operator()(const geo::LonLat& place) const { row.geometry = file_point(place, crs); }
    void operator()(const geo::MultiPolygon<geo::LonLat>& area) const {
        row.geometry = file_area(area, crs);
    }
    void operator()(const geo::MultiPolygon<geo::LonLat>* area) const { (*this)(*area); }
};

data::FieldValue id_value(const tiles::Feature& feature) {
    if (const auto* number = std::get_if<std::int64_t>(&feature.id)) {
        return *number;
    }
    const auto* text = std::get_if<std::string>(&feature.id);
    return text ? data::FieldValue(*text) : data::FieldValue();
}

} // namespace

ItemRows::ItemRows(const ItemAnswer& answer)
    : m_answer(answer), m_fields{{"id", answer.collection.name == "incidents" ? FieldType::integer
                                                                              : FieldType::text}},
      m_manifest_id(
          make_manifest(*answer.query.snapshot, answer.query.parameters, answer.context.version)
              .id) {
    for (const auto& property : properties_of(answer.collection.name)) {
        m_points = m_points || property.kind == PropertyKind::point;
        const bool geometry = filter_type(property.kind) == filter::Type::geometry;
        if (!geometry && property.name != "manifest") { // every row has it, in the last column
            m_fields.push_back({std::string(property.name), field_type(property.kind)});
        }
    }
    m_fields.push_back({"marking", FieldType::text});
    m_fields.push_back({"demo", FieldType::boolean});
    m_fields.push_back({"manifest", FieldType::text});
}

data::FeatureRow ItemRows::row(std::uint32_t row) const {
    const auto feature = m_answer.set.feature(row);
    data::FeatureRow out;
    std::visit(PlaceGeometry{out, m_answer.page.crs}, feature.geometry);
    out.values.reserve(m_fields.size());
    out.values.push_back(id_value(feature));
    for (std::size_t i = 1; i + 3 < m_fields.size(); ++i) {
        out.values.push_back(field_of(feature, m_fields[i].name));
    }
    const auto& marking = marking_of(m_answer.context, *m_answer.query.snapshot);
    out.values.push_back(marking.empty() ? data::FieldValue() : data::FieldValue(marking));
    out.values.emplace_back(m_answer.query.snapshot->demo);
    out.values.emplace_back(m_manifest_id);
    return out;
}

} // namespace hotspots::service
