#include "service/handlers/item_filter.hpp"

#include "data/moment.hpp"
#include "geo/stop.hpp"
#include "service/coordinate_systems.hpp"
#include "service/filter/filter.hpp"
#include "service/filter/filter_error.hpp"
#include "service/filter/json_parser.hpp"
#include "service/filter/text_parser.hpp"
#include "service/filter/writers.hpp"
#include "service/handlers/collection_properties.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

namespace hotspots::service {

namespace {

const std::string* value_of(const std::vector<QueryParameter>& query, std::string_view name) {
    const auto found = std::ranges::find(query, name, &QueryParameter::name);
    return found == query.end() ? nullptr : &found->value;
}

Problem to_problem(const filter::FilterError& error, const std::string& source) {
    const auto place = filter::place_of(source, error.position());
    auto problem = bad_parameter(
        "filter", std::string("filter: ") + error.what() + " (line " + std::to_string(place.line) +
                      ", character " + std::to_string(place.column) + ")\n" + place.excerpt);
    problem.position = error.position();
    return problem;
}

constexpr std::int64_t second_us = 1'000'000;
constexpr std::int64_t day_us = 86'400 * second_us;

std::int64_t midnight_us(std::int64_t day) {
    using namespace std::chrono;
    const year_month_day date{sys_days(days(day))};
    // Before and after the calendars that clocks are known for, days begin at midnight UTC.
    if (date.year() < year(1600) || date.year() > year(9990)) {
        return day * day_us;
    }
    return data::london_midnight(date).time_since_epoch().count() * second_us;
}

filter::Meaning meaning(filter::Crs crs) {
    return {[crs](const filter::Literal& literal) { return filter::to_lon_lat(literal, crs); },
            [](const filter::Date& date) {
                return filter::Instant{midnight_us(date.day), midnight_us(date.day + 1) - 1};
            }};
}

// Features made whole, one at a time, where a collection cannot read single properties.
class WholeFeatures {
public:
    explicit WholeFeatures(const FeatureSet& set) : m_make(set.feature) {}

    filter::Value geometry(std::uint32_t row) {
        const auto& geometry = at(row).geometry;
        if (const auto* point = std::get_if<geo::LonLat>(&geometry)) {
            return *point;
        }
        if (const auto* own = std::get_if<geo::MultiPolygon<geo::LonLat>>(&geometry)) {
            return filter::Outline(own);
        }
        const auto* shared = std::get_if<const geo::MultiPolygon<geo::LonLat>*>(&geometry);
        return shared ? filter::Value(filter::Outline(*shared)) : filter::Value();
    }

    filter::Value value(std::uint32_t row, std::string_view name) {
        const auto& properties = at(row).properties;
        const auto found = std::ranges::find(properties, name, &tiles::Property::name);
        if (found == properties.end()) {
            return {};
        }
        return std::visit([](const auto& value) { return to_value(value); }, found->value);
    }

private:
    static filter::Value to_value(tiles::Null) { return {}; }
    static filter::Value to_value(bool value) { return value; }
    static filter::Value to_value(std::int64_t value) { return static_cast<double>(value); }
    static filter::Value to_value(double value) { return value; }
    static filter::Value to_value(const std::string& value) { return std::string_view(value); }
    static filter::Value to_value(const tiles::TextList& value) { return filter::TextList(&value); }

    const tiles::Feature& at(std::uint32_t row) {
        if (!m_feature || row != m_row) {
            m_feature = m_make(row);
            m_row = row;
        }
        return *m_feature;
    }

    std::function<tiles::Feature(std::uint32_t)> m_make;
    std::optional<tiles::Feature> m_feature;
    std::uint32_t m_row = 0;
};

std::function<filter::Column(std::string_view)> columns_of(const FeatureSet& set) {
    if (set.column) {
        return set.column;
    }
    const auto features = std::make_shared<WholeFeatures>(set);
    return [features](std::string_view name) -> filter::Column {
        if (name == "geometry") {
            return [features](std::uint32_t row) { return features->geometry(row); };
        }
        return [features, name](std::uint32_t row) { return features->value(row, name); };
    };
}

// A filter of hundreds of spatial functions over every record would hold its thread for minutes.
void keep_matching(const filter::Filter& filter, std::vector<std::uint32_t>& rows) {
    constexpr std::chrono::seconds longest(15);
    const auto begun = std::chrono::steady_clock::now();
    std::size_t seen = 0;
    std::erase_if(rows, [&](std::uint32_t row) {
        if (++seen % 64 == 0) {
            geo::stop_if_asked();
        }
        if (seen % 1024 == 0 && std::chrono::steady_clock::now() - begun > longest) {
            throw bad_parameter("filter", "filter: it took more than 15 s for " +
                                              std::to_string(seen) + " of " +
                                              std::to_string(rows.size()) +
                                              " features; give bbox or datetime beside it, or use "
                                              "fewer spatial functions");
        }
        return !filter.matches(row);
    });
}

} // namespace

std::string ItemFilter::canonical_query() const {
    auto query = "filter=" + encode_query_value(filter::write_text(expression));
    if (crs != filter::Crs::crs84) {
        query.append("&filter-crs=").append(uri_of(crs));
    }
    return query;
}

std::optional<ItemFilter> read_item_filter(const std::vector<QueryParameter>& query) {
    ItemFilter result;
    bool json = false;
    if (const auto* language = value_of(query, "filter-lang")) {
        json = choice("filter-lang", *language, filter_languages) == 1;
    }
    if (const auto* uri = value_of(query, "filter-crs")) {
        result.crs = read_crs("filter-crs", *uri);
    }
    const auto* source = value_of(query, "filter");
    if (!source) {
        return std::nullopt;
    }
    result.source = *source;
    try {
        result.expression = json ? filter::parse_json_filter(*source) : filter::parse_text(*source);
    } catch (const filter::FilterError& error) {
        throw to_problem(error, *source);
    }
    return result;
}

void apply(const ItemFilter& item_filter, const Collection& collection, FeatureSet& set) {
    std::vector<filter::Property> properties;
    for (const auto& property : properties_of(collection.name)) {
        properties.push_back({property.name, filter_type(property.kind)});
    }
    try {
        const filter::Filter filter(item_filter.expression, {properties, columns_of(set)},
                                    meaning(item_filter.crs));
        keep_matching(filter, set.rows);
    } catch (const filter::FilterError& error) {
        throw to_problem(error, item_filter.source);
    }
}

} // namespace hotspots::service
