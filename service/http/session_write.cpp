// The writing half of a session: whole answers, streams, refusals, and the end of a connection.
#include "service/http/prepared_answer.hpp"
#include "service/http/session.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <utility>

namespace hotspots::service {

namespace asio = boost::asio;
namespace beast = boost::beast;

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t write_bytes_per_deadline = 256 * 1024;
constexpr std::chrono::milliseconds farewell{2000};

std::string date_now() {
    return format_http_date(
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
}

void advance(std::string_view& text, std::size_t& bytes) {
    const auto taken = std::min(bytes, text.size());
    text.remove_prefix(taken);
    bytes -= taken;
}

// A stream's length is not known: chunks, and none for clients that cannot read them.
void prepare_stream(Response& response, bool chunked) {
    if (chunked) {
        response.headers.push_back({"transfer-encoding", "chunked"});
    }
    const bool says_cache = std::any_of(response.headers.begin(), response.headers.end(),
                                        [](const Header& h) { return h.name == "cache-control"; });
    if (!says_cache) {
        response.headers.push_back({"cache-control", "no-store"});
    }
}

// RFC 9112, 7.1.
std::string as_chunk(std::string_view text) {
    std::array<char, 20> size{};
    const int length = std::snprintf(size.data(), size.size(), "%zx\r\n", text.size());
    std::string chunk(size.data(), static_cast<std::size_t>(length));
    return chunk.append(text).append("\r\n");
}

std::optional<StreamPart> next_part(const Response& response) {
    try {
        return response.stream();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "llr-hotspots: a stream failed: %s\n", error.what());
    }
    return std::nullopt;
}

} // namespace

// True if the connection goes on to another request.
asio::awaitable<bool> Session::deliver(const Head& head, Response response) {
    const bool chunked = response.stream && !head.old_client;
    bool keep = head.keep_alive && !m_context.stopping;
    if (response.stream) {
        prepare_stream(response, chunked);
        keep = keep && chunked;
    }
    const auto connection = !keep             ? Connection::close
                            : head.old_client ? Connection::keep_old_client
                                              : Connection::keep;
    Sending sending;
    std::string header;
    if (response.prepared) {
        choose_sending(*response.prepared, head.request.header("accept-encoding").value_or(""),
                       head.request.header("if-none-match").value_or(""), sending);
        header = sending.head;
    } else {
        header = write_fields(response);
        sending.body = response.body_view();
    }
    append_end(header, date_now(), {}, connection);
    const bool bodiless = head.request.method == Method::head;
    bool written = co_await write(header, bodiless ? "" : sending.body);
    if (written && response.stream && !bodiless) {
        written = co_await write_stream(response, chunked);
    }
    if (written && !keep) {
        co_await close_gently();
    }
    co_return written&& keep;
}

// Says what the stream says until it is done, its client leaves or the server stops. False if the
// connection is of no more use.
asio::awaitable<bool> Session::write_stream(const Response& response, bool chunked) {
    const auto& options = m_context.options;
    const bool events = response.content_type.starts_with("text/event-stream");
    auto spoken = std::chrono::steady_clock::now();
    bool more = true;
    while (more) {
        auto part = next_part(response);
        if (!part) {
            co_return false; // without the last chunk the client knows that it is not whole
        }
        const bool silent = std::chrono::steady_clock::now() - spoken >= options.stream_silence;
        if (part->text.empty() && events && silent) {
            part->text = ": keep-alive\n\n";
        }
        if (!part->text.empty()) {
            const auto bytes = chunked ? as_chunk(part->text) : std::move(part->text);
            const bool written = co_await write(bytes, "");
            if (!written) {
                co_return false;
            }
            spoken = std::chrono::steady_clock::now();
        }
        more = !part->done && !m_context.stopping;
        if (more) {
            m_pause.expires_after(options.stream_interval);
            co_await m_pause.async_wait(as_result);
            if (client_left()) {
                co_return false;
            }
        }
    }
    if (!chunked) {
        co_return true;
    }
    co_return co_await write("0\r\n\r\n", "");
}

// Whether the client has closed its side; bytes that it has sent stay unread.
bool Session::client_left() {
    beast::error_code error;
    m_socket.non_blocking(true, error);
    char byte = 0;
    m_socket.receive(asio::buffer(&byte, 1), asio::socket_base::message_peek, error);
    return error && error != asio::error::would_block && error != asio::error::try_again;
}

asio::awaitable<bool> Session::write(std::string_view head, std::string_view body) {
    std::size_t since_deadline = 0;
    set_deadline(m_context.options.write_deadline);
    while (!m_late && head.size() + body.size() > 0) {
        const std::array<asio::const_buffer, 2> parts{
            asio::buffer(head), asio::buffer(body.substr(0, write_bytes_per_deadline))};
        const auto [error, bytes] = co_await m_socket.async_write_some(parts, as_result);
        if (error) {
            co_return false;
        }
        since_deadline += bytes;
        std::size_t left = bytes;
        advance(head, left);
        advance(body, left);
        if (since_deadline >= write_bytes_per_deadline && !m_late) {
            since_deadline = 0;
            set_deadline(m_context.options.write_deadline);
        }
    }
    co_return head.empty() && body.empty();
}

asio::awaitable<void> Session::refuse(const Response& response, Method method) {
    auto head = write_fields(response);
    append_end(head, date_now(), {}, Connection::close);
    const bool written = co_await write(head, method == Method::head ? "" : response.body_view());
    if (written) {
        co_await close_gently();
    }
}

// Closing a socket with unread bytes resets the connection and may take the answer with it: so the
// client's remaining bytes are read and thrown away for a moment (RFC 9112, 9.6).
asio::awaitable<void> Session::close_gently() {
    beast::error_code error;
    m_socket.shutdown(asio::ip::tcp::socket::shutdown_send, error);
    if (error) {
        co_return;
    }
    set_deadline(farewell);
    while (true) {
        m_buffer.clear();
        const auto more = co_await receive_some(nullptr);
        if (!std::holds_alternative<std::monostate>(more)) {
            co_return;
        }
    }
}

} // namespace hotspots::service
