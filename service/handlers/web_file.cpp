#include "service/handlers/web_file.hpp"

#include "service/app.hpp"
#include "service/digest.hpp"
#include "service/handlers/handlers.hpp"
#include "service/html/page.hpp"
#include "service/html/style.hpp"
#include "service/http/compress.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace hotspots::service {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 14> media_types{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".webp", "image/webp"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".webmanifest", "application/manifest+json"},
    {".wasm", "application/wasm"},
}};

std::string_view media_type(std::string_view path) {
    const auto found = std::find_if(media_types.begin(), media_types.end(),
                                    [&](const auto& type) { return path.ends_with(type.first); });
    return found == media_types.end() ? "application/octet-stream" : found->second;
}

const embedded::File* find_file(std::span<const embedded::File> files, std::string_view path) {
    const auto file = std::ranges::find(files, path, &embedded::File::path);
    return file == files.end() ? nullptr : &*file;
}

} // namespace

Response web_file(std::span<const embedded::File> files, std::string_view path,
                  std::string_view accept_encoding) {
    const auto* plain = find_file(files, path);
    if (plain == nullptr) {
        throw not_found("the web client has no file " + quoted(path));
    }
    const auto* packed =
        accepts_brotli(accept_encoding) ? find_file(files, std::string(path) + ".br") : nullptr;
    const auto bytes = packed != nullptr ? packed->bytes : plain->bytes;
    Response response;
    response.content_type = media_type(path);
    response.body = bytes;
    response.headers = {{"etag", '"' + digest(bytes) + '"'},
                        {"accept-ranges", "bytes"},
                        {"cache-control", path.starts_with("assets/")
                                              ? "public, max-age=31536000, immutable"
                                              : "no-cache"}};
    if (packed != nullptr) {
        response.headers.push_back({"content-encoding", "br"});
        response.headers.push_back({"vary", "accept-encoding"});
    }
    return response;
}

Response web_file(std::span<const embedded::File> files, std::string_view path,
                  const Request& request) {
    return web_file(files, path, request.header("accept-encoding").value_or(""));
}

Response get_asset(const AppContext& context, const Request& request, const PathParts& parts) {
    const Parameters none(request.query, {});
    if (parts.at("rest") == page_style_name()) {
        static constexpr std::string_view path = "assets/page.css";
        static const std::array<embedded::File, 1> style{{{path, page_style}}};
        return web_file(style, path, request);
    }
    return web_file(context.web, "assets/" + parts.at("rest"), request);
}

} // namespace hotspots::service
