#include "service/field_values.hpp"

#include "service/csv.hpp"
#include "service/parameters.hpp"

#include <algorithm>

namespace hotspots::service {

namespace {

struct AppendCsvValue {
    std::string& line;
    void operator()(std::monostate) const {}
    void operator()(bool value) const { line.append(value ? "true" : "false"); }
    void operator()(std::int64_t value) const { line.append(std::to_string(value)); }
    void operator()(double value) const { line.append(number_text(value)); }
    void operator()(const std::string& value) const { append_csv_text(line, value); }
};

} // namespace

data::FieldValue to_field(const tiles::Value& value) {
    if (const auto* list = std::get_if<tiles::TextList>(&value)) {
        std::string text;
        for (const auto& part : *list) {
            text.append(text.empty() ? "" : ", ").append(part);
        }
        return text;
    }
    if (const auto* flag = std::get_if<bool>(&value)) {
        return *flag;
    }
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        return *whole;
    }
    if (const auto* number = std::get_if<double>(&value)) {
        return *number;
    }
    const auto* text = std::get_if<std::string>(&value);
    return text ? data::FieldValue(*text) : data::FieldValue();
}

data::FieldValue field_of(const tiles::Feature& feature, std::string_view name) {
    const auto found = std::ranges::find(feature.properties, name, &tiles::Property::name);
    return found == feature.properties.end() ? data::FieldValue() : to_field(found->value);
}

void append_csv_value(std::string& line, const data::FieldValue& value) {
    std::visit(AppendCsvValue{line}, value);
}

} // namespace hotspots::service
