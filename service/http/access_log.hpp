// The access log: a line a request, as key=value pairs in one order, gathered by each thread and
// written in whole lines. Without query strings: they may hold addresses of people.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace hotspots::service {

// An open log, shared by threads; each write is one call that appends.
class LogFile {
public:
    // "-": standard error. Throws std::system_error naming the file.
    explicit LogFile(const std::filesystem::path& path);
    ~LogFile();
    LogFile(const LogFile&) = delete;
    LogFile& operator=(const LogFile&) = delete;

    // What cannot be written (a full disk) is lost: requests do not wait for their log.
    void append(std::string_view lines) const;

private:
    int m_descriptor = -1;
    bool m_owned = false;
};

struct AccessEntry {
    std::string_view id;
    std::string_view peer;   // address
    std::string_view method; // empty where the request was not understood
    std::string_view target; // as sent; its query is left out
    std::string_view role;
    int status = 0;
    std::uint64_t bytes = 0; // of the body, as sent
    std::chrono::nanoseconds taken{};
};

// Appends the line: time=2026-01-31T12:00:00.123Z id=... peer=... method=GET path="/a" status=200
// bytes=12 ms=0.3 role=analyst. Quotes, backslashes and bytes that are not visible ASCII are
// written as \xHH within the path.
void append_access_line(std::string& out, const AccessEntry& entry,
                        std::chrono::sys_time<std::chrono::milliseconds> now);

// One thread's lines on their way to the file.
class AccessLog {
public:
    // Null: nothing is kept. Lines gathered so far go to the former file.
    void use(std::shared_ptr<const LogFile> file);
    void add(const AccessEntry& entry);
    // Writes what is there; called every second or so.
    void flush();
    bool is_on() const { return m_file != nullptr; }

private:
    std::shared_ptr<const LogFile> m_file;
    std::string m_lines;
};

} // namespace hotspots::service
