#include "service/http/header_scan.hpp"

namespace hotspots::service {

HeaderScan::State HeaderScan::scan(std::string_view bytes) {
    while (!m_complete && m_at < bytes.size()) {
        if (!step(bytes[m_at])) {
            return State::malformed;
        }
        ++m_at;
    }
    return m_complete ? State::complete : State::incomplete;
}

// A line's end. An empty one before the request line is skipped, after it the header is complete.
bool HeaderScan::line_feed() {
    if (!m_after_cr) {
        return false;
    }
    m_after_cr = false;
    if (m_line_length == 0 && m_in_request_line) {
        m_start = m_at + 1;
        m_request_line_end = m_start;
        return true;
    }
    m_complete = m_line_length == 0;
    m_in_request_line = false;
    m_line_length = 0;
    return true;
}

bool HeaderScan::step(char c) {
    if (c == '\n') {
        return line_feed();
    }
    if (m_after_cr) {
        return false;
    }
    if (c == '\r') {
        m_after_cr = true;
        return true;
    }
    const bool blank = c == ' ' || c == '\t';
    if (blank && m_line_length == 0) {
        return false; // a folded line, or space before the request line
    }
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\t') || byte == 0x7F) {
        return false;
    }
    ++m_line_length;
    if (m_in_request_line) {
        m_request_line_end = m_at + 1;
    }
    return true;
}

} // namespace hotspots::service
