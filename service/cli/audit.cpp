// `audit verify`: whether the trail is as it was written.
#include "service/audit/verify.hpp"
#include "service/audit/writer.hpp"
#include "service/cli/commands.hpp"

#include <charconv>
#include <iostream>

namespace hotspots::service {

namespace {

// "1234:9f86…": what an earlier `audit verify` gave as last_sequence and last_hash.
AuditLink read_expected_end(const std::string& text) {
    AuditLink link;
    const auto colon = std::min(text.find(':'), text.size());
    const auto* end = text.data() + colon;
    const auto number = std::from_chars(text.data(), end, link.sequence);
    const auto hash =
        sha256_from_hex(std::string_view(text).substr(std::min(colon + 1, text.size())));
    if (number.ec != std::errc() || number.ptr != end || !hash) {
        throw UsageError("--expect '" + text +
                         "' is not SEQUENCE:HASH, the last_sequence and last_hash of an earlier "
                         "'audit verify'");
    }
    link.hash = *hash;
    return link;
}

} // namespace

int verify_audit_trail(const VerifyAuditOptions& options) {
    std::optional<AuditLink> expected;
    if (!options.expect.empty()) {
        expected = read_expected_end(options.expect);
    }
    const auto report = verify_audit(audit_folder(options.store.data), expected);
    std::cout << to_json(report) << std::endl;
    for (const auto& fault : report.faults) {
        std::cerr << fault.kind << ": " << fault.file;
        if (fault.line > 0) {
            std::cerr << ", line " << fault.line;
        }
        if (fault.sequence > 0) {
            std::cerr << ", entry " << fault.sequence;
        }
        std::cerr << ": " << fault.detail << '\n';
    }
    return report.ok() ? exit_done : exit_failed;
}

} // namespace hotspots::service
