#include "service/cli/summary.hpp"

#include "service/cli/progress.hpp"

#include <nlohmann/json.hpp>

#include <ostream>

namespace hotspots::service {

namespace {

using nlohmann::json;

// Rejected values may hold terminal control codes.
std::string printable(std::string text) {
    for (char& c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F) {
            c = '?';
        }
    }
    return text;
}

std::string number_text(const json& number) {
    return number.is_number_integer() ? grouped(number.get<std::int64_t>()) : number.dump();
}

// "matched 95,000, unmatched 12"
std::string listing(const json& counts) {
    std::string text;
    for (const auto& [name, count] : counts.items()) {
        text += (text.empty() ? "" : ", ") + name + " " + number_text(count);
    }
    return text.empty() ? "none" : text;
}

// What of a table nobody named in a mapping or format.
void print_unmapped(std::ostream& out, const json& table) {
    const auto name = printable(table.value("name", ""));
    std::string columns;
    const auto unmapped = table.value("unmapped_columns", json::array());
    for (const auto& column : unmapped) {
        columns += (columns.empty() ? "" : ", ") + column.get<std::string>();
    }
    if (!columns.empty()) {
        out << "columns without a field, kept as they are: " << name << ": " << printable(columns)
            << '\n';
    }
    const auto words = table.value("unmapped_words", json::object());
    for (const auto& [column, found] : words.items()) {
        std::string listed;
        for (const auto& word : found) {
            listed += (listed.empty() ? "'" : ", '") + word.get<std::string>() + "'";
        }
        out << "words without a meaning in the mapping: " << name << ": " << printable(column)
            << ' ' << printable(listed) << '\n';
    }
}

void print_report(std::ostream& out, const json& report) {
    out << "locations: " << listing(report.value("status", json::object())) << '\n'
        << "found by: " << listing(report.value("level", json::object())) << '\n';
    const auto scopes = report.value("scope", json::object());
    for (const auto& [name, profile] : scopes.items()) {
        out << "scope " << name << ": in " << number_text(profile.value("in", json(0))) << ", out "
            << number_text(profile.value("out", json(0))) << ", review "
            << number_text(profile.value("review", json(0))) << '\n';
    }
    const auto crs = report.value("crs", json::object());
    out << "coordinates: " << crs.value("operation", "") << ", accurate to "
        << crs.value("accuracy_m", json(0.0)).dump() << " m\n";
    const auto tables = report.value("tables", json::array());
    for (const auto& table : tables) {
        print_unmapped(out, table);
    }
    const auto left_out = report.value("left_out", json::array());
    for (const auto& name : left_out) {
        out << "left out, holds no incidents: " << printable(name.get<std::string>()) << '\n';
    }
}

} // namespace

std::string counts_json(const data::ImportCounts& counts) {
    return nlohmann::ordered_json{{"rows", counts.rows},
                                  {"stored", counts.stored},
                                  {"updated", counts.updated},
                                  {"duplicate", counts.duplicate},
                                  {"rejected", counts.rejected}}
        .dump();
}

void print_rejects(std::ostream& out, const std::vector<data::Reject>& first, std::int64_t all) {
    for (const auto& reject : first) {
        out << "rejected: " << printable(reject.file) << ':' << reject.line << ": ";
        if (!reject.field.empty()) {
            out << printable(reject.field) << " '" << printable(reject.value) << "': ";
        }
        out << printable(reject.reason) << '\n';
    }
    const auto more = all - static_cast<std::int64_t>(first.size());
    if (more > 0) {
        out << "rejected: and " << grouped(more) << " more rows\n";
    }
}

void print_import_summary(std::ostream& out, const data::ImportResult& result) {
    const auto& counts = result.entry.counts;
    print_rejects(out, result.first_rejects, counts.rejected);
    if (counts.rejected > static_cast<std::int64_t>(result.first_rejects.size())) {
        out << "all of them are kept: table rejects of the store, import_id " << result.entry.id
            << '\n';
    }
    out << grouped(counts.rows) << " rows of " << result.entry.format << ": "
        << grouped(counts.stored) << " stored, " << grouped(counts.updated) << " updated, "
        << grouped(counts.duplicate) << " duplicate, " << grouped(counts.rejected) << " rejected\n";
    if (counts.stored + counts.updated > 0) {
        print_report(out, json::parse(result.entry.report));
    }
    out << (result.changed ? "revision " : "nothing changed; revision ") << result.revision.number
        << '\n';
}

void print_reference_summary(std::ostream& out, const data::ReferenceResult& result) {
    print_rejects(out, result.first_rejects, result.rejected);
    if (!result.note.empty()) {
        out << result.note << '\n';
    }
    out << grouped(result.rows) << " rows: " << grouped(result.loaded) << " loaded, "
        << grouped(result.rejected) << " rejected; " << grouped(result.relocated)
        << " incidents have another place or ward\n"
        << "revision " << result.revision.number << '\n';
}

} // namespace hotspots::service
