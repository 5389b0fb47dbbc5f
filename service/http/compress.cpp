#include "service/http/compress.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <memory>
#include <span>
#include <stdexcept>

namespace hotspots::service {

namespace {

constexpr std::size_t smallest_bytes = 1024;

std::string_view trim(std::string_view text) {
    const auto begin = std::min(text.find_first_not_of(" \t"), text.size());
    text.remove_prefix(begin);
    return text.substr(0, text.find_last_not_of(" \t") + 1);
}

bool equal_ignoring_case(std::string_view text, std::string_view lower_case) {
    return std::equal(
        text.begin(), text.end(), lower_case.begin(), lower_case.end(),
        [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; });
}

// "gzip;q=0.5" -> true, "gzip;q=0.0" -> false.
bool has_weight(std::string_view parameters) {
    const auto q = parameters.find("q=");
    return q == parameters.npos ||
           std::strtod(std::string(parameters.substr(q + 2)).c_str(), nullptr) > 0;
}

constexpr int thorough_level = 6; // beyond it, time rises faster than size falls
constexpr int quick_level = 1;

constexpr std::size_t small_room_bytes = 64 * 1024;

struct FreeCompressor {
    void operator()(libdeflate_compressor* c) const { libdeflate_free_compressor(c); }
};
struct FreeDecompressor {
    void operator()(libdeflate_decompressor* d) const { libdeflate_free_decompressor(d); }
};

using Compressor = std::unique_ptr<libdeflate_compressor, FreeCompressor>;

// One of each a thread: making it costs more than packing a small answer.
libdeflate_compressor* thread_compressor(GzipEffort effort) {
    thread_local const Compressor quick(libdeflate_alloc_compressor(quick_level));
    thread_local const Compressor thorough(libdeflate_alloc_compressor(thorough_level));
    const auto& own = effort == GzipEffort::quick ? quick : thorough;
    if (!own) {
        throw std::runtime_error("libdeflate could not start");
    }
    return own.get();
}

libdeflate_decompressor* thread_decompressor() {
    thread_local const std::unique_ptr<libdeflate_decompressor, FreeDecompressor> own(
        libdeflate_alloc_decompressor());
    if (!own) {
        throw std::runtime_error("libdeflate could not start");
    }
    return own.get();
}

bool has_header(const Response& response, std::string_view name) {
    return std::any_of(response.headers.begin(), response.headers.end(),
                       [&](const Header& header) { return header.name == name; });
}

} // namespace

namespace {

// Whether one of the codings' names, or else *, is there with a weight.
bool accepts(std::string_view accept_encoding, std::span<const std::string_view> coding) {
    bool any = false;
    while (!accept_encoding.empty()) {
        const auto comma = std::min(accept_encoding.find(','), accept_encoding.size());
        const auto item = accept_encoding.substr(0, comma);
        accept_encoding.remove_prefix(std::min(comma + 1, accept_encoding.size()));
        const auto semicolon = std::min(item.find(';'), item.size());
        const auto name = trim(item.substr(0, semicolon));
        const bool wanted = has_weight(item.substr(semicolon));
        if (std::ranges::any_of(coding, [&](auto own) { return equal_ignoring_case(name, own); })) {
            return wanted;
        }
        any = any || (name == "*" && wanted);
    }
    return any;
}

} // namespace

bool accepts_gzip(std::string_view accept_encoding) {
    static constexpr std::array<std::string_view, 2> names{"gzip", "x-gzip"};
    return accepts(accept_encoding, names);
}

bool accepts_brotli(std::string_view accept_encoding) {
    static constexpr std::array<std::string_view, 1> names{"br"};
    return accepts(accept_encoding, names);
}

bool is_compressible(std::string_view content_type) {
    const auto type = trim(content_type.substr(0, content_type.find(';')));
    static constexpr std::array<std::string_view, 4> types{
        "application/json", "application/javascript", "application/xml",
        "application/vnd.mapbox-vector-tile"};
    return type.starts_with("text/") || type.ends_with("+json") || type.ends_with("+xml") ||
           std::find(types.begin(), types.end(), type) != types.end();
}

std::string gzip(std::string_view bytes, GzipEffort effort) {
    auto* const compressor = thread_compressor(effort);
    const auto most = libdeflate_gzip_compress_bound(compressor, bytes.size());
    // Of small answers, of which there are many, the room is kept and not cleared each time.
    thread_local const auto small_room = std::make_unique<char[]>(small_room_bytes);
    const auto large_room = most > small_room_bytes ? std::make_unique<char[]>(most) : nullptr;
    char* const room = large_room ? large_room.get() : small_room.get();
    const auto length =
        libdeflate_gzip_compress(compressor, bytes.data(), bytes.size(), room, most);
    if (length == 0) {
        throw std::runtime_error("libdeflate could not compress an answer");
    }
    return std::string(room, length);
}

std::string gunzip(std::string_view packed, std::size_t plain_bytes) {
    auto* const decompressor = thread_decompressor();
    std::string out(plain_bytes, '\0');
    const auto result = libdeflate_gzip_decompress(decompressor, packed.data(), packed.size(),
                                                   out.data(), out.size(), nullptr);
    if (result != LIBDEFLATE_SUCCESS) {
        throw std::runtime_error("packed bytes are not gzip of " + std::to_string(plain_bytes) +
                                 " bytes");
    }
    return out;
}

bool is_worth_compressing(const Response& response) {
    return !response.prepared && !response.part && response.body_view().size() >= smallest_bytes &&
           is_compressible(response.content_type) && !has_header(response, "content-encoding");
}

namespace {

bool takes_gzip(const Request& request) {
    const auto accepted = request.header("accept-encoding");
    return accepted && accepts_gzip(*accepted);
}

} // namespace

bool compress_parts_for(const Request& request, Response& response) {
    if (!is_compressible(response.content_type)) {
        return false;
    }
    response.headers.push_back({"vary", "Accept-Encoding"});
    const bool packs = takes_gzip(request);
    if (packs) {
        mark_gzip(response);
    }
    return packs;
}

void compress_for(const Request& request, Response& response) {
    if (!is_worth_compressing(response)) {
        return;
    }
    response.headers.push_back({"vary", "Accept-Encoding"});
    if (!takes_gzip(request)) {
        return;
    }
    response.body = gzip_body(response);
    response.shared_body.reset();
    response.file.reset();
    mark_gzip(response);
}

std::string gzip_body(const Response& response) {
    // A tile may be one of a parameter set that nobody asks for again: packing it thoroughly would
    // take longer than all that made it.
    const bool is_tile = response.content_type == "application/vnd.mapbox-vector-tile";
    return gzip(response.body_view(), is_tile ? GzipEffort::quick : GzipEffort::thorough);
}

void mark_gzip(Response& response) {
    response.headers.push_back({"content-encoding", "gzip"});
    for (Header& header : response.headers) {
        if (header.name == "etag" && !header.value.starts_with("W/")) {
            header.value.insert(0, "W/");
        }
    }
}

} // namespace hotspots::service
