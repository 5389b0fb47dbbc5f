#include "data/ascii.hpp"
#include "data/errors.hpp"
#include "data/reference/readers.hpp"
#include "data/reference/table_file.hpp"

#include <unordered_set>

namespace hotspots::data {

namespace {

constexpr int most_residents = 10'000'000;

// The first column whose name says that it counts people.
std::size_t residents_column(const TableFile& table) {
    for (std::size_t column = 0; column < table.columns().size(); ++column) {
        const auto name = lower_case(table.columns()[column]);
        if (name.starts_with("pop") || name.find("population") != std::string::npos ||
            name == "residents" || name == "total" || name == "all ages" || name == "persons" ||
            name == "observation") {
            return column;
        }
    }
    return table.require({}, "of residents (population…, residents, total, all ages)");
}

} // namespace

ReferenceRows<WardPopulation> read_population(const std::string& path) {
    TableFile table(path);
    table.use_header();
    const auto code = table.require(ward_code_columns, "of ward codes (WD..CD or ward_code)");
    const auto residents = residents_column(table);
    ReferenceRows<WardPopulation> result;
    result.note = "residents from the column '" + table.columns()[residents] + "'";
    std::unordered_set<std::string> known;
    const auto read = [&](FieldReader& fields) {
        const auto ward = fields.identifier(code);
        const auto count = fields.whole_number(residents, 0, most_residents);
        if (!count) {
            fields.reject(residents, "empty; expected a number of residents");
        } else if (!fields.fault() && !known.insert(ward).second) {
            fields.reject(code, "the ward is in the file twice; expected it once");
        }
        if (!fields.fault()) {
            result.entries.push_back({ward, *count});
        }
    };
    result.rows = table.each(read, [&](Reject fault) { result.reject(std::move(fault)); });
    return result;
}

} // namespace hotspots::data
