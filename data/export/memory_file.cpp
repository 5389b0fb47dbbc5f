#include "data/export/memory_file.hpp"

#include "data/errors.hpp"

#include <cpl_error.h>
#include <cpl_vsi.h>

#include <atomic>

namespace hotspots::data {

MemoryFile::MemoryFile(std::string_view ending) {
    static std::atomic<unsigned long long> number = 0;
    m_path = "/vsimem/llr-hotspots/" + std::to_string(number++) + std::string(ending);
}

MemoryFile::~MemoryFile() {
    VSIUnlink(m_path.c_str());
}

std::string MemoryFile::bytes() const {
    vsi_l_offset size = 0;
    const GByte* const data = VSIGetMemFileBuffer(m_path.c_str(), &size, FALSE);
    if (!data) {
        throw_export_error("nothing was written");
    }
    return {reinterpret_cast<const char*>(data), static_cast<std::size_t>(size)};
}

void throw_export_error(const std::string& what) {
    const std::string message = CPLGetLastErrorMsg();
    throw DataError("export: " + what + (message.empty() ? "" : ": " + message));
}

} // namespace hotspots::data
