// gzip for clients that take it: GeoJSON and scripts shrink to a fifth or less, which a phone
// feels.
#pragma once

#include "service/http/message.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct z_stream_s; // zlib.h

namespace hotspots::service {

// Whether an Accept-Encoding value takes gzip (RFC 9110, 12.5.3: q=0 refuses, * stands for the
// rest).
bool accepts_gzip(std::string_view accept_encoding);
// Brotli (RFC 7932) likewise: only files that were packed when the program was built come so.
bool accepts_brotli(std::string_view accept_encoding);

// Text, JSON, scripts, SVG and vector tiles; images and archives are packed already.
bool is_compressible(std::string_view content_type);

// Quick takes less than half of thorough's time, and makes a tenth more of a vector tile.
enum class GzipEffort : std::uint8_t { quick, thorough };

// RFC 1952. Equal bytes give equal bytes. Throws std::runtime_error.
std::string gzip(std::string_view bytes, GzipEffort effort = GzipEffort::thorough);
// The same of a text that comes in parts (zlib: libdeflate wants all of it at once).
class GzipParts {
public:
    GzipParts();
    // Packs one more part; what is ready to be sent. Throws std::runtime_error.
    std::string add(std::string_view part, bool is_last);

private:
    struct End {
        void operator()(z_stream_s* stream) const;
    };
    std::unique_ptr<z_stream_s, End> m_stream;
};
// Throws std::runtime_error unless `packed` is gzip of just so many bytes.
std::string gunzip(std::string_view packed, std::size_t plain_bytes);

// True for answers of 1 KiB or more whose type shrinks and that have no encoding yet.
bool is_worth_compressing(const Response& response);

// The body packed as its type deserves, and what then belongs into the header: its ETag becomes a
// weak one, for the bytes are others and the meaning is the same.
std::string gzip_body(const Response& response);
void mark_gzip(Response& response);

// Says in the header of an answer in parts what compress_for() would; returns whether the parts
// are to be packed.
bool compress_parts_for(const Request& request, Response& response);

// Adds Vary to an answer that is worth compressing, and compresses it if the request takes gzip.
void compress_for(const Request& request, Response& response);

} // namespace hotspots::service
