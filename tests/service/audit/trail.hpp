// A data folder's audit trail to be written, damaged and looked at; it goes with the object.
#pragma once

#include "service/audit/verify.hpp"
#include "service/audit/writer.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace hotspots::tests {

inline service::AuditEntry audit_entry(const std::string& what) {
    service::AuditEntry entry;
    entry.who = "a person";
    entry.role = "inspector";
    entry.action = "consultation";
    entry.what = what;
    return entry;
}

struct Trail {
    std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("audit-test-" + std::to_string(::getpid()));
    Trail() { std::filesystem::remove_all(folder); }
    ~Trail() { std::filesystem::remove_all(folder); }
    Trail(const Trail&) = delete;
    Trail& operator=(const Trail&) = delete;

    void append(int first, int last, service::AuditWriterOptions options = {}) const {
        service::AuditWriter writer(folder, options);
        for (int i = first; i <= last; ++i) {
            const std::vector entries{audit_entry("read " + std::to_string(i))};
            writer.append(entries);
        }
    }
    std::string read(const std::string& name) const {
        std::ifstream stream(folder / name, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(stream), {});
    }
    void write(const std::string& name, const std::string& text) const {
        std::ofstream(folder / name, std::ios::binary) << text;
    }
    std::vector<std::string> lines(const std::string& name) const {
        std::vector<std::string> all;
        std::istringstream text(read(name));
        for (std::string line; std::getline(text, line);) {
            all.push_back(line);
        }
        return all;
    }
    void write_lines(const std::string& name, const std::vector<std::string>& all) const {
        std::string text;
        for (const auto& line : all) {
            text += line + '\n';
        }
        write(name, text);
    }
    // "edited audit-000001.jsonl:3 #3; …"
    std::string faults() const {
        std::string text;
        for (const auto& fault : service::verify_audit(folder).faults) {
            text += (text.empty() ? "" : "; ") + fault.kind + ' ' + fault.file + ':' +
                    std::to_string(fault.line) + " #" + std::to_string(fault.sequence);
        }
        return text;
    }
};

} // namespace hotspots::tests
