// The reading half of a session: a request's body, into memory or block by block into a file.
#include "service/http/session.hpp"

#include <cstdio>
#include <limits>
#include <system_error>
#include <utility>

namespace hotspots::service {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

// Of a file: written at once, and to be received within the deadline.
constexpr std::size_t block_bytes = 256 * 1024;

Refusal too_large(std::uint64_t limit_bytes) {
    return {413, "the body is larger than " + std::to_string(limit_bytes) +
                     " bytes, the most that is taken here"};
}

Refusal not_kept(const std::exception& error) {
    std::fprintf(stderr, "llr-hotspots: an upload is lost: %s\n", error.what());
    const auto* cause = dynamic_cast<const std::system_error*>(&error);
    const auto reason = cause ? cause->code().message() : "it could not be written";
    return {507, "the upload could not be kept: " + reason +
                     "; make room in the service's data folder and send it again"};
}

} // namespace

// Runs `work`, which writes files and may throw, where it keeps no other connection waiting.
asio::awaitable<Session::DoneOrEnd> Session::on_disk(std::function<void()> work) {
    DoneOrEnd end;
    std::function<void()> guarded = [&] {
        try {
            work();
        } catch (const std::exception& error) {
            end = not_kept(error);
        }
    };
    const bool done = co_await compute(*shared().disk, std::move(guarded));
    if (!done) {
        end = Refusal{503, "too many uploads arrive at once; send it again"};
    }
    co_return end;
}

asio::awaitable<Session::DoneOrEnd> Session::invite_body(const Head& head) {
    if (head.expects_continue && received().empty()) {
        const bool written = co_await write("HTTP/1.1 100 Continue\r\n\r\n", "");
        if (!written) {
            co_return Gone{};
        }
    }
    co_return std::monostate();
}

asio::awaitable<Session::DoneOrEnd> Session::receive_body(Parser& parser, Head& head, Body body) {
    const auto limit_bytes =
        body.kind == Body::Kind::none ? options().body_limit_bytes : body.limit_bytes;
    if (parser.content_length() && *parser.content_length() > limit_bytes) {
        co_return too_large(limit_bytes);
    }
    parser.body_limit(limit_bytes);
    auto& request = head.request;
    DoneOrEnd end;
    if (body.kind == Body::Kind::file) {
        std::function<void()> make = [&] {
            request.body_file = std::make_shared<SpooledFile>(options().upload_folder);
        };
        end = co_await on_disk(std::move(make));
    }
    if (std::holds_alternative<std::monostate>(end) && !parser.is_done()) {
        end = co_await invite_body(head);
    }
    if (!std::holds_alternative<std::monostate>(end)) {
        co_return end;
    }
    set_deadline(options().body_deadline);
    if (request.body_file) {
        end = co_await receive_file(parser, *request.body_file);
    } else {
        end = co_await receive_part(parser, std::numeric_limits<std::size_t>::max());
    }
    if (const auto* refusal = std::get_if<Refusal>(&end); refusal && refusal->status == 413) {
        co_return too_large(limit_bytes);
    }
    if (body.kind == Body::Kind::memory) {
        request.body = std::move(parser.get().body());
    }
    co_return end;
}

// Reads until the body is whole or the parser holds `part_bytes` of it.
asio::awaitable<Session::DoneOrEnd> Session::receive_part(Parser& parser, std::size_t part_bytes) {
    bool needs_more = received().empty();
    while (!parser.is_done() && parser.get().body().size() < part_bytes) {
        if (needs_more) {
            auto more = co_await receive_some("the body did not arrive in time");
            if (!std::holds_alternative<std::monostate>(more)) {
                co_return more;
            }
        }
        beast::error_code error;
        m_buffer.consume(parser.put(m_buffer.cdata(), error));
        if (error && error != http::error::need_more) {
            co_return refusal_of(error);
        }
        // What the parser leaves is a chunk's head or a trailer: it ends somewhere.
        if (error && m_buffer.size() > options().header_limit_bytes) {
            co_return Refusal{400, "a chunk's head or the trailer is too long"};
        }
        needs_more = error || m_buffer.size() == 0;
    }
    co_return std::monostate();
}

// Each block has the deadline to itself: a large upload may take its time, a stalled one may not.
asio::awaitable<Session::DoneOrEnd> Session::receive_file(Parser& parser, SpooledFile& file) {
    bool more = true;
    while (more) {
        auto end = co_await receive_part(parser, block_bytes);
        if (!std::holds_alternative<std::monostate>(end)) {
            co_return end;
        }
        more = !parser.is_done();
        std::function<void()> write = [&] {
            file.append(parser.get().body());
            if (!more) {
                file.finish();
            }
        };
        end = co_await on_disk(std::move(write));
        if (!std::holds_alternative<std::monostate>(end)) {
            co_return end;
        }
        parser.get().body().clear();
        set_deadline(options().body_deadline);
    }
    co_return std::monostate();
}

} // namespace hotspots::service
