// The reading half of a session: a request's header, within its deadline and limits.
#include "service/http/session.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/none.hpp>

#include <utility>

namespace hotspots::service {

namespace asio = boost::asio;

namespace {

constexpr auto read_result = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t bytes_at_once = 16 * 1024;

} // namespace

std::string_view Session::received() const {
    const auto bytes = m_buffer.cdata();
    return {static_cast<const char*>(bytes.data()), bytes.size()};
}

// False if the deadline passes first, or the connection is of no more use.
asio::awaitable<bool> Session::ready(asio::ip::tcp::socket::wait_type what) {
    if (m_late) {
        co_return false;
    }
    const auto [error] = co_await m_socket.async_wait(what, read_result);
    co_return !error && !m_late;
}

// Reads what has come. `late_detail`: what a 408 says; without one, being late just ends.
asio::awaitable<Session::DoneOrEnd> Session::receive_some(const char* late_detail) {
    bool waits = !m_late;
    while (waits) {
        const auto space = m_buffer.prepare(bytes_at_once);
        const auto got = m_wire.read(static_cast<char*>(space.data()), space.size());
        if (got.state == Wire::State::ok) {
            m_buffer.commit(got.bytes);
            co_return std::monostate();
        }
        waits = got.state == Wire::State::later;
        if (waits) {
            waits = co_await ready(asio::ip::tcp::socket::wait_read);
        }
    }
    if (m_late && late_detail) {
        co_return Refusal{408, late_detail};
    }
    co_return Gone{};
}

// Precondition: something has come.
asio::awaitable<Session::DoneOrEnd> Session::receive_header(HeaderScan& scan) {
    const auto& limits = options();
    set_deadline(limits.header_deadline);
    while (true) {
        const auto state = scan.scan(received());
        if (state == HeaderScan::State::malformed) {
            co_return Refusal{400, "the header has a folded line or a stray control character"};
        }
        if (scan.request_line_bytes() > limits.target_limit_bytes) {
            co_return Refusal{414, "the request line is longer than " +
                                       std::to_string(limits.target_limit_bytes) + " bytes"};
        }
        if (scan.length() > limits.header_limit_bytes) {
            co_return Refusal{431, "the header is larger than " +
                                       std::to_string(limits.header_limit_bytes) + " bytes"};
        }
        if (state == HeaderScan::State::complete) {
            co_return std::monostate();
        }
        auto more = co_await receive_some("the header did not arrive in time");
        if (!std::holds_alternative<std::monostate>(more)) {
            co_return more;
        }
    }
}

asio::awaitable<Session::HeadOrEnd> Session::receive_head(Parser& parser) {
    HeaderScan scan;
    auto end = co_await receive_header(scan);
    if (auto* refusal = std::get_if<Refusal>(&end)) {
        co_return std::move(*refusal);
    }
    if (std::holds_alternative<Gone>(end)) {
        co_return Gone{};
    }
    parser.eager(true);
    parser.header_limit(static_cast<std::uint32_t>(2 * options().header_limit_bytes));
    parser.body_limit(boost::none); // known once the request is admitted
    const auto text = received().substr(0, scan.length());
    auto head = read_head(parser, text.substr(scan.leading_bytes()), options().public_host);
    m_buffer.consume(scan.length());
    if (auto* refusal = std::get_if<Refusal>(&head)) {
        co_return std::move(*refusal);
    }
    std::get<Head>(head).request.secure = m_wire.is_secure();
    co_return std::move(std::get<Head>(head));
}

} // namespace hotspots::service
