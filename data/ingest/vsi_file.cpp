#include "data/ingest/vsi_file.hpp"

#include "data/ascii.hpp"
#include "data/errors.hpp"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <cpl_vsi.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

namespace hotspots::data {

namespace {

namespace fs = std::filesystem;

// GDAL reports through a handler of the thread; ours keeps it off stderr and asks afterwards.
class QuietGdal {
public:
    QuietGdal() {
        CPLPushErrorHandler(CPLQuietErrorHandler);
        CPLErrorReset();
    }
    ~QuietGdal() { CPLPopErrorHandler(); }
    QuietGdal(const QuietGdal&) = delete;
    QuietGdal& operator=(const QuietGdal&) = delete;

    bool failed() const { return CPLGetLastErrorType() >= CE_Failure; }
};

struct DestroyList {
    void operator()(char** list) const noexcept { CSLDestroy(list); }
};

bool is_table_member(const std::string& member, TableKinds kinds) {
    const std::string name = lower_case(fs::path(member).filename().string());
    const bool is_json = name.ends_with(".json") || name.ends_with(".geojson");
    return (name.ends_with(".csv") || (is_json && kinds == TableKinds::csv_and_json)) &&
           !name.starts_with(".") && !member.starts_with("__MACOSX/");
}

bool holds_no_incidents(const std::string& member) {
    const std::string name = lower_case(member);
    return name.ends_with("-outcomes.csv") || name.ends_with("-stop-and-search.csv");
}

void check_is_file(const fs::path& path) {
    std::error_code error;
    const auto status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found) {
        throw InputError(path.string() + ": there is no such file");
    }
    if (fs::is_directory(status)) {
        throw InputError(path.string() +
                         ": this is a folder; expected a CSV file or a zip of CSVs");
    }
    if (!fs::is_regular_file(status)) {
        throw InputError(path.string() +
                         ": this is not a regular file; expected a CSV file or a zip "
                         "of CSVs");
    }
}

// Local file headers start a zip (APPNOTE.TXT 4.3.7); an empty one is its end record alone
// (4.3.16).
bool starts_like_zip(const InputFile& file) {
    VsiFile source(file);
    std::array<char, 4> start{};
    const std::string_view bytes(start.data(), file.bytes < 4 ? 0 : source.read(start));
    return bytes == "PK\x03\x04" || bytes == "PK\x05\x06";
}

// Braces end an archive's name of any ending; a name that holds braces itself must end in .zip.
std::string vsizip_root(const std::string& path) {
    const bool has_braces = path.find_first_of("{}") != std::string::npos;
    return has_braces ? "/vsizip/" + path : "/vsizip/{" + path + "}";
}

// What the members say that they come to; VsiFile holds them to it.
void check_unpacked(const fs::path& path, std::size_t members, std::uint64_t unpacked_bytes) {
    const auto most = most_unpacked_bytes(fs::file_size(path));
    if (members > most_zip_members) {
        throw InputError(path.string() + ": this zip has more than " +
                         std::to_string(most_zip_members) + " members; give fewer at a time");
    }
    if (unpacked_bytes > most) {
        throw InputError(path.string() + ": this zip unpacks to " + std::to_string(unpacked_bytes) +
                         " bytes, more than the " + std::to_string(most) +
                         " that are taken of one of its size; unpack it and give the tables");
    }
}

InputListing list_zip(const fs::path& path, TableKinds kinds) {
    const QuietGdal quiet;
    const std::string root = vsizip_root(fs::absolute(path).string());
    const std::unique_ptr<char*, DestroyList> members(VSIReadDirRecursive(root.c_str()));
    if (!members) {
        throw InputError(path.string() +
                         ": this zip cannot be read; it is damaged or cut short, or "
                         "empty");
    }
    InputListing listing;
    std::size_t count = 0;
    std::uint64_t unpacked_bytes = 0;
    for (char** member = members.get(); *member != nullptr; ++member) {
        check_unpacked(path, ++count, unpacked_bytes);
        const std::string name = *member;
        VSIStatBufL status{};
        const std::string member_path = root + "/" + name;
        if (!is_table_member(name, kinds) || VSIStatL(member_path.c_str(), &status) != 0) {
            continue;
        }
        unpacked_bytes += static_cast<std::uint64_t>(status.st_size);
        check_unpacked(path, count, unpacked_bytes);
        const std::string shown = path.string() + "/" + name;
        if (holds_no_incidents(name)) {
            listing.left_out.push_back(shown);
        } else {
            listing.tables.push_back(
                {shown, member_path, static_cast<std::uint64_t>(status.st_size)});
        }
    }
    if (listing.tables.empty()) {
        throw InputError(path.string() + ": this zip holds no .csv " +
                         (kinds == TableKinds::csv ? "file" : "or .geojson file of incidents"));
    }
    std::sort(listing.tables.begin(), listing.tables.end(),
              [](const InputFile& a, const InputFile& b) { return a.path < b.path; });
    std::sort(listing.left_out.begin(), listing.left_out.end());
    return listing;
}

} // namespace

std::uint64_t most_unpacked_bytes(std::uint64_t packed_bytes) {
    constexpr std::uint64_t most = std::uint64_t{16} << 30U;
    constexpr std::uint64_t least = std::uint64_t{64} << 20U;
    constexpr std::uint64_t ratio = 250;
    return std::clamp(std::min(packed_bytes, most) * ratio, least, most);
}

InputListing list_input(const std::string& path, TableKinds kinds) {
    check_is_file(path);
    const InputFile file{path, fs::absolute(path).string(), fs::file_size(path)};
    if (starts_like_zip(file)) {
        return list_zip(path, kinds);
    }
    if (lower_case(path).ends_with(".zip")) {
        throw InputError(path + ": this is not a zip archive, despite its name");
    }
    return {{file}, {}};
}

VsiFile::VsiFile(const InputFile& file) : m_file(file) {
    const QuietGdal quiet;
    m_handle.reset(VSIFOpenL(file.path.c_str(), "rb"));
    if (!m_handle) {
        const std::string reason = CPLGetLastErrorMsg();
        throw InputError(file.name + ": cannot be opened" + (reason.empty() ? "" : ": " + reason));
    }
}

std::size_t VsiFile::read(std::span<char> block) {
    const QuietGdal quiet;
    auto* handle = static_cast<VSILFILE*>(m_handle.get());
    const std::size_t count = VSIFReadL(block.data(), 1, block.size(), handle);
    m_bytes_read += count;
    const bool short_of_bytes = count == 0 && m_bytes_read < m_file.bytes;
    if (m_bytes_read > m_file.bytes && m_file.path.starts_with("/vsizip/")) {
        throw InputError(m_file.name + ": holds more than the " + std::to_string(m_file.bytes) +
                         " bytes that its zip says; the file is damaged");
    }
    if (quiet.failed() || short_of_bytes) {
        throw InputError(m_file.name + ": only " + std::to_string(m_bytes_read) + " of its " +
                         std::to_string(m_file.bytes) +
                         " bytes can be read; the file is damaged or cut short");
    }
    return count;
}

void VsiFile::Close::operator()(void* handle) const noexcept {
    VSIFCloseL(static_cast<VSILFILE*>(handle));
}

} // namespace hotspots::data
