// A request's header as text -> what it means, checked where HTTP/1.1 leaves room for two readings
// (request smuggling) or for a foreign site (Host).
#pragma once

#include "service/http/growing_body.hpp"
#include "service/http/host.hpp"
#include "service/http/message.hpp"

#include <boost/beast/http/parser.hpp>
#include <boost/optional/optional.hpp>

#include <optional>
#include <string_view>
#include <variant>

namespace hotspots::service {

using Parser = boost::beast::http::request_parser<GrowingBody>;

// Why a request is refused before any handler sees it; the connection is then closed.
struct Refusal {
    int status = 400;
    std::string detail;
};

struct Head {
    Request request; // without body
    bool keep_alive = false;
    bool old_client = false; // HTTP/1.0
    bool expects_continue = false;
};

// `header`: complete, from the request line to the empty line. `parser`: fresh, with its limits
// set; afterwards ready to read the body. `public_host`: what Host may name besides local ones.
std::variant<Head, Refusal> read_head(Parser& parser, std::string_view header,
                                      std::string_view public_host = {});

// As the client sees it.
Response to_response(const Refusal& refusal);

// What a parser's error, here or while reading a body, means to the client.
Refusal refusal_of(boost::beast::error_code error);

} // namespace hotspots::service
