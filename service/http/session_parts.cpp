// Answers that are made while they are sent.
#include "service/http/chunks.hpp"
#include "service/http/compress.hpp"
#include "service/http/session.hpp"

#include <boost/asio/use_awaitable.hpp>

#include <cstdio>
#include <exception>
#include <optional>
#include <utility>

namespace hotspots::service {

namespace asio = boost::asio;

namespace {

// The next part of the body, packed if `gzip` is there; what has gone wrong is told in the log.
struct NextPart {
    const Response& response;
    std::optional<GzipParts> gzip;
    std::string text;
    bool more = true;
    bool failed = false;

    void make() noexcept {
        try {
            text.clear();
            more = response.parts(text);
            if (gzip) {
                text = gzip->add(text, !more);
            }
            return;
        } catch (const std::exception& error) {
            std::fprintf(stderr, "llr-hotspots: an answer broke off: %s\n", error.what());
        } catch (...) {
            std::fprintf(stderr, "llr-hotspots: an answer broke off\n");
        }
        failed = true;
    }
};

} // namespace

// False if the connection is of no more use. `sent` counts the body's bytes as they went out.
asio::awaitable<bool> Session::write_parts(const Response& response, bool chunked, bool packs,
                                           std::size_t& sent) {
    NextPart part{response, {}, {}};
    if (packs) {
        part.gzip.emplace();
    }
    const std::function<void()> work = [&part] { part.make(); };
    while (part.more) {
        const bool made = co_await compute_in_the_end(work);
        if (!made || part.failed) {
            co_return false; // without the last chunk the client knows that it is not whole
        }
        if (!part.text.empty()) {
            sent += part.text.size();
            const auto begin = chunked ? chunk_begin(part.text.size()) : std::string();
            part.text.append(chunked ? chunk_end : "");
            const bool written = co_await write(begin, part.text);
            if (!written) {
                co_return false;
            }
        }
    }
    if (!chunked) {
        co_return true;
    }
    co_return co_await write(last_chunk, "");
}

} // namespace hotspots::service
