#include "data/ingest/geojson_feature.hpp"

#include <nlohmann/json.hpp>

#include <string_view>

namespace hotspots::data {

namespace {

using Json = nlohmann::json;

// What both handlers take alike: every scalar as its text.
class TextSax : public nlohmann::json_sax<Json> {
public:
    explicit TextSax(const JsonCursor& cursor) : m_cursor(cursor) {}

    bool null() override { return scalar(Kind::null, ""); }
    bool boolean(bool value) override { return scalar(Kind::other, value ? "true" : "false"); }
    bool number_integer(Json::number_integer_t value) override {
        return scalar(Kind::number, std::to_string(value));
    }
    bool number_unsigned(Json::number_unsigned_t value) override {
        return scalar(Kind::number, std::to_string(value));
    }
    bool number_float(Json::number_float_t, const Json::string_t& text) override {
        return scalar(Kind::number, text);
    }
    bool string(Json::string_t& text) override { return scalar(Kind::text, text); }
    bool binary(Json::binary_t&) override { return false; } // JSON has none
    bool parse_error(std::size_t, const std::string&, const Json::exception& error) override {
        const std::string what = error.what();
        const auto detail = what.find(": ");
        m_cursor.fail("not valid JSON: " +
                      (detail == std::string::npos ? what : what.substr(detail + 2)));
    }

protected:
    enum class Kind { null, text, number, other };
    virtual bool scalar(Kind kind, const std::string& text) = 0;

private:
    const JsonCursor& m_cursor;
};

class FeatureSax final : public TextSax {
public:
    using TextSax::TextSax;

    bool key(Json::string_t& name) override {
        (m_depth == 1 ? m_member : m_key) = name;
        return true;
    }
    bool start_object(std::size_t) override { return open(true); }
    bool start_array(std::size_t) override { return open(false); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    GeoJsonFeature finish();

private:
    bool scalar(Kind kind, const std::string& text) override;
    bool open(bool is_object);
    bool close() {
        --m_depth;
        return true;
    }
    void member(Kind kind, const std::string& text);
    void property(const std::string& text);
    void fail(const std::string& field, const std::string& value, const std::string& reason) {
        if (!m_feature.fault) {
            m_feature.fault = RowFault{field, value, reason};
        }
    }
    void check_geometry();

    GeoJsonFeature m_feature;
    int m_depth = 0;
    std::string m_member; // of the feature
    std::string m_key;    // of its properties or geometry
    std::string m_type;
    bool m_has_geometry = false;
    bool m_is_flat = true; // coordinates are numbers only
    std::string m_geometry_type;
    std::vector<std::string> m_coordinates;
};

bool FeatureSax::open(bool is_object) {
    ++m_depth;
    if (m_depth == 2 && m_member == "properties" && !is_object) {
        fail(m_member, "", "a list; expected an object, or null");
    } else if (m_depth == 2 && m_member == "geometry") {
        m_has_geometry = true;
    } else if (m_depth == 2 && m_member == "crs") {
        fail(m_member, "",
             "a feature of its own reference system; expected none: longitude and "
             "latitude of WGS84 (RFC 7946, 4)");
    } else if (m_depth == 3 && m_member == "properties") {
        fail(m_key, "", "a nested value; expected a text, a number, true, false or null");
    } else if (m_member == "geometry" && (m_depth > 3 || is_object)) {
        m_is_flat = false;
    }
    return true;
}

bool FeatureSax::scalar(Kind kind, const std::string& text) {
    if (m_depth == 1) {
        member(kind, text);
    } else if (m_depth == 2 && m_member == "properties") {
        property(text);
    } else if (m_depth == 2 && m_member == "geometry" && m_key == "type") {
        m_geometry_type = text;
    } else if (m_depth == 3 && m_member == "geometry" && m_key == "coordinates") {
        m_is_flat = m_is_flat && kind == Kind::number;
        m_coordinates.push_back(text);
    }
    return true;
}

void FeatureSax::member(Kind kind, const std::string& text) {
    if (m_member == "type") {
        m_type = text;
    } else if (m_member == "id" && (kind == Kind::text || kind == Kind::number)) {
        m_feature.id = text;
    } else if (kind != Kind::null && (m_member == "geometry" || m_member == "properties")) {
        fail(m_member, text, "expected an object, or null");
    }
}

void FeatureSax::property(const std::string& text) {
    if (text.find('\0') != std::string::npos) {
        fail(m_key, "", "a character U+0000, which no text holds");
        return;
    }
    m_feature.properties.emplace_back(m_key, text);
}

void FeatureSax::check_geometry() {
    if (m_geometry_type != "Point") {
        fail("geometry", m_geometry_type, "expected a Point, or null where there is none");
    } else if (!m_is_flat || m_coordinates.size() < 2 || m_coordinates.size() > 3) {
        fail("geometry", "", "coordinates that are no position; expected [longitude, latitude]");
    } else {
        m_feature.longitude = m_coordinates[0];
        m_feature.latitude = m_coordinates[1];
    }
}

GeoJsonFeature FeatureSax::finish() {
    if (m_type != "Feature") {
        fail("type", m_type, "expected Feature");
    }
    if (m_has_geometry) {
        check_geometry();
    }
    return std::move(m_feature);
}

class PathSax final : public TextSax {
public:
    using TextSax::TextSax;

    bool key(Json::string_t& name) override {
        m_path.resize(m_ends.back());
        m_path += (m_path.empty() ? "" : ".") + name;
        return true;
    }
    bool start_object(std::size_t) override { return open(); }
    bool start_array(std::size_t) override { return open(); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    std::map<std::string, std::string> texts;

private:
    bool open() {
        m_ends.push_back(m_path.size());
        return true;
    }
    bool close() {
        m_path.resize(m_ends.back());
        m_ends.pop_back();
        return true;
    }
    bool scalar(Kind kind, const std::string& text) override {
        constexpr std::size_t longest_path = 200; // deeper ones would cost their square
        if (kind == Kind::text && m_path.size() <= longest_path) {
            texts[m_path] = text;
        }
        return true;
    }
    std::string m_path;
    std::vector<std::size_t> m_ends; // of the paths of the values that are open
};

void parse(JsonCursor& cursor, TextSax& sax) {
    cursor.mark();
    Json::sax_parse(JsonBytes(cursor), JsonBytes(), &sax, Json::input_format_t::json, false);
}

// The parser would look one byte past a number's end.
void skip_number(JsonCursor& cursor) {
    cursor.mark();
    std::string text;
    constexpr std::string_view characters = "+-.0123456789Ee";
    for (int c = cursor.peek();
         c != JsonCursor::end_of_file && characters.find(static_cast<char>(c)) != std::string::npos;
         c = cursor.peek()) {
        text.push_back(static_cast<char>(c));
        cursor.skip();
    }
    if (!Json::accept(text)) {
        cursor.fail("'" + text.substr(0, 50) + "' is no number as JSON has it");
    }
}

} // namespace

GeoJsonFeature read_feature(JsonCursor& cursor) {
    if (cursor.peek_past_space() != '{') {
        cursor.fail("expected a feature, an object in braces");
    }
    const auto line = cursor.line();
    FeatureSax sax(cursor);
    parse(cursor, sax);
    auto feature = sax.finish();
    feature.line = line;
    return feature;
}

std::map<std::string, std::string> read_texts(JsonCursor& cursor) {
    const int first = cursor.peek_past_space();
    if (first == '-' || (first >= '0' && first <= '9')) {
        skip_number(cursor);
        return {};
    }
    PathSax sax(cursor);
    parse(cursor, sax);
    return std::move(sax.texts);
}

} // namespace hotspots::data
