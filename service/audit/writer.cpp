#include "service/audit/writer.hpp"

#include "service/audit/log_files.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace hotspots::service {

namespace {

constexpr std::size_t copied_bytes = 1U << 20U;

AuditEntry own_entry(std::string note) {
    AuditEntry entry;
    entry.who = "llr-hotspots";
    entry.role = "operator";
    entry.action = "audit";
    entry.what = "recovery";
    entry.note = std::move(note);
    return entry;
}

std::string set_aside_name(const std::filesystem::path& folder, std::uint64_t sequence) {
    std::string name;
    for (int i = 1; name.empty() || std::filesystem::exists(folder / name); ++i) {
        name = "set-aside-" + std::to_string(sequence) + '-' + std::to_string(i);
    }
    return name;
}

// Copies what follows `from` to a file of its own and cuts it off.
void set_aside(const std::filesystem::path& folder, const std::string& name, const AuditFile& file,
               std::uint64_t from) {
    const AuditFile copy(folder / name, AuditFile::Mode::write);
    const auto end = file.bytes();
    auto to = copy.bytes();
    for (auto at = from; at < end; at += copied_bytes) {
        const auto part = file.read(
            at, static_cast<std::size_t>(std::min<std::uint64_t>(copied_bytes, end - at)));
        copy.write(to, part);
        to += part.size();
    }
    copy.sync();
    sync_audit_folder(folder);
    file.cut(from);
}

// The end of a trail whose anchor is gone: its last entry that is whole.
AuditAnchor found_end(const AuditFileName& name) {
    const AuditFile file(name.path, AuditFile::Mode::read);
    AuditAnchor end{{}, name.number, 0};
    std::string rest;
    for (std::uint64_t at = 0; at < file.bytes(); at += copied_bytes) {
        rest += file.read(at, copied_bytes);
        std::size_t begin = 0;
        for (auto line_end = rest.find('\n'); line_end != rest.npos;
             line_end = rest.find('\n', begin)) {
            const auto line =
                read_audit_line(std::string_view(rest).substr(begin, line_end - begin));
            end.bytes += line_end + 1 - begin;
            end.last = line ? line->link : end.last;
            begin = line_end + 1;
        }
        rest.erase(0, begin);
    }
    return end;
}

// What the anchor says and the files hold are made one again.
class Settling {
public:
    Settling(const std::filesystem::path& folder, std::vector<AuditEntry>& notes)
        : m_folder(folder), m_notes(notes) {}

    AuditAnchor settle() {
        const auto files = audit_files(m_folder);
        const auto known = read_audit_anchor(m_folder);
        if (!known && files.empty()) {
            return {};
        }
        if (!known) {
            m_notes.push_back(own_entry("the anchor was missing; the trail goes on after its last "
                                        "entry that is whole"));
        }
        auto anchor = known ? *known : found_end(files.back());
        for (const auto& file : files) {
            if (file.number > anchor.file) {
                set_rest_aside(file, 0, anchor);
                std::filesystem::remove(file.path);
            } else if (file.number == anchor.file) {
                set_rest_aside(file, anchor.bytes, anchor);
            }
        }
        check_end(anchor);
        return anchor;
    }

private:
    void set_rest_aside(const AuditFileName& name, std::uint64_t from, const AuditAnchor& anchor) {
        const AuditFile file(name.path, AuditFile::Mode::write);
        if (file.bytes() <= from) {
            return;
        }
        const auto bytes = file.bytes() - from;
        const auto copy = set_aside_name(m_folder, anchor.last.sequence);
        set_aside(m_folder, copy, file, from);
        m_notes.push_back(
            own_entry(std::to_string(bytes) + " bytes of " + name.path.filename().string() +
                      " after the last acknowledged entry, " +
                      std::to_string(anchor.last.sequence) + ", were set aside as " + copy));
    }

    void check_end(AuditAnchor& anchor) {
        if (anchor.file == 0) {
            return;
        }
        const auto path = audit_file_path(m_folder, anchor.file);
        const auto bytes =
            std::filesystem::exists(path) ? AuditFile(path, AuditFile::Mode::read).bytes() : 0;
        if (bytes < anchor.bytes) {
            m_notes.push_back(own_entry("acknowledged entries up to " +
                                        std::to_string(anchor.last.sequence) +
                                        " are missing from " + path.filename().string()));
            anchor.bytes = bytes;
        }
    }

    const std::filesystem::path& m_folder;
    std::vector<AuditEntry>& m_notes;
};

// A line that was cut must not join the next.
bool ends_in_a_line(const AuditFile& file, std::uint64_t bytes) {
    return bytes == 0 || file.read(bytes - 1, 1) == "\n";
}

} // namespace

std::filesystem::path audit_folder(const std::filesystem::path& data) {
    return data / "audit";
}

AuditWriter::AuditWriter(std::filesystem::path folder, AuditWriterOptions options)
    : m_folder(std::move(folder)), m_options(options) {}

AuditLink AuditWriter::append(std::span<const AuditEntry> entries) {
    try {
        const AuditLock lock(m_folder);
        std::vector<AuditEntry> notes;
        auto anchor = Settling(m_folder, notes).settle();
        const bool fresh = anchor.file == 0 || anchor.bytes >= m_options.file_bytes;
        if (fresh) {
            ++anchor.file;
            anchor.bytes = 0;
        }
        std::string text;
        for (const auto& note : notes) {
            append_audit_line(text, note, anchor.last);
        }
        for (const auto& entry : entries) {
            append_audit_line(text, entry, anchor.last);
        }
        const AuditFile file(audit_file_path(m_folder, anchor.file), AuditFile::Mode::write);
        if (!ends_in_a_line(file, anchor.bytes)) {
            text.insert(0, "\n");
        }
        try {
            file.write(anchor.bytes, text);
            file.sync();
        } catch (const AuditError&) {
            file.cut(anchor.bytes);
            throw;
        }
        if (fresh) {
            sync_audit_folder(m_folder);
        }
        anchor.bytes += text.size();
        write_audit_anchor(m_folder, anchor);
        return anchor.last;
    } catch (const std::filesystem::filesystem_error& error) {
        throw AuditError("the audit cannot be written: " + std::string(error.what()));
    }
}

} // namespace hotspots::service
