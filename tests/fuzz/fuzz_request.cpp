// The header of a request as it may arrive: what is accepted means one thing, the quick reading
// accepts nothing that the careful one refuses, and credentials, cookies and proxies' fields are
// read whatever they hold.
#include "service/access/caller.hpp"
#include "service/access/cookies.hpp"
#include "service/http/forwarded.hpp"
#include "service/http/header_scan.hpp"
#include "service/http/quick_head.hpp"
#include "service/http/read_head.hpp"
#include "service/problem.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace hotspots::service;

namespace {

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

std::variant<Head, Refusal> read(std::string_view header) {
    Parser parser;
    parser.eager(true);
    parser.header_limit(128 * 1024);
    parser.body_limit(boost::none);
    return read_head(parser, header);
}

void check_refusal(const Refusal& refusal) {
    require(refusal.status >= 400 && refusal.status < 600 && !refusal.detail.empty());
    require(!to_response(refusal).body.empty());
}

void check_request(Request request) {
    require(!request.path.empty() && request.path.find('\0') == request.path.npos);
    for (const auto& header : request.headers) {
        require(header.value.find_first_of("\r\n") == header.value.npos);
        require(session_token(header.value, true).size() <= header.value.size());
        session_token(header.value, false);
    }
    try {
        const auto key = key_of(request);
        require(!key || !key->empty());
    } catch (const Problem& problem) {
        require(problem.status() == 401);
    }
    static const auto proxies = [] {
        TrustedProxies trusted;
        trusted.add("10.0.0.0/8");
        return trusted;
    }();
    take_forwarded(request, "10.1.2.3", proxies);
    require(!request.address.empty());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    HeaderScan scan;
    if (scan.scan(bytes) != HeaderScan::State::complete) {
        require(!read_quick_head(bytes));
        return 0;
    }
    const auto header = bytes.substr(scan.leading_bytes(), scan.length() - scan.leading_bytes());
    auto head = read(header);
    const auto quick = read_quick_head(bytes);
    if (auto* accepted = std::get_if<Head>(&head)) {
        require(!quick || quick->target == accepted->request.target);
        check_request(std::move(accepted->request));
    } else {
        // To a target that cannot be read no answer was ever kept.
        require(!quick || !parse_target(quick->target));
        check_refusal(std::get<Refusal>(head));
    }
    return 0;
}
