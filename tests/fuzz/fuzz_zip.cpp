// Any bytes as a zip of tables: its members are listed and read within the limits of what a zip may
// unpack to, or it is an InputError.
#include "data/errors.hpp"
#include "data/ingest/vsi_file.hpp"

#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace hotspots::data;

namespace {

// A folder of this process in memory. Each input has a name of its own: GDAL remembers archives.
class InputFolder {
public:
    InputFolder() { std::filesystem::create_directories(m_path); }
    ~InputFolder() { std::filesystem::remove_all(m_path); }
    InputFolder(const InputFolder&) = delete;
    InputFolder& operator=(const InputFolder&) = delete;

    std::string next() { return (m_path / (std::to_string(m_count++) + ".zip")).string(); }

private:
    std::filesystem::path m_path =
        std::filesystem::path("/dev/shm") / ("llr-fuzz-zip-" + std::to_string(::getpid()));
    std::uint64_t m_count = 0;
};

void read_all(const InputFile& table, std::uint64_t limit) {
    try {
        VsiFile file(table);
        std::array<char, 4096> block{};
        while (file.read(block) > 0) {
            if (file.bytes_read() > limit) {
                std::abort();
            }
        }
    } catch (const InputError&) {
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static InputFolder folder;
    const auto path = folder.next();
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    const auto limit = most_unpacked_bytes(size);
    try {
        for (const auto& table : list_input(path, TableKinds::csv_and_json).tables) {
            read_all(table, limit);
        }
    } catch (const InputError&) {
    }
    std::filesystem::remove(path);
    return 0;
}
