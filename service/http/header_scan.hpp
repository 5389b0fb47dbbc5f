// Finds the end of a request's header in bytes as they arrive, and refuses what a parser might read
// differently from a proxy in front of it: bare CR or LF, control characters, folded lines
// (RFC 9112, 2.2, 5.2 and 11.2). The header's meaning is read_head's matter.
#pragma once

#include <cstddef>
#include <string_view>

namespace hotspots::service {

class HeaderScan {
public:
    enum class State { incomplete, complete, malformed };

    // `bytes`: everything received so far, beginning as in the calls before. Linear in all over the
    // calls of one header.
    State scan(std::string_view bytes);

    // Bytes of the header, the empty line included; valid when complete.
    std::size_t length() const { return m_at; }
    // Empty lines before the request line, which are ignored (RFC 9112, 2.2); part of length().
    std::size_t leading_bytes() const { return m_start; }
    // Bytes of the request line, or of what there is of it.
    std::size_t request_line_bytes() const { return m_request_line_end - m_start; }

private:
    bool step(char c);
    bool line_feed();

    std::size_t m_at = 0;
    std::size_t m_start = 0;
    std::size_t m_request_line_end = 0;
    std::size_t m_line_length = 0;
    bool m_after_cr = false;
    bool m_in_request_line = true;
    bool m_complete = false;
};

} // namespace hotspots::service
