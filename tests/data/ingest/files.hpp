// Files for tests: a folder that is removed again, and zip archives of stored members.
#pragma once

#include <array>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace hotspots::tests {

class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "ingest-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) {
            throw std::runtime_error("no temporary folder");
        }
        m_path = pattern;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    std::string path(const std::string& name) const { return (m_path / name).string(); }
    std::string write(const std::string& name, const std::string& bytes) const {
        std::ofstream(m_path / name, std::ios::binary) << bytes;
        return path(name);
    }

private:
    std::filesystem::path m_path;
};

inline std::uint32_t crc32(const std::string& bytes) {
    std::uint32_t crc = 0xFFFFFFFF;
    for (const char c : bytes) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
        }
    }
    return ~crc;
}

// PKWARE APPNOTE.TXT 6.3: members without compression, the central directory, its end record.
inline std::string zip_of(const std::vector<std::pair<std::string, std::string>>& members) {
    const auto number = [](std::uint64_t value, int bytes) {
        std::string text;
        for (int i = 0; i < bytes; ++i) {
            text.push_back(static_cast<char>((value >> (8U * static_cast<unsigned>(i))) & 0xFFU));
        }
        return text;
    };
    std::string archive;
    std::string directory;
    for (const auto& [name, bytes] : members) {
        const std::string sizes = number(crc32(bytes), 4) + number(bytes.size(), 4) +
                                  number(bytes.size(), 4) + number(name.size(), 2) + number(0, 2);
        const std::string shared =
            number(20, 2) + number(0, 2) + number(0, 2) + number(0, 2) + number(0x5921, 2) + sizes;
        directory += "PK\x01\x02" + number(20, 2) + shared + std::string(10, '\0') +
                     number(archive.size(), 4) + name;
        archive += "PK\x03\x04" + shared + name + bytes;
    }
    const std::string counts = number(members.size(), 2) + number(members.size(), 2);
    return archive + directory + "PK\x05\x06" + number(0, 4) + counts +
           number(directory.size(), 4) + number(archive.size(), 4) + number(0, 2);
}

} // namespace hotspots::tests
