// A folder for files that are made for one answer, readable by this user alone; it goes with the
// object, and what is mapped of its files stays readable.
#pragma once

#include <filesystem>

namespace hotspots::service {

class ScratchFolder {
public:
    // Throws std::system_error naming the folder that it cannot be made in.
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

} // namespace hotspots::service
