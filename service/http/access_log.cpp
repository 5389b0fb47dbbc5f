#include "service/http/access_log.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <ctime>
#include <system_error>
#include <utility>

namespace hotspots::service {

namespace {

constexpr std::size_t lines_at_once_bytes = 64 * 1024;

template <class Number>
void append_number(std::string& out, Number number) {
    std::array<char, 24> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    out.append(text.data(), end);
}

// "2026-01-31T12:00:00." of the second, made once a second by each thread.
std::string_view second_text(std::chrono::sys_seconds second) {
    thread_local std::chrono::sys_seconds made_for{std::chrono::seconds(-1)};
    thread_local std::array<char, 32> text{};
    if (second != made_for) {
        const std::time_t time = std::chrono::system_clock::to_time_t(second);
        std::tm fields{};
        ::gmtime_r(&time, &fields);
        std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S.", &fields);
        made_for = second;
    }
    return text.data();
}

void append_milliseconds(std::string& out, std::chrono::milliseconds part) {
    const auto number = static_cast<int>(part.count());
    out.push_back(static_cast<char>('0' + number / 100));
    out.push_back(static_cast<char>('0' + number / 10 % 10));
    out.push_back(static_cast<char>('0' + number % 10));
}

void append_quoted(std::string& out, std::string_view text) {
    out.push_back('"');
    for (const char c : text) {
        if (c > ' ' && c <= '~' && c != '"' && c != '\\') {
            out.push_back(c);
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out.append("\\x");
            out.push_back("0123456789abcdef"[byte >> 4U]);
            out.push_back("0123456789abcdef"[byte & 15U]);
        }
    }
    out.push_back('"');
}

// With three decimals: 0.042
void append_ms(std::string& out, std::chrono::nanoseconds taken) {
    const auto us = std::chrono::duration_cast<std::chrono::microseconds>(taken).count();
    append_number(out, us / 1000);
    out.push_back('.');
    append_milliseconds(out, std::chrono::milliseconds(us % 1000));
}

} // namespace

LogFile::LogFile(const std::filesystem::path& path) {
    if (path == "-") {
        m_descriptor = STDERR_FILENO;
        return;
    }
    m_descriptor = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
    if (m_descriptor < 0) {
        throw std::system_error(errno, std::generic_category(),
                                "the access log " + path.string() + " cannot be opened");
    }
    m_owned = true;
}

LogFile::~LogFile() {
    if (m_owned) {
        ::close(m_descriptor);
    }
}

void LogFile::append(std::string_view lines) const {
    while (!lines.empty()) {
        const auto written = ::write(m_descriptor, lines.data(), lines.size());
        if (written < 0 && errno != EINTR) {
            return;
        }
        lines.remove_prefix(static_cast<std::size_t>(written < 0 ? 0 : written));
    }
}

void append_access_line(std::string& out, const AccessEntry& entry,
                        std::chrono::sys_time<std::chrono::milliseconds> now) {
    const auto second = std::chrono::floor<std::chrono::seconds>(now);
    out.append("time=").append(second_text(second));
    append_milliseconds(out, now - second);
    out.append("Z id=").append(entry.id).append(" peer=").append(entry.peer);
    out.append(" method=").append(entry.method.empty() ? "-" : entry.method).append(" path=");
    append_quoted(out, entry.target.substr(0, entry.target.find('?')));
    out.append(" status=");
    append_number(out, entry.status);
    out.append(" bytes=");
    append_number(out, entry.bytes);
    out.append(" ms=");
    append_ms(out, entry.taken);
    out.append(" role=").append(entry.role.empty() ? "-" : entry.role).push_back('\n');
}

void AccessLog::use(std::shared_ptr<const LogFile> file) {
    flush();
    m_file = std::move(file);
}

void AccessLog::add(const AccessEntry& entry) {
    if (!m_file) {
        return;
    }
    append_access_line(
        m_lines, entry,
        std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()));
    if (m_lines.size() >= lines_at_once_bytes) {
        flush();
    }
}

void AccessLog::flush() {
    if (m_file && !m_lines.empty()) {
        m_file->append(m_lines);
    }
    m_lines.clear();
}

} // namespace hotspots::service
