// The reading half of a session: a request's header, within its deadline and limits.
#include "service/http/session.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/none.hpp>

#include <utility>

namespace hotspots::service {

namespace asio = boost::asio;

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t read_bytes = 16 * 1024;

} // namespace

std::string_view Session::received() const {
    const auto bytes = m_buffer.cdata();
    return {static_cast<const char*>(bytes.data()), bytes.size()};
}

// Reads what has come. `late_detail`: what a 408 says; without one, being late just ends.
asio::awaitable<Session::DoneOrEnd> Session::receive_some(const char* late_detail) {
    if (!m_late) {
        const auto [error, bytes] =
            co_await m_socket.async_read_some(m_buffer.prepare(read_bytes), as_result);
        if (!error) {
            m_buffer.commit(bytes);
            co_return std::monostate();
        }
    }
    if (m_late && late_detail) {
        co_return Refusal{408, late_detail};
    }
    co_return Gone{};
}

asio::awaitable<Session::DoneOrEnd> Session::receive_header(HeaderScan& scan) {
    const auto& options = m_context.options;
    bool begun = !received().empty();
    set_deadline(begun ? options.header_deadline : options.idle_deadline);
    while (true) {
        const auto state = scan.scan(received());
        if (state == HeaderScan::State::malformed) {
            co_return Refusal{400, "the header has a folded line or a stray control character"};
        }
        if (scan.request_line_bytes() > options.target_limit_bytes) {
            co_return Refusal{414, "the request line is longer than " +
                                       std::to_string(options.target_limit_bytes) + " bytes"};
        }
        if (scan.length() > options.header_limit_bytes) {
            co_return Refusal{431, "the header is larger than " +
                                       std::to_string(options.header_limit_bytes) + " bytes"};
        }
        if (state == HeaderScan::State::complete) {
            co_return std::monostate();
        }
        if (!begun && m_context.stopping) {
            co_return Gone{};
        }
        m_idle = !begun;
        auto more = co_await receive_some(begun ? "the header did not arrive in time" : nullptr);
        m_idle = false;
        if (!std::holds_alternative<std::monostate>(more)) {
            co_return more;
        }
        if (!begun) {
            begun = true;
            set_deadline(options.header_deadline);
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
    parser.header_limit(static_cast<std::uint32_t>(2 * m_context.options.header_limit_bytes));
    parser.body_limit(boost::none); // known once the request is admitted
    const auto text = received().substr(0, scan.length());
    auto head = read_head(parser, text.substr(scan.leading_bytes()));
    m_buffer.consume(scan.length());
    if (auto* refusal = std::get_if<Refusal>(&head)) {
        co_return std::move(*refusal);
    }
    co_return std::move(std::get<Head>(head));
}

} // namespace hotspots::service
