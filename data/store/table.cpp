#include "data/errors.hpp"
#include "data/store/database.hpp"
#include "data/store/gdal_errors.hpp"

#include <ogrsf_frmts.h>

#include <algorithm>

namespace hotspots::data::store {

namespace {

constexpr int utc_flag = 100; // OGR's time zone flag for UTC

std::string in_table(const TableSchema& schema, const std::string& what) {
    return std::string("table '") + schema.name + "': " + what;
}

} // namespace

Row::Row(OGRFeature* feature, std::span<const int> fields) : m_feature(feature), m_fields(fields) {}
Row::~Row() = default;
Row::Row(Row&&) noexcept = default;
Row& Row::operator=(Row&&) noexcept = default;

void Row::Release::operator()(OGRFeature* feature) const {
    OGRFeature::DestroyFeature(feature);
}

std::int64_t Row::id() const {
    return m_feature->GetFID();
}

std::string_view Row::text(std::size_t column) const {
    const int field = m_fields[column];
    return m_feature->IsFieldSetAndNotNull(field) ? m_feature->GetFieldAsString(field) : "";
}

std::optional<std::int64_t> Row::integer(std::size_t column) const {
    const int field = m_fields[column];
    if (!m_feature->IsFieldSetAndNotNull(field)) {
        return std::nullopt;
    }
    return m_feature->GetFieldAsInteger64(field);
}

std::optional<double> Row::real(std::size_t column) const {
    const int field = m_fields[column];
    if (!m_feature->IsFieldSetAndNotNull(field)) {
        return std::nullopt;
    }
    return m_feature->GetFieldAsDouble(field);
}

std::optional<Instant> Row::time(std::size_t column) const {
    using namespace std::chrono;
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    float second = 0;
    int zone = 0;
    const int field = m_fields[column];
    if (!m_feature->IsFieldSetAndNotNull(field) ||
        !m_feature->GetFieldAsDateTime(field, &year, &month, &day, &hour, &minute, &second,
                                       &zone)) {
        return std::nullopt;
    }
    const year_month_day date{std::chrono::year(year),
                              std::chrono::month(static_cast<unsigned>(month)),
                              std::chrono::day(static_cast<unsigned>(day))};
    return sys_days(date) + hours(hour) + minutes(minute) + seconds(static_cast<int>(second));
}

void Row::set_null(std::size_t column) {
    m_feature->SetFieldNull(m_fields[column]);
}

void Row::set(std::size_t column, std::string_view text) {
    if (text.empty()) {
        set_null(column);
    } else {
        m_feature->SetField(m_fields[column], std::string(text).c_str());
    }
}

void Row::set(std::size_t column, std::int64_t value) {
    m_feature->SetField(m_fields[column], static_cast<GIntBig>(value));
}

void Row::set(std::size_t column, double value) {
    m_feature->SetField(m_fields[column], value);
}

void Row::set(std::size_t column, Instant value) {
    const auto midnight = std::chrono::floor<std::chrono::days>(value);
    const std::chrono::year_month_day day(midnight);
    const std::chrono::hh_mm_ss time(value - midnight);
    m_feature->SetField(m_fields[column], static_cast<int>(day.year()),
                        static_cast<int>(static_cast<unsigned>(day.month())),
                        static_cast<int>(static_cast<unsigned>(day.day())),
                        static_cast<int>(time.hours().count()),
                        static_cast<int>(time.minutes().count()),
                        static_cast<float>(time.seconds().count()), utc_flag);
}

Table::Table(OGRLayer& layer, const TableSchema& schema) : m_layer(&layer), m_schema(&schema) {
    for (const auto& column : schema.columns) {
        const int field = layer.GetLayerDefn()->GetFieldIndex(column.name);
        if (field < 0) {
            throw StoreError(in_table(schema, std::string("has no column '") + column.name +
                                                  "'; the store was made by another version"));
        }
        m_fields.push_back(field);
    }
}

Row Table::new_row() const {
    return {OGRFeature::CreateFeature(m_layer->GetLayerDefn()), m_fields};
}

Row Table::new_row(std::int64_t id) const {
    auto row = new_row();
    row.m_feature->SetFID(id);
    return row;
}

std::int64_t Table::insert(Row& row) {
    const CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    CPLErrorReset();
    if (m_layer->CreateFeature(row.m_feature.get()) != OGRERR_NONE) {
        throw_store_error(in_table(*m_schema, "cannot add a row"));
    }
    return row.id();
}

void Table::update(const Row& row) {
    const CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    CPLErrorReset();
    if (m_layer->SetFeature(row.m_feature.get()) != OGRERR_NONE) {
        throw_store_error(in_table(*m_schema, "cannot change row " + std::to_string(row.id())));
    }
}

Row Table::get(std::int64_t id) {
    const CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    CPLErrorReset();
    Row row(m_layer->GetFeature(id), m_fields);
    if (!row.m_feature) {
        throw_store_error(in_table(*m_schema, "has no row " + std::to_string(id)));
    }
    return row;
}

void Table::ignore_all_but(std::span<const std::size_t> wanted) {
    std::vector<const char*> ignored;
    if (!wanted.empty()) {
        for (std::size_t column = 0; column < m_schema->columns.size(); ++column) {
            if (std::find(wanted.begin(), wanted.end(), column) == wanted.end()) {
                ignored.push_back(m_schema->columns[column].name);
            }
        }
    }
    ignored.push_back(nullptr);
    m_layer->SetIgnoredFields(ignored.data());
}

void Table::scan(const std::string& condition, std::span<const std::size_t> wanted,
                 const std::function<void(const Row&)>& visit) {
    // Puts the layer back as it was, and ends its statement, whatever `visit` does: an open one
    // would hold the reader at this revision.
    struct Restore {
        Table& table;
        ~Restore() {
            table.m_layer->SetAttributeFilter(nullptr);
            table.ignore_all_but({});
            table.m_layer->ResetReading();
        }
    };
    const CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    const Restore restore{*this};
    CPLErrorReset();
    ignore_all_but(wanted);
    if (m_layer->SetAttributeFilter(condition.empty() ? nullptr : condition.c_str()) !=
        OGRERR_NONE) {
        throw_store_error(in_table(*m_schema, "cannot be read where " + condition));
    }
    m_layer->ResetReading();
    while (auto* feature = m_layer->GetNextFeature()) {
        visit(Row(feature, m_fields));
    }
    // OGR ends a layer that cannot be read further like one that is read through.
    if (CPLGetLastErrorType() >= CE_Failure) {
        throw_store_error(in_table(*m_schema, "cannot be read"));
    }
}

} // namespace hotspots::data::store
