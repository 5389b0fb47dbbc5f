// One entry of the audit trail and the line of text that keeps it: who did what, when, from where
// and why, chained to the entry before by SHA-256. What is logged follows section 62 of the Data
// Protection Act 2018.
#pragma once

#include "service/access/secrets.hpp"
#include "service/policy.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hotspots::service {

// The trail cannot be written or read. What it stands for must then not happen.
class AuditError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

using AuditTime = std::chrono::sys_time<std::chrono::milliseconds>;
AuditTime audit_now();

// A change is noted twice: what is about to be done, and how it ended. All else once.
enum class AuditPhase { whole, intent, outcome };

struct AuditEntry {
    AuditTime time = audit_now();
    std::string who;    // name of the account or key; of a command the system's user
    std::string role;   // as to_text(Role), or "operator" for the command line
    std::string action; // to_text(Action), or "sign_in", "administration", "audit"
    AuditPhase phase = AuditPhase::whole;
    std::string what; // method and route ("GET /review"), or the command ("import")
    std::vector<std::pair<std::string, std::string>> parameters; // of path and query
    std::optional<std::uint64_t> rows;                           // that went out or were changed
    std::optional<int> status;                                   // of HTTP, or the exit code
    std::string address;
    std::string reason;  // the purpose chosen at sign-in or with the key
    std::string request; // X-Request-Id
    std::string note;
};

std::string_view to_text(Action action);
std::string_view to_text(AuditPhase phase); // empty for whole

// Where an entry stands in the chain.
struct AuditLink {
    std::uint64_t sequence = 0; // 1 for the first entry; 0 before it
    Sha256 hash{};              // of that entry; zeros before the first
    friend bool operator==(const AuditLink&, const AuditLink&) = default;
};

// Appends the line of the entry after `last`, with its line end, and makes `last` its link. A JSON
// object: seq, prev (hash of the entry before), time (UTC), who, role, action, phase, what,
// parameters, rows, status, address, reason, request, note (those that there are), hash. `hash` is
// the SHA-256 of the line's bytes up to `,"hash"`. Bytes that are no UTF-8 become \xHH, values of
// parameters named like secrets are left out, texts are cut after 2,000 bytes.
void append_audit_line(std::string& out, const AuditEntry& entry, AuditLink& last);

// A line, without its end, taken apart; empty if it is no entry. `intact`: its hash is its own.
struct AuditLine {
    AuditLink link; // its sequence, and the hash that it says
    Sha256 previous{};
    bool intact = false;
};
std::optional<AuditLine> read_audit_line(std::string_view line);

// No line is longer, both ends included.
inline constexpr std::size_t longest_audit_line_bytes = 1U << 20U;

} // namespace hotspots::service
