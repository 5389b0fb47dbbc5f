// Oracle: the conformance dataset of OGC 21-065r2 and its table of predicates with the number of
// features that each selects. LLR_CQL2_TABLE names another table of the same form.
#include "service/filter/filter_error.hpp"
#include "service/filter/json_parser.hpp"
#include "service/filter/literal_geometry.hpp"
#include "service/filter/text_parser.hpp"
#include "service/filter/writers.hpp"
#include "tests/catch.hpp"
#include "tests/service/filter/ogc_dataset.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>

using namespace hotspots;
using namespace hotspots::service::filter;

namespace {

struct Case {
    std::string requirements_class;
    std::string layer;
    std::string predicate;
    std::size_t expected = 0;
};

// The fields of a CSV line (RFC 4180, no line ends within fields).
std::vector<std::string> fields_of(const std::string& line) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
            fields.back().push_back(line[i++]);
        } else if (line[i] == '"') {
            quoted = !quoted;
        } else if (line[i] == ',' && !quoted) {
            fields.emplace_back();
        } else if (line[i] != '\r') {
            fields.back().push_back(line[i]);
        }
    }
    return fields;
}

// The table was cut out of AsciiDoc, where a backslash keeps '((' and '<=' from being markup.
std::string without_markup(std::string text) {
    for (const std::string escaped : {"\\((", "\\<", "\\|", "\\{"}) {
        for (auto at = text.find(escaped); at != text.npos; at = text.find(escaped, at)) {
            text.erase(at, 1);
        }
    }
    return text;
}

std::vector<Case> read_table(const std::string& path) {
    std::ifstream file(path);
    REQUIRE(file);
    std::vector<Case> cases;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        const auto fields = fields_of(line);
        if (fields.size() == 4) {
            cases.push_back(
                {fields[0], fields[1], without_markup(fields[2]), std::stoul(fields[3])});
        }
    }
    return cases;
}

// Beside the folder of the real data; empty after a warning where absent, which fails with CI=true.
std::optional<std::string> data_folder() {
    const char* data = std::getenv("LLR_DATA");
    const auto folder =
        std::filesystem::path(data ? data : HOTSPOTS_SOURCE_DIR "/../shared/data") / "../cql2";
    if (std::filesystem::exists(folder / "ne110m4cql2.gpkg")) {
        return folder.string();
    }
    const char* ci = std::getenv("CI");
    if (ci && std::string(ci) == "true") {
        FAIL("the CQL2 conformance data is missing: " << folder.string());
    }
    WARN("skipped without the CQL2 conformance data: " << folder.string());
    return std::nullopt;
}

const Meaning in_utc{
    [](const Literal& literal) { return to_lon_lat(literal, Crs::crs84); },
    [](const Date& date) {
        return Instant{date.day * 86'400'000'000, (date.day + 1) * 86'400'000'000 - 1};
    }};

std::size_t count(const tests::Layer& layer, const Expression& expression) {
    const Filter filter(expression, layer.schema(), in_utc);
    std::size_t found = 0;
    for (std::uint32_t row = 0; row < layer.rows.size(); ++row) {
        found += filter.matches(row) ? 1U : 0U;
    }
    return found;
}

} // namespace

TEST_CASE("Every predicate of the conformance table selects as many features as it says",
          "[filter]") {
    const auto folder = data_folder();
    if (!folder) {
        return;
    }
    // Those that the service declares; the rest of the table is not looked at.
    const std::set<std::string> declared{"basic-cql2",
                                         "advanced-comparison-operators",
                                         "case-insensitive-comparison",
                                         "basic-spatial-functions",
                                         "basic-spatial-functions-plus",
                                         "spatial-functions",
                                         "temporal-functions",
                                         "array-functions",
                                         "property-property",
                                         "arithmetic"};
    const char* table = std::getenv("LLR_CQL2_TABLE");
    const auto cases = read_table(table ? table : *folder + "/predicates.csv");
    std::map<std::string, std::unique_ptr<const tests::Layer>> layers;
    std::size_t looked_at = 0;
    for (const auto& item : cases) {
        if (!declared.contains(item.requirements_class)) {
            continue;
        }
        auto& layer = layers[item.layer];
        if (!layer) {
            layer = tests::read_layer(*folder + "/ne110m4cql2.gpkg", item.layer);
        }
        CAPTURE(item.requirements_class, item.predicate);
        const auto filter = parse_text(item.predicate);
        CHECK(count(*layer, filter) == item.expected);
        // The same in both encodings, in the spelling of the writers.
        CHECK(parse_text(write_text(filter)) == filter);
        CHECK(parse_json_filter(write_json(filter)) == filter);
        ++looked_at;
    }
    CHECK(looked_at > 0);
}
