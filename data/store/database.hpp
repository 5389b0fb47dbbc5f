// Tables and rows over OGR: the one place of the store that knows GDAL. A GeoPackage in write-ahead
// mode today; what is asked of it (transactions, rows by id, plain SQL filters) PostGIS also gives.
// A database and its tables belong to one thread.
#pragma once

#include "data/moment.hpp"
#include "geo/geometry.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

class OGRFeature;
class OGRLayer;

namespace hotspots::data::store {

enum class ColumnType { text, integer, real, time };
enum class Shape { none, point, multi_polygon, multi_line };

struct Column {
    const char* name;
    ColumnType type;
};

struct TableSchema {
    const char* name;
    const char* description; // what QGIS shows of the layer
    Shape shape;
    std::span<const Column> columns;
    const char* unique = nullptr;  // columns of a unique index, as SQL
    const char* indexed = nullptr; // columns of a further index, as SQL
};

using Lines = std::vector<std::vector<geo::LonLat>>;

// One row. Columns are named by their index in the schema. An empty text is kept as null; texts are
// UTF-8 without zero bytes. Geometry is WGS 84, longitude first.
class Row {
public:
    Row(OGRFeature* feature, std::span<const int> fields); // takes the feature over
    ~Row();
    Row(Row&&) noexcept;
    Row& operator=(Row&&) noexcept;

    std::int64_t id() const;
    std::string_view text(std::size_t column) const; // valid until the row changes
    std::optional<std::int64_t> integer(std::size_t column) const;
    std::optional<double> real(std::size_t column) const;
    std::optional<Instant> time(std::size_t column) const;
    std::optional<geo::LonLat> point() const;
    geo::MultiPolygon<geo::LonLat> polygons() const;
    Lines lines() const;

    void set(std::size_t column, std::string_view text);
    void set(std::size_t column, std::int64_t value);
    void set(std::size_t column, double value);
    void set(std::size_t column, Instant value);
    void set_null(std::size_t column);
    template <class Value>
    void set(std::size_t column, const std::optional<Value>& value) {
        value ? set(column, *value) : set_null(column);
    }
    void set_point(const std::optional<geo::LonLat>& point); // empty removes the geometry
    void set_polygons(const geo::MultiPolygon<geo::LonLat>& polygons);
    void set_lines(const Lines& lines);

private:
    friend class Table;
    struct Release {
        void operator()(OGRFeature* feature) const;
    };
    std::unique_ptr<OGRFeature, Release> m_feature;
    std::span<const int> m_fields; // of the table: schema column -> field of the feature
};

// All functions throw StoreError with the table's name and the database's message.
class Table {
public:
    Table(OGRLayer& layer, const TableSchema& schema);

    const TableSchema& schema() const { return *m_schema; }
    Row new_row() const;
    Row new_row(std::int64_t id) const; // for update(): replaces all of the row with that id
    std::int64_t insert(Row& row);      // returns the id
    void update(const Row& row);        // replaces the row of the same id, which must exist
    Row get(std::int64_t id);
    // Calls `visit` with each row that the SQL condition holds for ("" for all), in no fixed order.
    // Columns other than `wanted` are not read; empty means all of them and the geometry.
    void scan(const std::string& condition, std::span<const std::size_t> wanted,
              const std::function<void(const Row&)>& visit);

private:
    void ignore_all_but(std::span<const std::size_t> wanted);

    OGRLayer* m_layer;
    const TableSchema* m_schema;
    std::vector<int> m_fields;
};

class Database {
public:
    // Creates the file whole: it appears under its name with every table or not at all, and holds
    // whatever `fill` wrote.
    static void create(const std::string& path, std::span<const TableSchema> schemas,
                       const std::function<void(Database&)>& fill);
    Database(const std::string& path, bool writable);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    Table table(const TableSchema& schema);
    void add_table(const TableSchema& schema);
    void begin();
    void commit();
    void rollback() noexcept;
    void execute(const std::string& sql); // a statement without a result

private:
    struct State;
    std::unique_ptr<State> m_state;
};

// 'it''s': a text as an SQL literal.
std::string sql_literal(std::string_view text);

} // namespace hotspots::data::store
