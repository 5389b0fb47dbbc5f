#include "service/http/prepared_answer.hpp"

#include "service/conditional.hpp"
#include "service/http/compress.hpp"
#include "service/http/write_head.hpp"

#include <algorithm>
#include <utility>

namespace hotspots::service {

namespace {

std::string etag_of(const Response& response) {
    const auto found = std::find_if(response.headers.begin(), response.headers.end(),
                                    [](const Header& header) { return header.name == "etag"; });
    return found == response.headers.end() ? std::string() : found->value;
}

// As GET is answered where the client has it already.
std::string unchanged_fields(const Response& response, const std::string& etag) {
    Request request;
    request.headers = {{"if-none-match", etag}};
    return write_fields(not_modified_if_known(request, response));
}

Response without_body(const Response& response) {
    Response outline;
    outline.status = response.status;
    outline.content_type = response.content_type;
    outline.headers = response.headers;
    outline.rows = response.rows;
    return outline;
}

} // namespace

std::size_t PreparedAnswer::bytes() const {
    std::size_t sum = sizeof(PreparedAnswer) + body.capacity() + head.capacity() +
                      plain_head.capacity() + unchanged_head.capacity() + etag.capacity() +
                      outline.content_type.capacity();
    for (const Header& header : outline.headers) {
        sum += sizeof(Header) + header.name.capacity() + header.value.capacity();
    }
    return sum;
}

std::shared_ptr<const PreparedAnswer> prepare(const Response& response, std::string_view route) {
    const auto plain = response.body_view();
    auto answer = std::make_shared<PreparedAnswer>();
    answer->outline = without_body(response);
    answer->etag = etag_of(response);
    answer->route = route;
    answer->plain_bytes = plain.size();
    if (is_worth_compressing(response)) { // then what is sent depends on what the client takes
        answer->outline.headers.push_back({"vary", "Accept-Encoding"});
        answer->body = gzip_body(response);
        answer->packed = answer->body.size() < plain.size();
    }
    auto plain_head = write_fields(answer->outline, plain.size());
    if (!answer->packed) {
        answer->head = std::move(plain_head);
        answer->body = plain;
    } else {
        auto packed = answer->outline;
        mark_gzip(packed);
        answer->head = write_fields(packed, answer->body.size());
        answer->plain_head = std::move(plain_head);
    }
    if (!answer->etag.empty() && response.status == 200) {
        answer->unchanged_head = unchanged_fields(answer->outline, answer->etag);
    }
    return answer;
}

Response to_response(std::shared_ptr<const PreparedAnswer> answer, const Request& request) {
    Response response = answer->outline;
    const auto accepted = request.header("accept-encoding");
    if (accepted && accepts_gzip(*accepted)) {
        response.prepared = std::move(answer);
    } else {
        std::erase_if(response.headers, [](const Header& h) { return h.name == "vary"; });
        response.body = answer->packed ? gunzip(answer->body, answer->plain_bytes) : answer->body;
    }
    return response;
}

void choose_sending(const PreparedAnswer& answer, std::string_view accept_encoding,
                    std::string_view if_none_match, Sending& sending) {
    if (!if_none_match.empty() && !answer.unchanged_head.empty() &&
        etag_listed(if_none_match, answer.etag)) {
        sending = {304, answer.unchanged_head, {}, {}};
        return;
    }
    sending.status = answer.outline.status;
    sending.head = answer.head;
    sending.body = answer.body;
    if (answer.packed && !accepts_gzip(accept_encoding)) {
        sending.unpacked = gunzip(answer.body, answer.plain_bytes);
        sending.head = answer.plain_head;
        sending.body = sending.unpacked;
    }
}

} // namespace hotspots::service
