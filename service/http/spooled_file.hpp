// A request's body on disk while it arrives and is handled. The file goes with the object unless it
// is handed over, so that an upload that is cut off, refused or fails leaves nothing behind.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace hotspots::service {

class SpooledFile {
public:
    // Makes an empty file, readable by this user alone, under a name of its own in `folder`, which
    // is made if absent. Throws std::system_error, as all that follows.
    explicit SpooledFile(const std::filesystem::path& folder);
    ~SpooledFile();
    SpooledFile(const SpooledFile&) = delete;
    SpooledFile& operator=(const SpooledFile&) = delete;

    void append(std::string_view block);
    // No more comes: the file is closed and gets its final name, without extension.
    void finish();

    const std::filesystem::path& path() const { return m_path; }
    std::uint64_t bytes() const { return m_bytes; }
    // Hands the file over: from now on it is the caller's to move or remove.
    std::filesystem::path release();

private:
    std::filesystem::path m_path;
    std::uint64_t m_bytes = 0;
    int m_descriptor = -1;
    bool m_released = false;
};

// Removes what a process that was killed has left in `folder`: uploads that were still to arrive,
// and whole ones that nobody has taken for a day. Those that still arrive or are handled, here or
// in another process, stay. An absent folder is fine.
void remove_broken_uploads(const std::filesystem::path& folder);

} // namespace hotspots::service
