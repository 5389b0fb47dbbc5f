#include "service/http/compress.hpp"

#include <zlib.h>

#include <stdexcept>

namespace hotspots::service {

namespace {

constexpr int gzip_window_bits = 15 + 16;     // the largest window; 16 asks for gzip's frame
constexpr int usual_memory_level = 8;         // zlib's own default
constexpr int parts_level = 5;                // as small as libdeflate's thorough, nearly
constexpr std::size_t room_bytes = 64 * 1024; // given to zlib at a time

} // namespace

void GzipParts::End::operator()(z_stream_s* stream) const {
    deflateEnd(stream);
    delete stream;
}

GzipParts::GzipParts() : m_stream(new z_stream_s{}) {
    if (deflateInit2(m_stream.get(), parts_level, Z_DEFLATED, gzip_window_bits, usual_memory_level,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::runtime_error("zlib could not start");
    }
}

std::string GzipParts::add(std::string_view part, bool is_last) {
    // zlib only reads them, but its C interface does not say so.
    m_stream->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(part.data()));
    m_stream->avail_in = static_cast<uInt>(part.size());
    std::string out;
    int state = Z_OK;
    do {
        const auto written = out.size();
        out.resize(written + room_bytes);
        m_stream->next_out = reinterpret_cast<Bytef*>(out.data() + written);
        m_stream->avail_out = static_cast<uInt>(room_bytes);
        state = deflate(m_stream.get(), is_last ? Z_FINISH : Z_NO_FLUSH);
        out.resize(out.size() - m_stream->avail_out);
    } while (state == Z_OK && m_stream->avail_out == 0);
    const bool is_right = is_last ? state == Z_STREAM_END : state == Z_OK || state == Z_BUF_ERROR;
    if (!is_right) { // Z_BUF_ERROR: all that was given was taken before
        throw std::runtime_error("zlib could not compress an answer");
    }
    return out;
}

} // namespace hotspots::service
