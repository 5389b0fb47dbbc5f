#include "data/geocode/postcode_text.hpp"
#include "data/reference/open_names.hpp"
#include "data/reference/readers.hpp"
#include "data/reference/table_file.hpp"

#include <array>
#include <unordered_set>

namespace hotspots::data {

namespace {

// Code-Point Open as published (Ordnance Survey, 'Code-Point Open technical specification').
constexpr std::array<std::string_view, 10> code_point_columns{"Postcode",
                                                              "Positional_quality_indicator",
                                                              "Eastings",
                                                              "Northings",
                                                              "Country_code",
                                                              "NHS_regional_HA_code",
                                                              "NHS_HA_code",
                                                              "Admin_county_code",
                                                              "Admin_district_code",
                                                              "Admin_ward_code"};

// What the postcode lookups call the ward's code, besides the names that carry a year.
const NamePatterns postcode_ward_columns = {"wd##cd", "ward_code", "osward", "ward",
                                            "admin_ward_code"};

// Settles which layout the table has.
void use_layout(TableFile& table) {
    const auto first = table.first_row();
    if (first.size() == code_point_columns.size() && normalised_postcode(first.front())) {
        table.use_columns(code_point_columns);
    } else {
        table.use_header();
    }
}

} // namespace

ReferenceRows<Postcode> read_postcodes(const std::string& path) {
    TableFile table(path);
    if (is_open_names(table)) {
        return read_open_names_postcodes(table);
    }
    use_layout(table);
    const auto code = table.require({"pcds", "postcode", "pcd##", "pcd2"}, "'postcode' or 'pcds'");
    const auto ward = table.find(postcode_ward_columns);
    const auto point_columns = find_point_columns(table);
    ReferenceRows<Postcode> result;
    std::unordered_set<std::string> known;
    const auto read = [&](FieldReader& fields) {
        const auto normalised = normalised_postcode(fields.text(code));
        if (!normalised) {
            fields.reject(code, "expected a postcode, such as LE1 5YA");
        }
        const auto point = read_point(fields, point_columns);
        if (point && normalised) {
            if (known.insert(*normalised).second) {
                result.entries.push_back({*normalised, *point, std::string(fields.text(ward))});
            } else {
                fields.reject(code, "the postcode is in the file twice; expected it once");
            }
        }
    };
    result.rows = table.each(read, [&](Reject fault) { result.reject(std::move(fault)); });
    return result;
}

} // namespace hotspots::data
