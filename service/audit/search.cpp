#include "service/audit/search.hpp"

#include "service/audit/entry.hpp"
#include "service/audit/log_files.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <ranges>
#include <utility>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t search_block_bytes = 64 * 1024;

// A file's lines from the last to the first.
class BackwardLines {
public:
    explicit BackwardLines(const std::filesystem::path& path)
        : m_file(path, AuditFile::Mode::read), m_at(m_file.bytes()) {}

    std::optional<std::string> next() {
        while (true) {
            const auto end = m_text.rfind('\n', m_text.empty() ? 0 : m_text.size() - 1);
            if (end != m_text.npos && !m_text.empty()) {
                auto line = m_text.substr(end + 1);
                m_text.resize(end);
                if (!line.empty()) {
                    return line;
                }
            } else if (m_at == 0 || m_text.size() > longest_audit_line_bytes) {
                m_at = 0;
                return m_text.empty() ? std::nullopt
                                      : std::optional(std::exchange(m_text, std::string()));
            } else {
                read_block();
            }
        }
    }

private:
    void read_block() {
        const auto bytes = std::min<std::uint64_t>(search_block_bytes, m_at);
        m_at -= bytes;
        m_text.insert(0, m_file.read(m_at, static_cast<std::size_t>(bytes)));
    }

    AuditFile m_file;
    std::uint64_t m_at; // what is before it is not read yet
    std::string m_text; // read, not given out
};

bool is_text(const ordered_json& entry, const char* name, const std::string& wanted) {
    const auto found = entry.find(name);
    return wanted.empty() ||
           (found != entry.end() && found->is_string() && found->get<std::string>() == wanted);
}

// To the second, as texts compare.
std::string second_of(const std::optional<data::Instant>& instant) {
    return instant ? data::format_utc(*instant).substr(0, 19) : std::string();
}

struct Bounds {
    std::string begin;
    std::string end;
};

enum class Fit { yes, no, too_early };

Fit fit_of(const ordered_json& entry, const AuditQuery& query, const Bounds& bounds) {
    const auto time = entry.value("time", std::string()).substr(0, 19);
    if (!bounds.begin.empty() && time < bounds.begin) {
        return Fit::too_early;
    }
    const bool fits = (bounds.end.empty() || time < bounds.end) &&
                      is_text(entry, "who", query.who) && is_text(entry, "action", query.action);
    return fits ? Fit::yes : Fit::no;
}

} // namespace

AuditRest search_audit(const std::filesystem::path& folder, const AuditQuery& query,
                       std::uint64_t most_bytes,
                       const std::function<bool(const ordered_json&)>& visit) {
    const Bounds bounds{second_of(query.period.begin), second_of(query.period.end)};
    std::uint64_t read = 0;
    for (const auto& file : audit_files(folder) | std::views::reverse) {
        BackwardLines lines(file.path);
        while (const auto text = lines.next()) {
            const auto line = read_audit_line(*text);
            if (!line || line->link.sequence >= query.before) {
                continue;
            }
            read += text->size();
            if (read > most_bytes) {
                return line->link.sequence;
            }
            const auto entry = ordered_json::parse(*text, nullptr, false);
            if (!entry.is_object()) {
                continue;
            }
            const auto fit = fit_of(entry, query, bounds);
            if (fit == Fit::too_early) {
                return std::nullopt; // and so are all before it
            }
            if (fit == Fit::yes && !visit(entry)) {
                return line->link.sequence;
            }
        }
    }
    return std::nullopt;
}

} // namespace hotspots::service
