#include "service/handlers/item_files.hpp"

#include "data/errors.hpp"
#include "geo/stop.hpp"
#include "service/app.hpp"
#include "service/csv.hpp"
#include "service/field_values.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/item_rows.hpp"
#include "service/http/mapped_file.hpp"
#include "service/problem.hpp"
#include "service/provenance.hpp"
#include "service/scratch_folder.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <utility>

namespace hotspots::service {

namespace {

using filter::Crs;

// Of points; areas are one column of well-known text.
std::array<std::string_view, 2> coordinate_columns(Crs crs) {
    if (is_in_metres(crs)) {
        return {"x_m", "y_m"};
    }
    return {"longitude", "latitude"};
}

void append_wkt_ring(std::string& out, const geo::Ring<data::FilePoint>& ring, Crs crs) {
    const bool turned = crs == Crs::epsg_4326;
    out.append(out.ends_with(')') ? ",(" : "(");
    for (const auto& point : ring) {
        out.append(out.ends_with('(') ? "" : ",");
        tiles::append_coordinate(out, turned ? point.y : point.x, decimals_of(crs));
        out.push_back(' ');
        tiles::append_coordinate(out, turned ? point.x : point.y, decimals_of(crs));
    }
    out.push_back(')');
}

// In the axis order of the system, as OGC 18-010 has it.
std::string well_known_text(const geo::MultiPolygon<data::FilePoint>& area, Crs crs) {
    std::string out = "MULTIPOLYGON(";
    for (const auto& polygon : area) {
        out.append(out.ends_with(')') ? ",(" : "(");
        append_wkt_ring(out, polygon.exterior, crs);
        for (const auto& hole : polygon.holes) {
            append_wkt_ring(out, hole, crs);
        }
        out.push_back(')');
    }
    return out.append(")");
}

void append_csv_geometry(std::string& line, const data::FeatureRow& row, bool points, Crs crs) {
    if (const auto* point = std::get_if<data::FilePoint>(&row.geometry)) {
        tiles::append_coordinate(line, point->x, decimals_of(crs));
        line.push_back(',');
        tiles::append_coordinate(line, point->y, decimals_of(crs));
    } else if (const auto* area = std::get_if<geo::MultiPolygon<data::FilePoint>>(&row.geometry)) {
        append_csv_field(line, area->empty() ? std::string() : well_known_text(*area, crs));
    } else if (points) {
        line.push_back(',');
    }
}

std::string csv_header(const ItemRows& rows, Crs crs) {
    std::string line;
    for (const auto& field : rows.fields()) {
        line.append(field.name).push_back(',');
    }
    const auto columns = coordinate_columns(crs);
    return rows.points() ? line.append(columns[0]).append(",").append(columns[1]).append("\n")
                         : line.append("geometry\n");
}

void write_csv(const std::filesystem::path& path, const ItemAnswer& answer) {
    constexpr std::size_t block_bytes = 256 * 1024;
    const ItemRows rows(answer);
    std::ofstream file(path, std::ios::binary);
    auto block = csv_header(rows, answer.page.crs);
    for (const auto row : answer.set.rows) {
        geo::stop_if_asked();
        const auto written = rows.row(row);
        for (const auto& value : written.values) {
            append_csv_value(block, value);
            block.push_back(',');
        }
        append_csv_geometry(block, written, rows.points(), answer.page.crs);
        block.push_back('\n');
        if (block.size() >= block_bytes) {
            file.write(block.data(), static_cast<std::streamsize>(block.size()));
            block.clear();
        }
    }
    file.write(block.data(), static_cast<std::streamsize>(block.size()));
    file.close();
    if (!file) {
        throw data::DataError("export: " + path.string() + " cannot be written; is the disk full?");
    }
}

int epsg_of(Crs crs) {
    switch (crs) {
    case Crs::epsg_27700:
        return 27700;
    case Crs::epsg_3857:
        return 3857;
    default:
        return 4326; // files have longitude first, as CRS84 has
    }
}

void write_gdal(const std::filesystem::path& path, data::FeatureFile kind,
                const ItemAnswer& answer) {
    const ItemRows rows(answer);
    const auto& snapshot = *answer.query.snapshot;
    const data::FeatureLayer layer{std::string(answer.collection.name),
                                   std::string(snapshot.demo ? "DEMO: synthetic incidents. " : "") +
                                       std::string(answer.collection.description) + ". " +
                                       marking_of(answer.context, snapshot),
                                   epsg_of(answer.page.crs), rows.points(), rows.fields()};
    auto row = answer.set.rows.begin();
    const auto next = [&](data::FeatureRow& into) {
        if (row == answer.set.rows.end()) {
            return false;
        }
        geo::stop_if_asked();
        into = rows.row(*row++);
        return true;
    };
    const auto about = to_texts(
        provenance_of(answer.context, snapshot, answer.query.parameters, answer.set.members));
    data::write_features(path, kind, layer, next, about, snapshot.revision.published);
}

// FlatGeobuf as GDAL writes it leaves out what has no place, which must not go unsaid.
void refuse_placeless(const ItemAnswer& answer) {
    const auto place = answer.set.column ? answer.set.column("geometry") : filter::Column();
    const auto placeless = !place ? 0 : std::ranges::count_if(answer.set.rows, [&](auto row) {
        return std::holds_alternative<filter::Null>(place(row));
    });
    if (placeless > 0) {
        throw bad_parameter("f", "f is 'fgb', which holds no features without a place, and " +
                                     std::to_string(placeless) + " of " +
                                     std::to_string(answer.set.rows.size()) +
                                     " have none; give f=gpkg or f=csv, or leave them out with "
                                     "filter=geometry IS NOT NULL");
    }
}

std::string file_name(const ItemAnswer& answer, const MediaFormat& format) {
    return std::string(answer.collection.name) + "-r" +
           std::to_string(answer.query.snapshot->revision.number) + '.' + std::string(format.name);
}

} // namespace

void add_item_file(Response& response, const ItemAnswer& answer, const MediaFormat& format) {
    if (format.name == "fgb") {
        refuse_placeless(answer);
    }
    const ScratchFolder folder;
    const auto name = file_name(answer, format);
    const auto path = folder.path() / name;
    if (format.name == "csv") {
        write_csv(path, answer);
    } else {
        const bool gpkg = format.name == "gpkg";
        write_gdal(path, gpkg ? data::FeatureFile::geopackage : data::FeatureFile::flatgeobuf,
                   answer);
    }
    response.file = std::make_shared<const MappedFile>(path);
    response.headers.push_back({"content-disposition", "attachment; filename=\"" + name + '"'});
    response.headers.push_back(
        {"link", '<' +
                     manifest_url(answer.base, answer.collection, answer.query.parameters,
                                  *answer.query.snapshot) +
                     ">; rel=\"describedby\"; type=\"application/json\""});
}

} // namespace hotspots::service
