#include "service/audit/anchor.hpp"

#include "service/audit/log_files.hpp"

#include <array>
#include <sstream>
#include <string>

namespace hotspots::service {

namespace {

constexpr std::size_t slot_bytes = 256;

// "sequence hash file bytes check", filled up with spaces to a line.
std::string to_slot(const AuditAnchor& anchor) {
    auto text = std::to_string(anchor.last.sequence) + ' ' + to_hex(anchor.last.hash) + ' ' +
                std::to_string(anchor.file) + ' ' + std::to_string(anchor.bytes);
    text += ' ' + to_hex(sha256(text));
    text.resize(slot_bytes - 1, ' ');
    return text + '\n';
}

std::optional<AuditAnchor> from_slot(const std::string& slot) {
    AuditAnchor anchor;
    std::string hash;
    std::istringstream words(slot);
    if (!(words >> anchor.last.sequence >> hash >> anchor.file >> anchor.bytes)) {
        return std::nullopt;
    }
    const auto digest = sha256_from_hex(hash);
    if (!digest) {
        return std::nullopt;
    }
    anchor.last.hash = *digest;
    return to_slot(anchor) == slot ? std::optional(anchor) : std::nullopt;
}

std::array<std::optional<AuditAnchor>, 2> read_slots(const std::filesystem::path& folder) {
    std::array<std::optional<AuditAnchor>, 2> slots;
    const auto path = folder / "anchor";
    if (!std::filesystem::exists(path)) {
        return slots;
    }
    const AuditFile file(path, AuditFile::Mode::read);
    for (std::size_t i = 0; i < slots.size(); ++i) {
        slots[i] = from_slot(file.read(i * slot_bytes, slot_bytes));
    }
    return slots;
}

// The slot of the later anchor; 1 where there is none.
std::size_t newer(const std::array<std::optional<AuditAnchor>, 2>& slots) {
    const bool first = slots[0] && (!slots[1] || slots[0]->last.sequence > slots[1]->last.sequence);
    return first ? 0 : 1;
}

} // namespace

std::optional<AuditAnchor> read_audit_anchor(const std::filesystem::path& folder) {
    const auto slots = read_slots(folder);
    return slots[newer(slots)];
}

void write_audit_anchor(const std::filesystem::path& folder, const AuditAnchor& anchor) {
    const auto slots = read_slots(folder);
    const bool fresh = !slots[0] && !slots[1];
    const AuditFile file(folder / "anchor", AuditFile::Mode::write);
    file.write((1 - newer(slots)) * slot_bytes, to_slot(anchor));
    file.sync();
    if (fresh) {
        sync_audit_folder(folder);
    }
}

} // namespace hotspots::service
