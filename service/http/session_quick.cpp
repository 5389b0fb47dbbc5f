// The quick part of a session: waits for requests, and answers those whose answers are there
// already, as many as have come at once in one write. Allocates nothing on the way.
#include "service/http/prepared_answer.hpp"
#include "service/http/quick_head.hpp"
#include "service/http/session.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include <array>
#include <cstdio>
#include <cstring>
#include <exception>
#include <tuple>
#include <utility>

namespace hotspots::service {

namespace asio = boost::asio;
namespace beast = boost::beast;

namespace {

constexpr std::size_t most_at_once = 16;

} // namespace

// Answers on their way out, with what the log says of them.
struct Session::QuickBatch {
    struct Item {
        std::shared_ptr<const PreparedAnswer> answer;
        Sending sending;
        std::string id;
        std::string tail; // what ends the head
        std::string_view target;
        std::shared_ptr<const Caller> known; // null for who names no caller
    };
    std::array<Item, most_at_once> items;
    std::array<std::string_view, 3 * most_at_once> parts;
    std::size_t count = 0;
};

void Session::start() {
    m_settings = m_worker.settings();
    m_established = m_wire.is_established();
    // The handshake is as urgent as a header.
    set_deadline(m_established ? options().idle_deadline : options().header_deadline);
    wait_for_bytes();
}

void Session::wait_for_request() {
    if (shared().stopping) {
        end();
        return;
    }
    if (m_settings != m_worker.settings()) {
        m_settings = m_worker.settings();
    }
    set_deadline(options().idle_deadline);
    if (m_wire.has_unread()) {
        asio::post(m_socket.get_executor(), [self = shared_from_this()] { self->read_bytes(); });
    } else {
        wait_for_bytes();
    }
}

void Session::wait_for_bytes() {
    m_idle = true;
    m_socket.async_wait(asio::ip::tcp::socket::wait_read,
                        [self = shared_from_this()](beast::error_code error) {
                            self->m_idle = false;
                            if (error || self->m_late) {
                                self->end();
                            } else {
                                self->read_bytes();
                            }
                        });
}

void Session::read_bytes() {
    auto& scratch = m_worker.scratch();
    const auto got = m_wire.read(scratch.data(), scratch.size());
    if (got.state == Wire::State::gone) {
        end();
        return;
    }
    if (!m_established && m_wire.is_established()) {
        m_established = true;
        set_deadline(options().idle_deadline);
    }
    if (got.state == Wire::State::later) {
        wait_for_bytes();
        return;
    }
    std::string_view bytes(scratch.data(), got.bytes);
    if (!answer_quickly(bytes)) {
        end();
    } else if (bytes.empty() && !has_unsent()) {
        wait_for_request();
    } else {
        go_on(bytes);
    }
}

// False if who asks cannot be told here.
bool Session::identify(const QuickHead& head, std::shared_ptr<const Caller>& known) const {
    known.reset();
    if (head.authorization.empty() && head.cookie.empty()) {
        return true;
    }
    const auto& tell = shared().handler.identify;
    known = tell ? tell({head.authorization, head.cookie, m_wire.is_secure()}) : nullptr;
    return known != nullptr;
}

const Caller& Session::caller_of(const std::shared_ptr<const Caller>& known) const {
    return known ? *known : shared().handler.anonymous;
}

// How long until the caller, or where nobody is known the address, may ask again; zero: now.
std::chrono::nanoseconds Session::wait_of(const Caller& caller, const std::string& address) {
    const auto& rate = options().rate;
    if (!rate.is_on()) {
        return std::chrono::nanoseconds(0);
    }
    thread_local std::string name; // keeps its memory
    name.assign(caller.name.empty() ? "at " : "by ");
    name.append(caller.name.empty() ? address : caller.name);
    if (!m_bucket || m_bucket_of != name) {
        m_bucket = shared().buckets.of(name);
        m_bucket_of = name;
    }
    return m_bucket->take(rate, TokenBucket::Clock::now());
}

// Not too fast for the caller; and not of records that are noted while only a proxy is known to
// ask. What is not goes its usual way.
bool Session::is_in_time(const PreparedAnswer& answer, const Caller& caller) {
    const bool by_proxy = !options().proxies.empty() && options().proxies.trusts(m_peer);
    if (by_proxy && answer.outline.rows) {
        return false;
    }
    return (by_proxy && caller.name.empty()) || wait_of(caller, m_peer).count() == 0;
}

// Tells of an answer that holds records, before it is sent.
void Session::tell_noted(const std::string& id, std::string_view target, const Caller& caller,
                         const PreparedAnswer& answer) const {
    const auto& noted = shared().handler.noted;
    if (!noted || !answer.outline.rows) {
        return;
    }
    Request request;
    request.target = target;
    if (auto parsed = parse_target(target)) {
        std::tie(request.path, request.query) = std::move(*parsed);
    }
    request.secure = m_wire.is_secure();
    request.address = m_peer;
    request.id = id;
    request.caller = caller;
    request.route = answer.route;
    noted(request, answer);
}

// Cuts off the requests that it answers. False if the connection is of no more use.
bool Session::answer_quickly(std::string_view& bytes) {
    const auto& find = shared().handler.find_prepared;
    bool more = find && !shared().stopping;
    while (more) {
        const auto began = std::chrono::steady_clock::now();
        thread_local QuickBatch batch;
        batch.count = 0;
        while (more && batch.count < most_at_once) {
            auto& item = batch.items[batch.count];
            const auto head = read_quick_head(bytes);
            more = head && identify(*head, item.known);
            item.answer = more ? find(head->target, caller_of(item.known)) : nullptr;
            more = item.answer && is_in_time(*item.answer, caller_of(item.known));
            if (!more) {
                item.answer.reset();
            } else {
                choose_sending(*item.answer, head->accept_encoding, head->if_none_match,
                               item.sending);
                item.target = head->target;
                bytes.remove_prefix(head->bytes);
                ++batch.count;
            }
        }
        if (batch.count > 0 && !send_batch(batch, began)) {
            return false;
        }
        more = more && !has_unsent();
    }
    return true;
}

bool Session::send_batch(QuickBatch& batch, std::chrono::steady_clock::time_point began) {
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < batch.count; ++i) {
        auto& item = batch.items[i];
        m_worker.next_id(item.id);
        tell_noted(item.id, item.target, caller_of(item.known), *item.answer);
        item.tail.clear();
        append_end(item.tail, m_worker.date(), item.id, Connection::keep, m_wire.is_secure());
        batch.parts[3 * i] = item.sending.head;
        batch.parts[3 * i + 1] = item.tail;
        batch.parts[3 * i + 2] = item.sending.body;
        bytes += item.sending.head.size() + item.tail.size() + item.sending.body.size();
    }
    const std::span<const std::string_view> parts(batch.parts.data(), 3 * batch.count);
    const auto sent = m_wire.write(parts);
    if (sent.state == Wire::State::gone || m_wire.flush() == Wire::State::gone) {
        return false;
    }
    auto skipped = sent.bytes;
    for (auto part : sent.bytes == bytes ? parts.first(0) : parts) {
        const auto taken = std::min(skipped, part.size());
        skipped -= taken;
        m_unsent.append(part.substr(taken));
    }
    const auto taken = std::chrono::steady_clock::now() - began;
    for (std::size_t i = 0; i < batch.count; ++i) {
        auto& item = batch.items[i];
        m_worker.note({item.id, m_peer, "GET", item.target, to_text(caller_of(item.known).role),
                       item.sending.status, item.sending.body.size(), taken},
                      item.answer->route);
        item.answer.reset();
        item.known.reset();
        item.sending.unpacked.clear();
    }
    return true;
}

// Has the rest of what has come served by a coroutine.
void Session::go_on(std::string_view bytes) {
    const auto space = m_buffer.prepare(bytes.size());
    std::memcpy(space.data(), bytes.data(), bytes.size());
    m_buffer.commit(bytes.size());
    asio::co_spawn(m_socket.get_executor(), serve(),
                   [self = shared_from_this()](const std::exception_ptr& failure, bool more) {
                       if (failure) {
                           std::fprintf(stderr, "llr-hotspots: a connection failed unexpectedly\n");
                       }
                       if (failure || !more) {
                           self->end();
                       } else {
                           self->wait_for_request();
                       }
                   });
}

void Session::end() {
    abandon();
    m_worker.ended(shared_from_this());
}

} // namespace hotspots::service
