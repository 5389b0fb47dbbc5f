// A request and a response as handlers see them: no sockets, no Beast.
#pragma once

#include "service/role.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hotspots::service {

enum class Method { get, head, post, put, del, options, other };

std::string_view to_text(Method method);

struct QueryParameter {
    std::string name;  // percent-decoded
    std::string value; // percent-decoded, '+' is a space
};

struct Header {
    std::string name; // lower-case
    std::string value;
};

class MappedFile;      // service/http/mapped_file.hpp
class SpooledFile;     // service/http/spooled_file.hpp
struct PreparedAnswer; // service/http/prepared_answer.hpp

// For logs alone, never sent: the client left before it had its answer.
inline constexpr int client_gone = 499;

struct Request {
    Method method = Method::get;
    std::string target; // as sent: "/path?query"
    std::string path;   // percent-decoded, begins with '/', without dot segments
    std::vector<QueryParameter> query;
    std::vector<Header> headers;
    std::string body; // of a route that takes Body::memory
    // The body of a route that takes Body::file, never null there; null elsewhere.
    std::shared_ptr<SpooledFile> body_file;
    bool secure = false; // came over TLS
    std::string address; // of the client, as far as it is known
    std::string id;      // X-Request-Id of the answer
    Caller caller;
    std::string_view route; // its pattern, of the table of routes; empty where none fits
    // Of what only reads: asked to stop once the client has left, so that nobody gets the answer.
    std::stop_token stop;

    std::optional<std::string_view> header(std::string_view lower_case_name) const;
};

// Reads a request target ("/path?query"). Empty if it is not an origin-form target, has a bad
// percent escape, a NUL, or steps above the root.
std::optional<std::pair<std::string, std::vector<QueryParameter>>>
parse_target(std::string_view target);

// What a stream has to say when it is asked.
struct StreamPart {
    std::string text; // may be empty
    bool done = false;
};

// Of a body, both in bytes.
struct ByteRange {
    std::size_t first = 0;
    std::size_t length = 0;
};

struct Response {
    int status = 200;
    std::string content_type; // empty where there is no body
    std::vector<Header> headers;
    std::string body;
    // Set instead of `body` where the bytes live elsewhere (static files, caches).
    std::shared_ptr<const std::string> shared_body;
    std::shared_ptr<const MappedFile> file; // likewise, of files too large to be read whole
    std::optional<ByteRange> part;          // of a 206: what is sent of the body
    std::optional<std::uint64_t> rows;      // records that it tells of or changed, for the audit
    // Set, and all else left as it is, where the answer is kept packed and ready to be sent; goes
    // out in place of the rest, as a 304 where the request lists its ETag.
    std::shared_ptr<const PreparedAnswer> prepared;
    // Set instead of a body where the answer is told as it happens (server-sent events): asked
    // every ServerOptions::stream_interval, on an I/O thread, so it must not wait or compute; not
    // asked again once it is done, its client has left or the server stops. Its text is sent as it
    // is, never packed or cached; the server keeps an event stream alive while it is silent.
    std::function<StreamPart()> stream;
    // Set instead of a body that is long: appends its next part to the text, and says whether more
    // follow. Called on the compute pool, each time that what was made before is sent; goes out in
    // chunks, packed on the way where the client takes that. What it throws ends the connection
    // without the last chunk.
    std::function<bool(std::string&)> parts;
    // Set, and all else left empty, where the answer is not there yet: asked every
    // ServerOptions::later_interval, on an I/O thread, so it must not wait or compute, until it
    // gives the answer, which it does in the end. Not asked again once the client has left.
    std::function<std::optional<Response>()> later;

    std::string_view body_view() const; // what is sent, unless `prepared` is
};

} // namespace hotspots::service
