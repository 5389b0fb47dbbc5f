#include "data/errors.hpp"
#include "data/store/rows.hpp"
#include "data/store/schema.hpp"

#include <limits>

namespace hotspots::data::store {

namespace {

std::string_view precision_text(TimePrecision precision) {
    switch (precision) {
    case TimePrecision::month:
        return "month";
    case TimePrecision::day:
        return "day";
    case TimePrecision::exact:
        break;
    }
    return "exact";
}

template <class Enum>
Enum word(const Row& row, std::size_t column) {
    const auto text = row.text(column);
    const auto value = from_text<Enum>(text);
    if (!value) {
        throw_damaged("incidents", row, schemas()[tables::incidents].columns[column].name, text);
    }
    return *value;
}

template <class Point>
void set_pair(Row& row, std::size_t x, std::size_t y, const std::optional<Point>& point) {
    row.set(x, point ? std::optional(x_of(*point)) : std::nullopt);
    row.set(y, point ? std::optional(y_of(*point)) : std::nullopt);
}

template <class Point>
std::optional<Point> pair(const Row& row, std::size_t x, std::size_t y) {
    const auto x_value = row.real(x);
    const auto y_value = row.real(y);
    return x_value && y_value ? std::optional(Point{*x_value, *y_value}) : std::nullopt;
}

void write_record(Row& row, const RawRecord& record) {
    row.set(incident::incident_id, record.incident_id);
    row.set(incident::source, to_text(record.source));
    row.set(incident::format, record.format);
    row.set(incident::occurred_from, format_moment(record.occurred_from));
    row.set(incident::occurred_to,
            record.occurred_to ? format_moment(*record.occurred_to) : std::string());
    row.set(incident::time_precision, precision_text(record.occurred_from.precision));
    row.set(incident::occurred_begin, record.occurred_from.begin);
    row.set(incident::occurred_end,
            record.occurred_to ? record.occurred_to->end : record.occurred_from.end);
    row.set(incident::offence_code, record.offence_code);
    row.set(incident::offence, record.offence);
    row.set(incident::place_type, to_text(record.place_type));
    row.set(incident::domestic, to_text(record.domestic));
    row.set(incident::weapon, to_text(record.weapon));
    row.set(incident::victim_age,
            record.victim_age ? std::optional<std::int64_t>(*record.victim_age) : std::nullopt);
    row.set(incident::injury, record.injury);
    row.set(incident::location_text, record.location_text);
    set_pair(row, incident::given_easting, incident::given_northing, record.given_bng);
    set_pair(row, incident::given_longitude, incident::given_latitude, record.given_lon_lat);
    row.set(incident::snapped, std::int64_t{record.snapped});
    row.set(incident::extra, record.extra);
    row.set(incident::content_hash, static_cast<std::int64_t>(content_hash(record)));
}

Location read_location(const Row& row) {
    Location location;
    location.status = word<GeocodeStatus>(row, incident::status);
    if (!row.text(incident::level).empty()) {
        location.level = word<GeocodeLevel>(row, incident::level);
    }
    location.point = pair<geo::BngPoint>(row, incident::easting, incident::northing);
    location.lon_lat = row.point();
    location.uncertainty_m = row.real(incident::uncertainty_m);
    location.score = row.real(incident::score).value_or(0);
    location.matched_text = row.text(incident::matched_text);
    location.rule = row.text(incident::rule);
    location.candidates = candidates_from_json(row.text(incident::candidates));
    return location;
}

std::optional<int> age(const Row& row) {
    const auto value = row.integer(incident::victim_age);
    if (!value) {
        return std::nullopt;
    }
    if (*value < std::numeric_limits<int>::min() || *value > std::numeric_limits<int>::max()) {
        throw_damaged("incidents", row, "victim_age", std::to_string(*value));
    }
    return static_cast<int>(*value);
}

} // namespace

void throw_damaged(const char* table, const Row& row, const char* column, std::string_view value) {
    throw StoreError(std::string("table '") + table + "', row " + std::to_string(row.id()) + ": " +
                     column + " is '" + std::string(value) +
                     "', which no version of this program writes; was the store edited by hand?");
}

void write_location(Row& row, const Location& location, const std::string& ward_code) {
    row.set(incident::status, to_text(location.status));
    row.set(incident::level, location.level ? to_text(*location.level) : std::string_view());
    set_pair(row, incident::easting, incident::northing, location.point);
    row.set_point(location.lon_lat);
    row.set(incident::uncertainty_m, location.uncertainty_m);
    row.set(incident::score, location.score);
    row.set(incident::matched_text, location.matched_text);
    row.set(incident::rule, location.rule);
    row.set(incident::candidates, candidates_to_json(location.candidates));
    row.set(incident::ward_code, ward_code);
}

void write_incident(Row& row, const Incident& entry, std::int64_t revision) {
    write_record(row, entry.record);
    write_location(row, entry.location, entry.ward_code);
    row.set(incident::import_id, entry.import_id);
    row.set(incident::written_revision, revision);
}

std::span<const std::size_t> read_columns() {
    static const auto columns = [] {
        std::vector<std::size_t> wanted;
        for (std::size_t column = 0; column <= incident::import_id; ++column) {
            if (column != incident::time_precision && column != incident::occurred_begin &&
                column != incident::occurred_end) {
                wanted.push_back(column);
            }
        }
        return wanted;
    }();
    return columns;
}

StoredKey read_key(const Row& row) {
    return {row.id(), word<Source>(row, incident::source),
            std::string(row.text(incident::incident_id)),
            static_cast<std::uint64_t>(row.integer(incident::content_hash).value_or(0))};
}

Moment IncidentReader::moment(const Row& row, std::size_t column) {
    const auto text = row.text(column);
    if (m_text.empty() || text != m_text) {
        const auto parsed = parse_moment(text);
        if (!parsed) {
            throw_damaged("incidents", row, schemas()[tables::incidents].columns[column].name,
                          text);
        }
        m_text = text;
        m_moment = *parsed;
    }
    return m_moment;
}

Incident IncidentReader::read(const Row& row) {
    Incident result;
    result.id = row.id();
    result.import_id = row.integer(incident::import_id).value_or(0);
    auto& record = result.record;
    record.incident_id = row.text(incident::incident_id);
    record.source = word<Source>(row, incident::source);
    record.format = row.text(incident::format);
    record.occurred_from = moment(row, incident::occurred_from);
    if (!row.text(incident::occurred_to).empty()) {
        record.occurred_to = moment(row, incident::occurred_to);
    }
    record.offence_code = row.text(incident::offence_code);
    record.offence = row.text(incident::offence);
    record.location_text = row.text(incident::location_text);
    record.given_bng = pair<geo::BngPoint>(row, incident::given_easting, incident::given_northing);
    record.given_lon_lat =
        pair<geo::LonLat>(row, incident::given_longitude, incident::given_latitude);
    record.snapped = row.integer(incident::snapped).value_or(0) != 0;
    record.place_type = word<PlaceType>(row, incident::place_type);
    record.domestic = word<Domestic>(row, incident::domestic);
    record.weapon = word<Weapon>(row, incident::weapon);
    record.victim_age = age(row);
    record.injury = row.text(incident::injury);
    record.extra = row.text(incident::extra);
    result.location = read_location(row);
    result.ward_code = row.text(incident::ward_code);
    return result;
}

} // namespace hotspots::data::store
