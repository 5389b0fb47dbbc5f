#include "service/csv.hpp"

#include "service/parameters.hpp"

namespace hotspots::service {

void append_csv_field(std::string& line, std::string_view field) {
    if (field.find_first_of(",\"\r\n") == field.npos) {
        line.append(field);
        return;
    }
    line.push_back('"');
    for (const char c : field) {
        line.append(c == '"' ? 2 : 1, c);
    }
    line.push_back('"');
}

void append_csv_text(std::string& line, std::string_view text) {
    const bool is_formula = text.find_first_of("=+-@\t\r") == 0 && !parse_number(text);
    append_csv_field(line, is_formula ? "'" + std::string(text) : std::string(text));
}

} // namespace hotspots::service
