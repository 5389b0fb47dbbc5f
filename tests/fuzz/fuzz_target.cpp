// What a client may send before any handler sees it: the request target and the bytes of a header.
#include "service/conditional.hpp"
#include "service/http/compress.hpp"
#include "service/http/header_scan.hpp"
#include "service/http/message.hpp"
#include "service/http/quick_head.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace hotspots::service;

namespace {

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

void read_target(std::string_view bytes) {
    const auto parsed = parse_target(bytes);
    if (!parsed) {
        return;
    }
    const auto path = "/" + parsed->first + "/";
    require(parsed->first.front() == '/');
    require(path.find("/../") == path.npos && path.find("/./") == path.npos);
    require(path.find('\0') == path.npos);
}

// A header that arrives in two pieces reads as it does in one.
void scan_in_pieces(std::string_view bytes) {
    HeaderScan whole;
    const auto state = whole.scan(bytes);
    HeaderScan pieces;
    pieces.scan(bytes.substr(0, bytes.size() / 2));
    require(pieces.scan(bytes) == state);
    require(pieces.length() == whole.length() && whole.length() <= bytes.size());
    require(whole.leading_bytes() + whole.request_line_bytes() <= whole.length());
}

// What is read in one pass is a whole header to the careful scan too, and ends where that says.
void read_quickly(std::string_view bytes) {
    const auto head = read_quick_head(bytes);
    if (!head) {
        return;
    }
    HeaderScan scan;
    require(scan.scan(bytes) == HeaderScan::State::complete && scan.length() == head->bytes);
    require(head->target.front() == '/');
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    read_target(bytes);
    scan_in_pieces(bytes);
    read_quickly(bytes);
    etag_listed(bytes, "\"a\"");
    accepts_gzip(bytes);
    return 0;
}
