#include "service/audit/entry.hpp"

#include "data/ingest/utf8.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>

namespace hotspots::service {

namespace {

constexpr std::size_t longest_text_bytes = 2000;
constexpr std::size_t most_parameters = 100;
constexpr std::size_t most_parameter_bytes = 100'000; // as written
constexpr std::string_view hash_member = ",\"hash\":\"";
constexpr std::size_t hex_digits = 64;

void append_hex_byte(std::string& out, unsigned char byte) {
    out.push_back("0123456789abcdef"[byte >> 4U]);
    out.push_back("0123456789abcdef"[byte & 15U]);
}

void append_json_character(std::string& out, char c) {
    if (c == '"' || c == '\\') {
        out.push_back('\\');
        out.push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
        out.append("\\u00");
        append_hex_byte(out, static_cast<unsigned char>(c));
    } else {
        out.push_back(c);
    }
}

// Cut between characters.
std::string_view shortened(std::string_view text) {
    if (text.size() <= longest_text_bytes) {
        return text;
    }
    auto end = longest_text_bytes;
    while (end > longest_text_bytes - 4 &&
           (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) {
        --end;
    }
    return text.substr(0, end);
}

void append_json_string(std::string& out, std::string_view whole) {
    auto text = shortened(whole);
    out.push_back('"');
    while (!text.empty()) {
        const auto bad = data::first_invalid_utf8(text);
        for (const char c : text.substr(0, bad.value_or(text.size()))) {
            append_json_character(out, c);
        }
        text.remove_prefix(bad.value_or(text.size()));
        if (bad) {
            out.append("\\\\x");
            append_hex_byte(out, static_cast<unsigned char>(text.front()));
            text.remove_prefix(1);
        }
    }
    out.append(whole.size() > longest_text_bytes ? "…\"" : "\"");
}

void append_text_member(std::string& out, std::string_view name, std::string_view value) {
    if (!value.empty()) {
        out.append(",\"").append(name).append("\":");
        append_json_string(out, value);
    }
}

// A key or password that somebody put into an address is refused there; it must not live on here.
bool is_secret(std::string_view name) {
    std::string lower(name);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    static constexpr std::array<std::string_view, 6> parts{"key",    "token",    "passw",
                                                           "secret", "authoriz", "session"};
    return std::any_of(parts.begin(), parts.end(),
                       [&](auto part) { return lower.find(part) != lower.npos; });
}

void append_parameters(std::string& out, const AuditEntry& entry) {
    if (entry.parameters.empty()) {
        return;
    }
    out.append(",\"parameters\":{");
    const auto begin = out.size();
    const auto count = std::min(entry.parameters.size(), most_parameters);
    for (std::size_t i = 0; i < count && out.size() - begin < most_parameter_bytes; ++i) {
        const auto& [name, value] = entry.parameters[i];
        out.append(i == 0 ? "" : ",");
        append_json_string(out, name);
        out.push_back(':');
        append_json_string(out, is_secret(name) ? std::string_view("(left out)") : value);
    }
    out.push_back('}');
}

void append_milliseconds_utc(std::string& out, AuditTime time) {
    const auto second = std::chrono::floor<std::chrono::seconds>(time);
    const std::time_t seconds = std::chrono::system_clock::to_time_t(second);
    std::tm fields{};
    ::gmtime_r(&seconds, &fields);
    std::array<char, 32> text{};
    out.append(text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &fields));
    const auto part = static_cast<int>((time - second).count());
    out.push_back('.');
    out.push_back(static_cast<char>('0' + part / 100));
    out.push_back(static_cast<char>('0' + part / 10 % 10));
    out.push_back(static_cast<char>('0' + part % 10));
    out.push_back('Z');
}

// Takes `expected` off the front. False if it is not there.
bool take_prefix(std::string_view& text, std::string_view expected) {
    if (!text.starts_with(expected)) {
        return false;
    }
    text.remove_prefix(expected.size());
    return true;
}

} // namespace

AuditTime audit_now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::string_view to_text(Action action) {
    switch (action) {
    case Action::collection:
        return "collection";
    case Action::alteration:
        return "alteration";
    case Action::consultation:
        return "consultation";
    case Action::disclosure:
        return "disclosure";
    case Action::combination:
        return "combination";
    case Action::erasure:
        return "erasure";
    case Action::none:
        break;
    }
    return "none";
}

std::string_view to_text(AuditPhase phase) {
    switch (phase) {
    case AuditPhase::intent:
        return "intent";
    case AuditPhase::outcome:
        return "outcome";
    case AuditPhase::whole:
        break;
    }
    return "";
}

void append_audit_line(std::string& out, const AuditEntry& entry, AuditLink& last) {
    const auto begin = out.size();
    out.append("{\"seq\":").append(std::to_string(last.sequence + 1));
    out.append(",\"prev\":\"").append(to_hex(last.hash)).append("\",\"time\":\"");
    append_milliseconds_utc(out, entry.time);
    out.push_back('"');
    append_text_member(out, "who", entry.who);
    append_text_member(out, "role", entry.role);
    append_text_member(out, "action", entry.action);
    append_text_member(out, "phase", to_text(entry.phase));
    append_text_member(out, "what", entry.what);
    append_parameters(out, entry);
    if (entry.rows) {
        out.append(",\"rows\":").append(std::to_string(*entry.rows));
    }
    if (entry.status) {
        out.append(",\"status\":").append(std::to_string(*entry.status));
    }
    append_text_member(out, "address", entry.address);
    append_text_member(out, "reason", entry.reason);
    append_text_member(out, "request", entry.request);
    append_text_member(out, "note", entry.note);
    last.hash = sha256(std::string_view(out).substr(begin));
    ++last.sequence;
    out.append(hash_member).append(to_hex(last.hash)).append("\"}\n");
}

std::optional<AuditLine> read_audit_line(std::string_view line) {
    const auto tail_bytes = hash_member.size() + hex_digits + 2;
    if (line.size() < tail_bytes) {
        return std::nullopt;
    }
    const auto content = line.substr(0, line.size() - tail_bytes);
    auto tail = line.substr(content.size());
    auto head = content;
    AuditLine read;
    if (!take_prefix(tail, hash_member) || !take_prefix(head, "{\"seq\":")) {
        return std::nullopt;
    }
    const auto* end = head.data() + head.size();
    const auto number = std::from_chars(head.data(), end, read.link.sequence);
    head.remove_prefix(static_cast<std::size_t>(number.ptr - head.data()));
    const auto said = sha256_from_hex(tail.substr(0, hex_digits));
    if (number.ec != std::errc() || !said || tail.substr(hex_digits) != "\"}" ||
        !take_prefix(head, ",\"prev\":\"")) {
        return std::nullopt;
    }
    const auto previous = sha256_from_hex(head.substr(0, hex_digits));
    if (!previous) {
        return std::nullopt;
    }
    read.previous = *previous;
    read.link.hash = *said;
    read.intact = are_equal(sha256(content), *said);
    return read;
}

} // namespace hotspots::service
