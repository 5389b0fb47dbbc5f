// A strict reader of protocol buffers' wire format, for checks: everything that is not as it should
// be is a fault. The encoders do not use it, so that one does not hide the other's mistakes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::tiles {

class WireFault : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

enum class WireType : std::uint8_t { varint = 0, eight_bytes = 1, length = 2, four_bytes = 5 };

class WireReader {
public:
    // `what` names the message in faults; it and the bytes outlive the reader.
    WireReader(std::string_view bytes, std::string_view what) : m_rest(bytes), m_what(what) {}

    // Moves to the next field; false at the end. The value of the one before was taken or skipped.
    bool next();
    std::uint32_t field() const { return m_field; }

    std::uint64_t number(); // a varint
    std::string_view bytes();
    std::string_view text();                     // UTF-8
    std::vector<std::uint32_t> packed_numbers(); // varints of at most 32 bits
    void skip();                                 // whatever its type
    // The value of this type, unread.
    void skip(WireType type);

    [[noreturn]] void fault(const std::string& why) const;

private:
    void expect(WireType type) const;
    std::uint64_t varint(std::string_view& rest) const;
    std::string_view take(std::size_t size);

    std::string_view m_rest;
    std::string_view m_what;
    std::uint32_t m_field = 0;
    WireType m_type = WireType::varint;
};

} // namespace hotspots::tiles
