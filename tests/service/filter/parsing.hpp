// Filters of tests: what both encodings make of a text, and evaluation on a made-up feature.
#pragma once

#include "service/filter/filter.hpp"
#include "service/filter/filter_error.hpp"
#include "service/filter/json_parser.hpp"
#include "service/filter/literal_geometry.hpp"
#include "service/filter/text_parser.hpp"
#include "service/filter/writers.hpp"
#include "tests/catch.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hotspots::tests {

// The text in the writer's spelling. Fails unless both encodings read back to the same.
inline std::string rewritten(std::string_view text) {
    using namespace service::filter;
    const auto filter = parse_text(text);
    CHECK(parse_text(write_text(filter)) == filter);
    CHECK(parse_json_filter(write_json(filter)) == filter);
    return write_text(filter);
}

// What FilterError says of it, and the byte; fails where there is no error.
template <class Read>
std::pair<std::string, std::size_t> error_of(const Read& read) {
    try {
        read();
    } catch (const service::filter::FilterError& error) {
        return {error.what(), error.position()};
    }
    FAIL("no error");
    return {};
}

// Days in UTC, geometries in CRS84.
inline const service::filter::Meaning plain_meaning{
    [](const service::filter::Literal& literal) {
        return to_lon_lat(literal, service::filter::Crs::crs84);
    },
    [](const service::filter::Date& date) {
        return service::filter::Instant{date.day * 86'400'000'000,
                                        (date.day + 1) * 86'400'000'000 - 1};
    }};

// One feature: properties by name.
struct Feature {
    struct Member {
        std::string_view name;
        service::filter::Type type;
        service::filter::Value value;
    };
    std::vector<Member> members;

    service::filter::Filter filter(std::string_view text) const {
        using namespace service::filter;
        std::vector<Property> properties;
        for (const auto& member : members) {
            properties.push_back({member.name, member.type});
        }
        const auto column = [this](std::string_view name) -> Column {
            const auto found = std::ranges::find(members, name, &Member::name);
            return [value = found->value](std::uint32_t) { return value; };
        };
        return Filter(parse_text(text), {properties, column}, plain_meaning);
    }
    bool matches(std::string_view text) const { return filter(text).matches(0); }
    // "true", "false" or "null"
    std::string truth(std::string_view text) const {
        const auto whole = "(" + std::string(text) + ")";
        return matches(whole) ? "true" : matches("NOT " + whole) ? "false" : "null";
    }
};

} // namespace hotspots::tests
