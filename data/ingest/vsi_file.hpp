// Input files as bytes: a local file, or a member of a local zip read without unpacking, in blocks,
// through GDAL's virtual file system. One of the few files that use GDAL.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace hotspots::data {

// One table of rows to be read.
struct InputFile {
    std::string name;        // for people: "march.csv", "archive.zip/2025-03/2025-03-street.csv"
    std::string path;        // for VsiFile
    std::uint64_t bytes = 0; // unpacked
};

struct InputListing {
    std::vector<InputFile> tables;
    // CSV members that hold no incidents: police.uk's outcomes and stop-and-search tables.
    std::vector<std::string> left_out;
};

enum class TableKinds { csv, csv_and_json };

// The most that the members of a zip of `packed_bytes` may come to unpacked, and the most members:
// 250 times as much (CSV packs to a tenth or so), 64 MiB in any case, never above 16 GiB. A file
// made to fill memory or disk unpacks to 1,000 times as much and more.
std::uint64_t most_unpacked_bytes(std::uint64_t packed_bytes);
inline constexpr std::size_t most_zip_members = 10'000;

// The CSV members of a zip, or .json and .geojson ones as well, by path, or the file itself. A zip
// is known by its first bytes. Throws InputError for what is absent, no regular file, called .zip
// but none, a zip cut short or without such a member, with too many or unpacking to too much.
InputListing list_input(const std::string& path, TableKinds kinds = TableKinds::csv);

// Bytes of one InputFile, in order.
class VsiFile {
public:
    // Throws InputError if it cannot be opened.
    explicit VsiFile(const InputFile& file);

    // Fills the front of `block`; returns how many bytes, 0 at the end. Throws InputError where the
    // file gives fewer bytes than it has, as a damaged zip does, or a zip more than it says.
    // Precondition: block is not empty.
    std::size_t read(std::span<char> block);

    std::uint64_t bytes_read() const { return m_bytes_read; }

private:
    struct Close {
        void operator()(void* handle) const noexcept;
    };
    InputFile m_file;
    std::unique_ptr<void, Close> m_handle;
    std::uint64_t m_bytes_read = 0;
};

} // namespace hotspots::data
