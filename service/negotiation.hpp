// Which of the formats that a resource has a request gets: `f` wins, then Accept with its quality
// values (RFC 9110, 12.5.1), then the first.
#pragma once

#include "service/http/message.hpp"

#include <span>
#include <string_view>

namespace hotspots::service {

struct MediaFormat {
    std::string_view name;       // as `f` says it; several may share one, the first is its own
    std::string_view media_type; // with its parameters, which Accept need not repeat
};

// Of those that Accept likes equally the first. Precondition: `offered` is not empty. Throws
// Problem: 400 for an unknown `f`, 406 where Accept takes none; both name what there is.
const MediaFormat& choose_format(const Request& request, std::span<const MediaFormat> offered);

// How much an Accept list wants a media type, 0 to 1; the most specific range counts. 1 where the
// list is empty or holds nothing that can be read.
double accept_quality(std::string_view accept, std::string_view media_type);

inline constexpr std::string_view html_media_type = "text/html; charset=utf-8";

} // namespace hotspots::service
