// Archives of tiles that `tiles export --out DIR/archives/NAME` wrote, whole or by ranges: a
// PMTiles client asks for a few kilobytes of one at a time.
#include "service/app.hpp"
#include "service/handlers/handlers.hpp"
#include "service/http/mapped_file.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

namespace hotspots::service {

namespace {

struct ArchiveType {
    std::string_view ending;
    std::string_view media_type;
};

constexpr std::array<ArchiveType, 2> archive_types{{
    {".pmtiles", "application/vnd.pmtiles"},
    {".mbtiles", "application/vnd.sqlite3"},
}};

const ArchiveType* archive_type_of(const std::filesystem::path& path) {
    const auto* const type =
        std::ranges::find(archive_types, path.extension().string(), &ArchiveType::ending);
    return type == archive_types.end() ? nullptr : type;
}

// Written under another name and renamed when it is whole: its time tells one from the next.
std::string archive_etag(const std::filesystem::path& path, std::size_t bytes) {
    const auto written = std::filesystem::last_write_time(path).time_since_epoch().count();
    return '"' + std::to_string(written) + '-' + std::to_string(bytes) + '"';
}

} // namespace

Response get_archive(const AppContext& context, const Request& request, const PathParts& parts) {
    const Parameters none(request.query, {});
    const auto& name = parts.at("name");
    const auto path = context.archives / name;
    const auto* type = archive_type_of(path);
    std::error_code ignored;
    const auto status = std::filesystem::symlink_status(path, ignored);
    // A part of a path holds no slash; whatever is not a file of its own is not one of ours.
    if (context.archives.empty() || !type || name.find('/') != name.npos ||
        !std::filesystem::is_regular_file(status)) {
        throw not_found("there is no archive " + service::quoted(name) +
                        "; `tiles export --out DIR/archives/NAME.pmtiles` makes one, DIR being the "
                        "service's data folder");
    }
    Response response;
    response.content_type = type->media_type;
    response.file = std::make_shared<const MappedFile>(path);
    response.headers = {
        {"etag", archive_etag(path, response.file->bytes().size())},
        {"cache-control", "private, no-cache"},
        {"accept-ranges", "bytes"},
        {"content-disposition", "attachment; filename=\"" + path.filename().string() + '"'}};
    return response;
}

} // namespace hotspots::service
