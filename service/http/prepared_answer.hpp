// An answer as the bytes that any number of connections send: made once, packed, with its header
// lines; then only sent. What changes from one sending to the next (Date) is added there.
#pragma once

#include "service/http/message.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace hotspots::service {

struct PreparedAnswer {
    Response outline;           // status, type and fields; no body
    std::string body;           // gzip where `packed`, else as it is
    std::string head;           // write_fields() that goes with `body`
    std::string plain_head;     // of the same unpacked; empty where `packed` is false
    std::string unchanged_head; // of a 304; empty where there is no ETag
    std::string etag;
    std::string_view route; // its pattern; of static storage
    std::size_t plain_bytes = 0;
    bool packed = false;

    // Memory held.
    std::size_t bytes() const;
};

// Packs the body where it shrinks, and says so in Vary. Precondition: `response` has a body or
// none, and is no stream. Throws std::runtime_error.
std::shared_ptr<const PreparedAnswer> prepare(const Response& response, std::string_view route);

// The answer as handlers give it: with `prepared` alone if the request takes it packed, else with
// the body unpacked.
Response to_response(std::shared_ptr<const PreparedAnswer> answer, const Request& request);

// What goes out.
struct Sending {
    int status = 200;
    std::string_view head; // to which append_end() is added
    std::string_view body;
    std::string unpacked; // what `body` views if the client takes no gzip
};

// Chooses by the values of Accept-Encoding and If-None-Match; empty texts where there are none.
// Views into `answer` and into `sending` itself. Throws std::runtime_error.
void choose_sending(const PreparedAnswer& answer, std::string_view accept_encoding,
                    std::string_view if_none_match, Sending& sending);

} // namespace hotspots::service
