#include "service/http/mapped_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace hotspots::service {

MappedFile::MappedFile(const std::filesystem::path& path)
    : m_size(static_cast<std::size_t>(std::filesystem::file_size(path))) {
    if (m_size == 0) {
        return; // nothing can be mapped of it
    }
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    void* bytes = MAP_FAILED;
    if (file >= 0) {
        bytes = ::mmap(nullptr, m_size, PROT_READ, MAP_PRIVATE, file, 0);
    }
    const int error = errno;
    if (file >= 0) {
        ::close(file);
    }
    if (bytes == MAP_FAILED) {
        throw std::system_error(error, std::generic_category(), "cannot read " + path.string());
    }
    m_bytes = static_cast<const char*>(bytes);
}

MappedFile::~MappedFile() {
    if (m_bytes) {
        ::munmap(const_cast<char*>(m_bytes), m_size);
    }
}

} // namespace hotspots::service
