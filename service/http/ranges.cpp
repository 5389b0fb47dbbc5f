#include "service/http/ranges.hpp"

#include "service/problem.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace hotspots::service {

namespace {

std::string_view field_of(const Response& response, std::string_view name) {
    const auto found = std::find_if(response.headers.begin(), response.headers.end(),
                                    [&](const Header& header) { return header.name == name; });
    return found == response.headers.end() ? std::string_view() : found->value;
}

// A position; one beyond 64 bits is beyond any file. Empty if the text is no whole number.
std::optional<std::uint64_t> position(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || text.front() == '-' || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return error == std::errc::result_out_of_range ? UINT64_MAX : value;
}

struct Asked {
    std::uint64_t first = 0;
    std::uint64_t last = 0; // included; may be beyond the end
};

// "bytes=0-99", "bytes=100-", "bytes=-100". Empty where it is not one well-formed range: then the
// field is ignored (14.2).
std::optional<Asked> read_range(std::string_view text, std::uint64_t size) {
    constexpr std::string_view unit = "bytes=";
    if (!text.starts_with(unit)) {
        return std::nullopt;
    }
    text.remove_prefix(unit.size());
    const auto dash = text.find('-');
    if (dash == text.npos) {
        return std::nullopt;
    }
    const auto last = position(text.substr(dash + 1));
    if (dash == 0) { // the last so many bytes
        return last
                   ? std::optional(Asked{size - std::min(*last, size), *last == 0 ? 0 : UINT64_MAX})
                   : std::nullopt;
    }
    const auto first = position(text.substr(0, dash));
    const bool open = dash + 1 == text.size();
    if (!first || (!open && (!last || *last < *first))) {
        return std::nullopt;
    }
    return Asked{*first, open ? UINT64_MAX : *last};
}

// RFC 9110, 13.1.5: strong comparison; dates never match, as files have no Last-Modified.
bool is_same_state(const Request& request, const Response& response) {
    const auto condition = request.header("if-range");
    const auto etag = field_of(response, "etag");
    return !condition || (!etag.starts_with("W/") && *condition == etag);
}

Response beyond_end(std::uint64_t size) {
    Problem problem(416, "Range not satisfiable",
                    "the range begins beyond the end; there are " + std::to_string(size) +
                        " bytes");
    problem.headers.push_back({"content-range", "bytes */" + std::to_string(size)});
    return to_response(problem);
}

} // namespace

void apply_range(const Request& request, Response& response) {
    const auto range = request.header("range");
    if (!range || request.method != Method::get || response.status != 200 ||
        field_of(response, "accept-ranges") != "bytes" || !is_same_state(request, response)) {
        return;
    }
    const std::uint64_t size = response.body_view().size();
    const auto asked = read_range(*range, size);
    if (!asked) {
        return;
    }
    if (asked->first >= size || asked->last < asked->first) {
        response = beyond_end(size);
        return;
    }
    const auto last = std::min(asked->last, size - 1);
    response.status = 206;
    response.part = ByteRange{asked->first, last - asked->first + 1};
    response.headers.push_back({"content-range", "bytes " + std::to_string(asked->first) + '-' +
                                                     std::to_string(last) + '/' +
                                                     std::to_string(size)});
}

} // namespace hotspots::service
