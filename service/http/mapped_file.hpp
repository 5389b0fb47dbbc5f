// A file's bytes without reading them all: for searching through what may be large.
#pragma once

#include <filesystem>
#include <string_view>

namespace hotspots::service {

// The file must not be cut short while this lives. Throws std::system_error naming the file.
class MappedFile {
public:
    explicit MappedFile(const std::filesystem::path& path);
    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    std::string_view bytes() const { return {m_bytes, m_size}; }

private:
    const char* m_bytes = nullptr;
    std::size_t m_size = 0;
};

} // namespace hotspots::service
