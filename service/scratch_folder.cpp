#include "service/scratch_folder.hpp"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

namespace hotspots::service {

ScratchFolder::ScratchFolder() {
    auto name = (std::filesystem::temp_directory_path() / "llr-hotspots-XXXXXX").string();
    if (!::mkdtemp(name.data())) { // made for this user alone
        throw std::system_error(errno, std::generic_category(),
                                "no folder for a file can be made in " +
                                    std::filesystem::path(name).parent_path().string());
    }
    m_path = name;
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored; // nobody could do anything about it
    std::filesystem::remove_all(m_path, ignored);
}

} // namespace hotspots::service
