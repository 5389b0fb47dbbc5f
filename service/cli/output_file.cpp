#include "service/cli/output_file.hpp"

#include <cerrno>
#include <filesystem>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace hotspots::service {

namespace {

[[noreturn]] void fail(const std::string& path, int error) {
    throw std::runtime_error(path +
                             " cannot be written: " + std::generic_category().message(error));
}

} // namespace

OutputFile::OutputFile(std::string path)
    : m_path(std::move(path)), m_partial(m_path + ".partial"),
      m_stream(m_partial, std::ios::binary | std::ios::trunc) {
    if (!m_stream) {
        fail(m_path, errno);
    }
}

OutputFile::~OutputFile() {
    if (m_stream.is_open()) {
        m_stream.close();
        std::error_code ignored; // an incomplete file under a name that says so
        std::filesystem::remove(m_partial, ignored);
    }
}

void OutputFile::commit() {
    if (!m_stream.flush()) {
        fail(m_path, errno);
    }
    std::error_code error;
    std::filesystem::rename(m_partial, m_path, error);
    if (error) {
        fail(m_path, error.value());
    }
    m_stream.close();
}

} // namespace hotspots::service
