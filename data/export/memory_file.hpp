// A file that GDAL writes in memory, under a name of its own. Free of GDAL's headers.
#pragma once

#include <string>
#include <string_view>

namespace hotspots::data {

class MemoryFile {
public:
    explicit MemoryFile(std::string_view ending); // e.g. ".tif"
    // Takes the file away, if there is one.
    ~MemoryFile();
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    const std::string& path() const { return m_path; }
    // Its bytes. Precondition: whoever wrote it has closed it. Throws DataError where there is
    // none.
    std::string bytes() const;

private:
    std::string m_path;
};

// Throws DataError with GDAL's last message of this thread behind `what`.
[[noreturn]] void throw_export_error(const std::string& what);

} // namespace hotspots::data
