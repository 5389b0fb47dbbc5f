// A file that appears whole or not at all: written beside its place, then moved there.
#pragma once

#include <fstream>
#include <string>

namespace hotspots::service {

class OutputFile {
public:
    // Throws std::runtime_error if it cannot be written to.
    explicit OutputFile(std::string path);
    // Without commit(), leaves nothing behind.
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    std::ostream& stream() { return m_stream; }
    // Throws std::runtime_error if not everything could be written.
    void commit();

private:
    std::string m_path;
    std::string m_partial;
    std::ofstream m_stream;
};

} // namespace hotspots::service
