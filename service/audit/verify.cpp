#include "service/audit/verify.hpp"

#include "service/audit/anchor.hpp"
#include "service/audit/log_files.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace hotspots::service {

namespace {

constexpr std::size_t most_faults = 100;
constexpr std::size_t verified_block_bytes = 1U << 20U;

struct TrailFile {
    AuditFileName name;
    std::uint64_t bytes = 0;
};

// What there is at one moment: what is appended later is not looked at.
struct Trail {
    std::vector<TrailFile> files;
    std::optional<AuditAnchor> anchor;
};

Trail take_trail(const std::filesystem::path& folder) {
    Trail trail;
    if (!std::filesystem::exists(folder)) {
        return trail;
    }
    const AuditLock lock(folder);
    trail.anchor = read_audit_anchor(folder);
    for (auto& name : audit_files(folder)) {
        const auto bytes = AuditFile(name.path, AuditFile::Mode::read).bytes();
        trail.files.push_back({std::move(name), bytes});
    }
    return trail;
}

class Verification {
public:
    Verification(Trail trail, std::optional<AuditLink> expected)
        : m_trail(std::move(trail)), m_expected(std::move(expected)) {}

    AuditReport run() {
        check_names();
        for (const auto& file : m_trail.files) {
            read_file(file);
        }
        check_end();
        m_report.files = m_trail.files.size();
        return std::move(m_report);
    }

private:
    void fault(std::string kind, std::uint64_t sequence, std::string detail) {
        ++m_report.fault_count;
        if (m_report.faults.size() < most_faults) {
            m_report.faults.push_back(
                {std::move(kind), m_file, m_line, sequence, std::move(detail)});
        }
    }

    void missing_files(std::uint64_t first, std::uint64_t end) {
        m_file = audit_file_path({}, first).string();
        if (first < end) {
            fault("missing_file", 0,
                  end - first == 1 ? "the file is missing"
                                   : "the file and those after it are missing, " +
                                         std::to_string(end - first) + " in all");
        }
    }

    void check_names() {
        std::uint64_t wanted = 1;
        for (const auto& file : m_trail.files) {
            missing_files(wanted, file.name.number);
            wanted = file.name.number + 1;
        }
        if (m_trail.anchor) {
            missing_files(wanted, m_trail.anchor->file + 1);
        }
    }

    void read_file(const TrailFile& trail_file) {
        const AuditFile file(trail_file.name.path, AuditFile::Mode::read);
        m_file = trail_file.name.path.filename().string();
        m_line = 0;
        std::string rest;
        for (std::uint64_t at = 0; at < trail_file.bytes;) {
            const auto block = file.read(at, static_cast<std::size_t>(std::min<std::uint64_t>(
                                                 verified_block_bytes, trail_file.bytes - at)));
            if (block.empty()) {
                break; // it has become shorter
            }
            at += block.size();
            rest += block;
            read_lines(rest);
        }
        if (!rest.empty()) {
            ++m_line;
            fault("torn", m_report.last.sequence + 1, "the last line has no end");
        }
        m_line = 0;
    }

    // Takes whole lines off the front.
    void read_lines(std::string& text) {
        std::size_t begin = 0;
        for (auto end = text.find('\n'); end != text.npos; end = text.find('\n', begin)) {
            read_line(std::string_view(text).substr(begin, end - begin));
            begin = end + 1;
        }
        text.erase(0, begin);
        if (text.size() > longest_audit_line_bytes) { // not ours; its rest is not kept
            text.clear();
        }
    }

    void read_line(std::string_view text) {
        ++m_line;
        const auto line = read_audit_line(text);
        if (!line) {
            fault("not_an_entry", 0, "the line is no audit entry");
            return;
        }
        const auto sequence = line->link.sequence;
        const auto wanted = m_report.last.sequence + 1;
        if (!line->intact) {
            fault("edited", sequence, "the entry is not what its hash was made of");
        }
        if (sequence > wanted) {
            fault("gap", sequence,
                  "entry " + std::to_string(wanted) + " should be here; " +
                      std::to_string(sequence - wanted) + " are missing");
        } else if (sequence < wanted) {
            fault("reordered", sequence,
                  "entry " + std::to_string(wanted) + " should be here; " +
                      std::to_string(sequence) + " comes after later ones or twice");
        } else if (line->previous != m_report.last.hash) {
            fault("forged", sequence,
                  "the hash that it says of the entry before is not that entry's: one of the two "
                  "was replaced");
        }
        check_known(line->link);
        m_report.last = line->link;
        ++m_report.entries;
    }

    void check_known(const AuditLink& link) {
        if (m_expected && link.sequence == m_expected->sequence) {
            m_met_expected = link.hash == m_expected->hash;
        }
        if (!m_trail.anchor) {
            return;
        }
        const auto& acknowledged = m_trail.anchor->last;
        if (link.sequence > acknowledged.sequence) {
            fault("unacknowledged", link.sequence,
                  "the anchor says that " + std::to_string(acknowledged.sequence) +
                      " is the last entry: this one was added by somebody else, or its writer was "
                      "killed before it could say so");
        } else if (link.sequence == acknowledged.sequence && link.hash != acknowledged.hash) {
            fault("forged", link.sequence, "the anchor knows this entry by another hash");
        }
    }

    void check_end() {
        m_file = m_trail.files.empty() ? std::string()
                                       : m_trail.files.back().name.path.filename().string();
        m_line = 0;
        if (!m_trail.anchor && !m_trail.files.empty()) {
            fault("no_anchor", 0, "the file anchor is missing or damaged");
        }
        if (m_trail.anchor && m_report.last.sequence < m_trail.anchor->last.sequence) {
            fault("cut_off", m_trail.anchor->last.sequence,
                  "entries " + std::to_string(m_report.last.sequence + 1) + " to " +
                      std::to_string(m_trail.anchor->last.sequence) +
                      " were acknowledged and are missing at the end");
        }
        if (m_expected && !m_met_expected) {
            fault("other_end", m_expected->sequence,
                  "the entry that was expected is not part of the trail: it was cut off or made "
                  "anew");
        }
    }

    Trail m_trail;
    std::optional<AuditLink> m_expected;
    bool m_met_expected = false;
    AuditReport m_report;
    std::string m_file;
    std::uint64_t m_line = 0;
};

} // namespace

AuditReport verify_audit(const std::filesystem::path& folder,
                         const std::optional<AuditLink>& expected) {
    return Verification(take_trail(folder), expected).run();
}

std::string to_json(const AuditReport& report) {
    auto faults = nlohmann::ordered_json::array();
    for (const auto& fault : report.faults) {
        faults.push_back({{"kind", fault.kind},
                          {"file", fault.file},
                          {"line", fault.line},
                          {"sequence", fault.sequence},
                          {"detail", fault.detail}});
    }
    const nlohmann::ordered_json document{{"ok", report.ok()},
                                          {"files", report.files},
                                          {"entries", report.entries},
                                          {"last_sequence", report.last.sequence},
                                          {"last_hash", to_hex(report.last.hash)},
                                          {"fault_count", report.fault_count},
                                          {"faults", std::move(faults)}};
    return document.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

} // namespace hotspots::service
