// The writing half of a session: whole answers, streams, refusals, and the end of a connection.
#include "service/http/chunks.hpp"
#include "service/http/compress.hpp"
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

namespace {

constexpr auto write_result = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t write_bytes_per_deadline = 256 * 1024;
constexpr std::chrono::milliseconds farewell{2000};

// What goes out, and all of its head but the end.
void begin_sending(const Request& request, const Response& response, Sending& sending,
                   std::string& head) {
    if (response.prepared) {
        choose_sending(*response.prepared, request.header("accept-encoding").value_or(""),
                       request.header("if-none-match").value_or(""), sending);
        head = sending.head;
        return;
    }
    head = write_fields(response);
    sending.status = response.status;
    sending.body = response.body_view();
}

void advance(std::string_view& text, std::size_t& bytes) {
    const auto taken = std::min(bytes, text.size());
    text.remove_prefix(taken);
    bytes -= taken;
}

void forbid_keeping(Response& response) {
    const bool says_cache = std::any_of(response.headers.begin(), response.headers.end(),
                                        [](const Header& h) { return h.name == "cache-control"; });
    if (!says_cache) {
        response.headers.push_back({"cache-control", "no-store"});
    }
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
    // Its length is not known: chunks, and none for clients that cannot read them.
    const bool unmeasured = response.stream || response.parts;
    const bool chunked = unmeasured && !head.old_client;
    const bool keep = head.keep_alive && !shared().stopping && (chunked || !unmeasured);
    if (response.stream) {
        forbid_keeping(response);
    }
    const bool packs = response.parts && compress_parts_for(head.request, response);
    if (chunked) {
        response.headers.push_back({"transfer-encoding", "chunked"});
    }
    const auto connection = !keep             ? Connection::close
                            : head.old_client ? Connection::keep_old_client
                                              : Connection::keep;
    const bool bodiless = head.request.method == Method::head;
    Sending sending;
    std::string text;
    const auto& id = head.request.id;
    begin_sending(head.request, response, sending, text);
    append_end(text, m_worker.date(), id, connection, m_wire.is_secure());
    const auto body = bodiless ? std::string_view() : sending.body;
    bool written = co_await write(text, body);
    std::size_t sent = body.size();
    if (written && response.stream && !bodiless) {
        written = co_await write_stream(response, chunked);
    } else if (written && response.parts && !bodiless) {
        written = co_await write_parts(response, chunked, packs, sent);
    }
    note(id, &head.request, written ? sending.status : client_gone, sent);
    if (written && !keep) {
        co_await close_gently();
    }
    co_return written&& keep;
}

void Session::note(const std::string& id, const Request* request, int status, std::size_t bytes) {
    AccessEntry entry{id, m_peer, {}, {}, {}, status, bytes, {}};
    std::string_view route;
    if (request) {
        entry.method = to_text(request->method);
        entry.target = request->target;
        entry.role = to_text(request->caller.role);
        route = request->route;
    }
    entry.taken = std::chrono::steady_clock::now() - m_began;
    m_worker.note(entry, route);
}

// Says what the stream says until it is done, its client leaves or the server stops. False if the
// connection is of no more use.
asio::awaitable<bool> Session::write_stream(const Response& response, bool chunked) {
    const auto& waits = options();
    const bool events = response.content_type.starts_with("text/event-stream");
    auto spoken = std::chrono::steady_clock::now();
    bool more = true;
    while (more) {
        auto part = next_part(response);
        if (!part) {
            co_return false; // without the last chunk the client knows that it is not whole
        }
        const bool silent = std::chrono::steady_clock::now() - spoken >= waits.stream_silence;
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
        more = !part->done && !shared().stopping;
        if (more) {
            m_pause.expires_after(waits.stream_interval);
            co_await m_pause.async_wait(write_result);
            if (m_wire.peer_left()) {
                co_return false;
            }
        }
    }
    if (!chunked) {
        co_return true;
    }
    co_return co_await write(last_chunk, "");
}

asio::awaitable<bool> Session::write(std::string_view head, std::string_view body) {
    std::size_t since_deadline = 0;
    set_deadline(options().write_deadline);
    bool goes_on = true;
    while (goes_on && head.size() + body.size() > 0) {
        const std::array<std::string_view, 2> parts{head, body.substr(0, write_bytes_per_deadline)};
        const auto moved = m_wire.write(parts);
        goes_on = moved.state == Wire::State::ok && !m_late;
        if (moved.state == Wire::State::later) {
            goes_on = co_await ready(asio::ip::tcp::socket::wait_write);
        }
        since_deadline += moved.bytes;
        std::size_t left = moved.bytes;
        advance(head, left);
        advance(body, left);
        if (goes_on && since_deadline >= write_bytes_per_deadline) {
            since_deadline = 0;
            set_deadline(options().write_deadline);
        }
    }
    auto state = goes_on ? m_wire.flush() : Wire::State::gone;
    while (state == Wire::State::later) {
        goes_on = co_await ready(asio::ip::tcp::socket::wait_write);
        state = goes_on ? m_wire.flush() : Wire::State::gone;
    }
    co_return state == Wire::State::ok;
}

asio::awaitable<void> Session::refuse(const Response& response, const Request* request) {
    std::string id;
    if (request) {
        id = request->id;
    } else {
        m_worker.next_id(id);
    }
    auto head = write_fields(response);
    append_end(head, m_worker.date(), id, Connection::close, m_wire.is_secure());
    const bool bodiless = request && request->method == Method::head;
    const auto body = bodiless ? std::string_view() : response.body_view();
    const bool written = co_await write(head, body);
    note(id, request, response.status, body.size());
    if (written) {
        co_await close_gently();
    }
}

// Closing a socket with unread bytes resets the connection and may take the answer with it: so the
// client's remaining bytes are read and thrown away for a moment (RFC 9112, 9.6).
asio::awaitable<void> Session::close_gently() {
    m_wire.end_writing();
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
