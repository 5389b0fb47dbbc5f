// Any bytes as a filter, in either encoding: a FilterError within the text, or an expression that
// both writers write and both parsers read back, and that is evaluated or refused for its types.
#include "service/filter/filter.hpp"
#include "service/filter/filter_error.hpp"
#include "service/filter/json_parser.hpp"
#include "service/filter/literal_geometry.hpp"
#include "service/filter/text_parser.hpp"
#include "service/filter/writers.hpp"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace hotspots;
using namespace hotspots::service::filter;

namespace {

void demand(bool holds) {
    if (!holds) {
        std::abort();
    }
}

constexpr std::array<Property, 7> properties{{{"a", Type::text},
                                              {"b", Type::number},
                                              {"c", Type::boolean},
                                              {"d", Type::time},
                                              {"e", Type::list},
                                              {"g", Type::geometry},
                                              {"n", Type::number}}};

const std::vector<std::string> texts{"x", "y"};

Column column(std::string_view name) {
    const std::array<Value, 7> values{std::string_view("Straße"),
                                      7.0,
                                      true,
                                      Instant{1'751'328'000'000'000, 1'751'414'399'999'999},
                                      TextList(&texts),
                                      geo::LonLat{-1.13, 52.63},
                                      Value()};
    for (std::size_t i = 0; i < properties.size(); ++i) {
        if (properties[i].name == name) {
            return [value = values[i]](std::uint32_t) { return value; };
        }
    }
    std::abort();
}

void evaluate(const Expression& expression, std::size_t bytes) {
    const Meaning meaning{
        [](const Literal& literal) { return to_lon_lat(literal, Crs::crs84); },
        [](const Date& date) {
            return Instant{date.day * 86'400'000'000, (date.day + 1) * 86'400'000'000 - 1};
        }};
    try {
        Filter(expression, {properties, column}, meaning).matches(0);
    } catch (const FilterError& error) {
        demand(error.position() <= bytes);
    }
}

// Whatever was read can be written and read in both encodings.
void check(const Expression& expression, std::size_t bytes) {
    demand(parse_text(write_text(expression)) == expression);
    demand(parse_json_filter(write_json(expression)) == expression);
    evaluate(expression, bytes);
}

template <class Parse>
void read(std::string_view bytes, const Parse& parse) {
    try {
        check(parse(bytes), bytes.size());
    } catch (const FilterError& error) {
        demand(error.position() <= bytes.size());
        demand(!place_of(bytes, error.position()).excerpt.empty());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 4096) {
        return 0; // limits of size and depth are tested apart
    }
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    read(bytes, parse_text);
    read(bytes, parse_json_filter);
    return 0;
}
