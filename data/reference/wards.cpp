#include "data/errors.hpp"
#include "data/reference/column_names.hpp"
#include "data/reference/readers.hpp"
#include "data/reference/vector_file.hpp"
#include "geo/crs.hpp"
#include "geo/geos.hpp"

#include <stdexcept>
#include <unordered_set>

namespace hotspots::data {

namespace {

struct WardColumns {
    std::optional<std::size_t> code;
    std::optional<std::size_t> name;
    std::optional<std::size_t> authority_code;
    std::optional<std::size_t> authority;
};

WardColumns find_columns(std::span<const std::string> names) {
    return {find_column(names, ward_code_columns), find_column(names, ward_name_columns),
            find_column(names, authority_code_columns), find_column(names, authority_name_columns)};
}

std::string value(const AreaFeature& feature, const std::optional<std::size_t>& column) {
    return column ? feature.values[*column] : std::string();
}

// Throws std::domain_error saying why the feature is no ward.
Ward read_ward(AreaFeature& feature, const WardColumns& columns) {
    if (!feature.fault.empty()) {
        throw std::domain_error(feature.fault);
    }
    Ward ward;
    ward.code = value(feature, columns.code);
    ward.name = value(feature, columns.name);
    ward.authority_code = value(feature, columns.authority_code);
    ward.authority = value(feature, columns.authority);
    if (ward.code.empty() || ward.name.empty()) {
        throw std::domain_error("it has no code or no name");
    }
    ward.outline = std::move(feature.outline);
    geo::to_bng(ward.outline); // everything after this works on the grid: it must be possible
    if (!geo::is_valid(ward.outline)) {
        ward.outline = geo::make_valid(ward.outline);
    }
    if (ward.outline.empty()) {
        throw std::domain_error("its outline has no area");
    }
    return ward;
}

} // namespace

ReferenceRows<Ward> read_wards(const std::string& path) {
    auto layer = read_areas(path, "WD..CD and WD..NM (.. a year, or nothing)", [](auto names) {
        const auto found = find_columns(names);
        return found.code && found.name;
    });
    const auto columns = find_columns(layer.columns);
    ReferenceRows<Ward> result;
    std::unordered_set<std::string> codes;
    for (auto& feature : layer.features) {
        ++result.rows;
        const auto code = value(feature, columns.code);
        try {
            auto ward = read_ward(feature, columns);
            if (!codes.insert(ward.code).second) {
                throw std::domain_error("the ward is in the file twice; expected each code once");
            }
            result.entries.push_back(std::move(ward));
        } catch (const std::domain_error& error) {
            result.reject({path, result.rows, layer.columns[*columns.code], code, error.what()});
        } catch (const geo::GeometryError& error) {
            result.reject({path, result.rows, layer.columns[*columns.code], code, error.what()});
        }
    }
    return result;
}

} // namespace hotspots::data
